import type { Emulator } from '../emulator/emulator.ts'
import { runStep, type StepOptions, type StepRun } from '../github-runner.ts'
import { startAccount } from './accounts.ts'

/** What the workflow's own token may do in these tests, unless one says otherwise. */
export const READ_ALL = { actions: 'read', contents: 'read', pullRequests: 'read' } as const

/** The workflow's own token: the default of `github-token`. */
export const OWN_TOKEN = 'emulator-github-workflow'

/** Runs the delete action with `orphaned` in `octo/app`. */
export function runOrphaned(
  emulator: Emulator,
  account: Record<string, string>,
  inputs: Record<string, string> = {},
  { runner, ...options }: Omit<StepOptions, 'inputs'> = {},
): Promise<StepRun> {
  return runStep('delete', {
    ...options,
    inputs: { ...account, orphaned: 'true', ...inputs },
    runner: { GITHUB_API_URL: emulator.githubUrl, ...runner },
  })
}

/** An account, and a repository whose workflows have a token that may read all. */
export async function startRepository(
  options?: Parameters<typeof startAccount>[0],
): ReturnType<typeof startAccount> {
  const started = await startAccount(options)
  started.emulator.github.addToken(OWN_TOKEN, READ_ALL)
  return started
}
