import { messageOf } from '../../runner/log.ts'
import type { GithubStoreWithProgress } from './read-github-store.ts'
import { withShortRateLimitWaits } from './short-rate-limit-waits.ts'

/**
 * Creates the variable that this step removed as it was, where variable and secret belonged together, and the secret was
 * not written since.
 * @returns whether there is a variable again: this one, or by now another job's
 * @throws Error that says what became of it
 */
export async function restoreVariableIfSecretUnchanged(store: GithubStoreWithProgress): Promise<boolean> {
  const { github, pair } = store
  const client = withShortRateLimitWaits(store.client)
  const isUnchanged = async () => (await github.findSecretLastWrite(client))?.writtenAt === pair.secretTime
  let isBack = false
  try {
    const isSettled = await isUnchanged()
    if (!pair.variable || !pair.isRestorable || !isSettled) {
      const found = await github.findVariable(client)
      if (isSettled || found?.value !== pair.variable?.value) return found !== undefined
      // It is this step's own, put back beside what was another job's secret by then.
      isBack = true
      await github.removeVariable(client)
      return false
    }
    if (!(await github.createVariableIfAbsent(client, pair.variable.value))) return true
    isBack = true
    if (await isUnchanged()) return true
    // Another job began meanwhile: for it, there was no variable to remove.
    await github.removeVariable(client)
    return false
  } catch (error) {
    const became = isBack
      ? 'was put back, but another job may have written the secret since: store a new key with `if-exists: replace`.'
      : 'may not have been put back:'
    throw new Error(`The variable ${client.uidVariable} of ${client.label} ${became} ${messageOf(error)}`, {
      cause: error,
    })
  }
}
