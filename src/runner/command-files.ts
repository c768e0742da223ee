import { closeSync, openSync } from 'node:fs'

/**
 * Checks that outputs and state can be written: without these files @actions/core would write them, secrets among them,
 * into the log.
 * @throws Error that says what to do.
 */
export function checkCommandFiles(): void {
  for (const name of ['GITHUB_OUTPUT', 'GITHUB_STATE']) {
    const path = process.env[name] ?? ''
    if (path === '') throw new Error(`${name} is not set. Update the runner to 2.327.1 or later, which sets it.`)
    try {
      // Not "w" or "a": a file that does not exist is not created.
      closeSync(openSync(path, 'r+'))
    } catch (thrown) {
      const code = thrown instanceof Error && 'code' in thrown ? thrown.code : 'unknown error'
      throw new Error(
        `${name} points to a file that cannot be written (${code}). Update the runner to 2.327.1 or later; in a container, run as a user that may write the runner's files (see \`options: --user\`).`,
      )
    }
  }
}
