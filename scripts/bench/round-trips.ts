import { ACCOUNT_ID, GITHUB_TOKENS, TOKENS } from '../../test/emulator/emulator.ts'
import { type ActionFolder, type StepRun, startStep } from '../../test/github-runner.ts'

const ROUNDS = 5

/** Milliseconds that every response is late, so that the time of a step counts how often it waits for one. */
export const LATE = 300

/** For how many round trips a step with an environment may wait. */
export const ROUND_TRIPS = { 'healthy pair': 1, 'first pair': 5, replace: 6, "replace's post": 2, delete: 5 }

type Name = keyof typeof ROUND_TRIPS

/** The milliseconds, at best, that each step takes with an environment on an emulator. */
export async function timeStoreSteps(origin: string): Promise<Record<Name, number>> {
  const times: Record<Name, number[]> = {
    'healthy pair': [],
    'first pair': [],
    replace: [],
    "replace's post": [],
    delete: [],
  }
  const timed = async (name: Name, run: () => Promise<StepRun>): Promise<StepRun> => {
    const begun = performance.now()
    const ended = await run()
    if (ended.exitCode !== 0) throw new Error(`${name} failed:\n${ended.log}`)
    times[name].push(performance.now() - begun)
    return ended
  }
  for (let round = -1; round < ROUNDS; round++) {
    await fetch(`${origin}/emulator/reset`, { method: 'POST' })
    await timed('first pair', () => run(origin, '.', { 'if-exists': 'reuse' }))
    await timed('healthy pair', () => run(origin, '.', { 'if-exists': 'reuse' }))
    const replaced = await timed('replace', () => run(origin, '.', { 'if-exists': 'replace' }))
    await timed("replace's post", () => replaced.post())
    await timed('delete', () => run(origin, 'delete', {}))
    // The first round compiles.
    if (round < 0) for (const list of Object.values(times)) list.length = 0
  }
  const names = Object.keys(ROUND_TRIPS) as Name[]
  return Object.fromEntries(names.map(name => [name, Math.min(...times[name])])) as Record<Name, number>
}

function run(origin: string, folder: ActionFolder, inputs: Record<string, string>): Promise<StepRun> {
  const account = {
    'account-id': ACCOUNT_ID,
    'api-token': TOKENS.write,
    'api-url': `${origin}/client/v4`,
    environment: 'staging',
    'github-token': GITHUB_TOKENS.full,
  }
  const runner = { GITHUB_API_URL: `${origin}/github` }
  return startStep(folder, { inputs: { ...account, ...inputs }, runner }).done
}
