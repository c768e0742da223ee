import { setOutput } from '@actions/core'
import { info, warning } from '../../runner/log.ts'
import { summarize, table } from '../../runner/summary.ts'
import type { UrlCheck } from './check-url.ts'
import type { RequiredTransport } from './inputs.ts'

/** The transports over which a TURN server relayed. */
const relayedOver = (checks: readonly UrlCheck[]): readonly string[] => [
  ...new Set(checks.flatMap(({ ok, uri }) => (ok && uri?.scheme === 'turn' ? uri.transport : []))),
]

/** Sets `relayed` and `report`. */
export function setCheckOutputs(checks: readonly UrlCheck[]): void {
  setOutput('relayed', JSON.stringify(relayedOver(checks)))
  const report = checks.map(({ url, uri, ok, milliseconds, relayAddress, error }) => {
    return { url, transport: uri?.transport ?? '', ok, milliseconds, relayAddress, error }
  })
  setOutput('report', JSON.stringify(report))
}

const HEADINGS = ['URL', 'Transport', 'Allocated in', 'Relayed in', 'Result']

/** Logs and summarizes what became of each URL. */
export async function reportChecks(checks: readonly UrlCheck[], required: readonly RequiredTransport[]): Promise<void> {
  const rows = checks.map(rowOf)
  const widths = HEADINGS.map((heading, column) =>
    Math.max(...[heading, ...rows.map(row => row[column] ?? '')].map(({ length }) => length)),
  )
  const padded = (row: readonly string[]) => row.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join('  ')
  for (const row of [HEADINGS, ...rows]) info(padded(row).trimEnd())
  const blocked = checks.filter(({ uri }) => uri?.port === BLOCKED_PORT).map(({ url }) => url)
  if (blocked.length > 0) warning(`Browsers block port 53: leave out of the ICE servers ${blocked.join(', ')}.`)
  const relayed = relayedOver(checks)
  await summarize(
    relayed.length > 0 ? 'TURN relays' : 'TURN does not relay',
    { Relayed: inWords(relayed) || 'none', Required: inWords(required) || 'at least one' },
    [table(HEADINGS, rows)],
  )
}

const BLOCKED_PORT = 53
const inWords = (transports: readonly string[]): string => transports.join(', ').toUpperCase()
const inMilliseconds = (value: number | undefined): string => (value === undefined ? '' : `${value} ms`)

function rowOf({ url, uri, ok, relayAddress, allocateMs, relayMs, error = '' }: UrlCheck): readonly string[] {
  const success = uri?.scheme === 'stun' ? 'Responds.' : `Relays, by way of ${relayAddress}.`
  const times = [inMilliseconds(allocateMs), inMilliseconds(relayMs)]
  return [url, inWords([uri?.transport ?? '']), ...times, ok ? success : error]
}

/** @throws Error unless there was relayed over all that is required, or where nothing is, over anything. */
export function throwUnlessRelayed(checks: readonly UrlCheck[], required: readonly RequiredTransport[]): void {
  const turn = checks.filter(({ uri }) => uri?.scheme === 'turn')
  if (turn.length === 0) throw new Error(`There is no TURN server among the ICE servers. ${reasonsOf(checks)}`.trim())
  const relayed = relayedOver(checks)
  const missing = required.filter(transport => !relayed.includes(transport))
  if (missing.length === 0 && relayed.length > 0) return
  const over = missing.length > 0 ? ` over ${inWords(missing)}` : ''
  const isMissing = ({ uri }: UrlCheck) =>
    missing.length === 0 || missing.some(transport => transport === uri?.transport)
  const absent = missing.filter(transport => !turn.some(({ uri }) => uri?.transport === transport))
  const lacking = absent.length > 0 ? ` No URL of the ICE servers is for ${inWords(absent)}.` : ''
  throw new Error(`TURN does not relay${over}.${lacking} ${reasonsOf(turn.filter(isMissing))}`.trim())
}

/** So many URLs fit into an annotation; the log has them all. */
const MAX_URLS = 10

/** Why URLs do not relay, each reason once. */
function reasonsOf(checks: readonly UrlCheck[]): string {
  const failed = checks.filter(({ error }) => error).slice(0, MAX_URLS)
  const reasons = Map.groupBy(failed, ({ error = '' }) => error)
  return [...reasons].map(([error, same]) => `${same.map(({ url }) => url).join(', ')}: ${error}`).join(' ')
}
