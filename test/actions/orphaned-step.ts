import type { Emulator } from '../emulator/emulator.ts'
import type { RunningStep, StepRun } from '../github-runner.ts'
import { type Fixtures, type Inputs, type Options, startDelete, it as testOfAction } from './step.ts'

/** What the workflow's own token may do in these tests, unless one says otherwise. */
export const READ_ALL = { actions: 'read', contents: 'read', pullRequests: 'read' } as const

/** The workflow's own token: the default of `github-token`. */
export const OWN_TOKEN = 'emulator-github-workflow'

/** A test of a repository whose workflows have a token that may read all. */
export const it = testOfAction.extend<Pick<Fixtures, 'emulatorWith'>>({
  emulatorWith: async ({ emulatorWith }, use) =>
    use(async options => {
      const emulator = await emulatorWith(options)
      emulator.github.addToken(OWN_TOKEN, READ_ALL)
      return emulator
    }),
})

/** Starts the delete action with `orphaned` in `octo/app`. */
export function startOrphaned(emulator: Emulator, inputs: Inputs = {}, options: Options = {}): RunningStep {
  const runner = { GITHUB_API_URL: emulator.githubUrl, ...options.runner }
  return startDelete(emulator, { orphaned: 'true', ...inputs }, { ...options, runner })
}

/** Runs it to its end. */
export function runOrphaned(...step: Parameters<typeof startOrphaned>): Promise<StepRun> {
  return startOrphaned(...step).done
}
