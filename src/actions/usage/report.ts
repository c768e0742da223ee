import { setOutput } from '@actions/core'
import { toIsoSeconds } from '../../cloudflare/analytics.ts'
import { info, warning } from '../../runner/log.ts'
import { mermaid, summarize, table } from '../../runner/summary.ts'
import { formatBytes } from './bytes.ts'
import { egressChart } from './chart.ts'
import type { KeyUsage, MeasuredUsage } from './measure.ts'

/** GitHub drops a job's outputs beyond 1 MiB, which it counts as UTF-16; the rest is for the job's other outputs. */
const MAX_OUTPUT_CHARACTERS = 450_000

/**
 * Sets the outputs. Keys that relayed nothing are left out, and as many of the smallest as GitHub would not take.
 * `egress-bytes` comes last: where it is set, all went well up to the limits, and steps that follow may delete keys by it.
 */
export function setUsageOutputs({ total, keys }: MeasuredUsage): void {
  const entries = keys
    .filter(relayed)
    .map(({ uid, name = '', egressBytes, ingressBytes }) => JSON.stringify({ uid, name, egressBytes, ingressBytes }))
  const kept = entries.slice(0, countWithin(MAX_OUTPUT_CHARACTERS, entries))
  setOutput('keys', `[${kept.join(',')}]`)
  setOutput('ingress-bytes', total.ingressBytes)
  setOutput('egress-bytes', total.egressBytes)
  if (kept.length < entries.length) {
    warning(
      `The output \`keys\` has the ${kept.length} keys with the most egress, and not all ${entries.length}: GitHub takes no more than 1 MB. \`egress-bytes\` and \`ingress-bytes\` count all.`,
    )
  }
}

/** How many texts from the first on, with a comma after each, have at most so many characters. */
function countWithin(max: number, texts: readonly string[]): number {
  let length = 0
  const beyond = texts.findIndex(text => {
    length += text.length + 1
    return length > max
  })
  return beyond < 0 ? texts.length : beyond
}

const relayed = ({ egressBytes, ingressBytes }: KeyUsage): boolean => egressBytes > 0 || ingressBytes > 0

const MAX_ROWS = 20
/** What is free each month. https://developers.cloudflare.com/realtime/turn/faq/ */
const FREE_BYTES = 1000 ** 4

/** Logs and summarizes the total, the keys with the most egress, and in the summary a chart of the egress a day. */
export async function logAndSummarizeUsage(usage: MeasuredUsage): Promise<void> {
  const { total, keys, period, isTruncated, unnamed } = usage
  const [from, to] = [toIsoSeconds(period.from), toIsoSeconds(period.to)]
  const [egress, ingress] = [formatBytes(total.egressBytes), formatBytes(total.ingressBytes)]
  const percent = Math.floor((total.egressBytes * 1000) / FREE_BYTES) / 10
  const free = `${percent}% of the 1,000 GB that are free each month (per account, shared with the SFU)`
  const counted = keys.filter(relayed)
  const rows = counted.slice(0, MAX_ROWS).map(key => rowOf(key, unnamed))

  info(`TURN traffic from ${from} to ${to}: ${egress} egress, ${ingress} ingress. The egress is ${free}.`)
  info('These are estimates: Cloudflare samples its analytics, and the last minutes are not in them yet.')
  for (const [name, uid, sent, received] of rows) info(`TURN key ${uid}, ${name}: ${sent} egress, ${received} ingress.`)
  if (isTruncated) warning(TRUNCATED)
  const upTo = `${to}, less the last minutes`
  const facts = {
    Egress: `${egress}, ${free}`,
    Ingress: ingress,
    Since: from,
    'Up to': upTo,
    Keys: `${counted.length}`,
  }
  const tables = rows.length > 0 ? [table(['Key', 'uid', 'Egress', 'Ingress'], rows)] : []
  await summarize('TURN traffic', facts, [...tables, ...chartOf(usage)])
}

function chartOf({ hours, period }: MeasuredUsage): string[] {
  const chart = egressChart(hours, period)
  return chart ? [mermaid(chart)] : []
}

const rowOf = ({ uid, name, egressBytes, ingressBytes }: KeyUsage, unnamed: string): string[] => [
  name === '' ? 'no name' : (name ?? `(${unnamed})`),
  uid,
  formatBytes(egressBytes),
  formatBytes(ingressBytes),
]

const TRUNCATED =
  'Cloudflare listed as many keys or hours as it does at most, so there may be more. The total counts them all; `keys`, the table and the chart may not.'
