import { warning } from '../../runner/log.ts'
import type { ActionContext } from '../../runner/run.ts'
import { formatBytes } from './bytes.ts'
import { readUsageInputs, type UsageInputs } from './inputs.ts'
import { measureUsage } from './measure.ts'
import { logAndSummarizeUsage, setUsageOutputs } from './report.ts'

/** The usage action: tells what TURN keys relayed, and warns or fails when that is too much. */
export async function main(context: ActionContext): Promise<void> {
  const inputs = readUsageInputs()
  const client = context.createClient('Cloudflare', inputs.account)
  const usage = await measureUsage(client, inputs)
  context.drain.throwIfAborted()
  await logAndSummarizeUsage(usage)
  setUsageOutputs(usage)
  checkLimits(usage.total.egressBytes, inputs)
}

/** @throws Error when `fail-at` is reached. The outputs are set by then. */
function checkLimits(egressBytes: number, { warnAt, failAt }: UsageInputs): void {
  const relayed = `The TURN keys relayed ${formatBytes(egressBytes)} of egress`
  if (warnAt !== undefined && egressBytes >= warnAt) warning(`${relayed}: \`warn-at\` is ${formatBytes(warnAt)}.`)
  if (failAt !== undefined && egressBytes >= failAt) {
    throw new Error(`${relayed}: \`fail-at\` is ${formatBytes(failAt)}. No key was deleted.`)
  }
}
