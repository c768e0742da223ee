import { ACCOUNT_ID, type Emulator, TOKENS } from '../emulator/emulator.ts'
import { type RunningStep, type StepRun, startStep } from '../github-runner.ts'
import type { Inputs, Options } from './step.ts'

export const GB = 1_000_000_000

/** Starts the usage action with a token that may read analytics and list keys; `inputs` comes on top. */
export function startUsage(
  { apiUrl }: Pick<Emulator, 'apiUrl'>,
  inputs: Inputs = {},
  options: Options = {},
): RunningStep {
  const account = { 'account-id': ACCOUNT_ID, 'api-token': TOKENS.analytics, 'api-url': apiUrl }
  return startStep('usage', { ...options, inputs: { ...account, ...inputs } })
}

/** Runs the usage action to its end. */
export function runUsage(...step: Parameters<typeof startUsage>): Promise<StepRun> {
  return startUsage(...step).done
}

/** The entries of the output `keys`. */
export function keysOf({ outputs }: StepRun): { uid: string; name: string; egressBytes: number }[] {
  return JSON.parse(outputs.keys ?? '[]')
}

/** The emulator's option for a Cloudflare whose clock shows a time now: ISO 8601. */
export function clockAt(time: string): { cloudflareClockOffset: number } {
  return { cloudflareClockOffset: Date.parse(time) - Date.now() }
}

/** Options of a step on a machine whose clock shows a time when it starts: ISO 8601. */
export function machineClockAt(time: string): Options {
  const code = `Date.now = () => ${Date.parse(time)}`
  return { nodeOptions: ['--import', `data:text/javascript,${encodeURIComponent(code)}`] }
}
