import { ACCOUNT_ID, GITHUB_TOKENS, startEmulator, TOKENS } from '../../test/emulator/emulator.ts'
import { type ActionFolder, type StepRun, startStep } from '../../test/github-runner.ts'

/** Milliseconds that every response is late. */
const LATE = 300

/** For how many round trips a step with an environment may wait. */
export const ROUND_TRIPS = { 'first pair': 5, 'healthy pair': 1, replace: 6, "replace's post": 2, delete: 5 }

/**
 * How often each step waits for a response. The clock of the emulator stands still while a step works, so its time is a
 * multiple of one late response, however busy the machine is.
 */
export async function countRoundTrips(): Promise<Record<keyof typeof ROUND_TRIPS, number>> {
  const emulator = await startEmulator({ latency: LATE })
  const { clock, apiUrl, githubUrl } = emulator
  const start = (folder: ActionFolder, inputs: Record<string, string>): Promise<StepRun> => {
    const account = { 'account-id': ACCOUNT_ID, 'api-token': TOKENS.write, 'api-url': apiUrl }
    const store = { environment: 'staging', 'github-token': GITHUB_TOKENS.full }
    const runner = { GITHUB_API_URL: githubUrl }
    return startStep(folder, { ...clock.skipping(), inputs: { ...account, ...store, ...inputs }, runner })
      .done
  }
  let last: StepRun | undefined
  const count = async (run: () => Promise<StepRun>): Promise<number> => {
    clock.skipping()
    const begun = clock.now()
    last = await run()
    if (last.exitCode !== 0) throw new Error(`a step failed:\n${last.log}`)
    return (clock.now() - begun) / LATE
  }
  try {
    return {
      'first pair': await count(() => start('.', { 'if-exists': 'reuse' })),
      'healthy pair': await count(() => start('.', { 'if-exists': 'reuse' })),
      replace: await count(() => start('.', { 'if-exists': 'replace' })),
      "replace's post": await count(() => last?.post() ?? Promise.reject(new Error('no step'))),
      delete: await count(() => start('delete', {})),
    }
  } finally {
    await emulator.close()
  }
}
