import { sleep } from '../../http/time.ts'
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
  const removeUnlessOthers = async () => {
    let found = await github.findVariable(client)
    if (!found && isBack) {
      await sleep(github.READ_AGAIN_AFTER_MS, client.drain)
      found = await github.findVariable(client)
    }
    if (!found || found.value !== pair.variable?.value) return found !== undefined
    isBack = true
    await github.removeVariable(client)
    return false
  }
  try {
    // Where the secret is another job's by now, what was put back before must not stay beside it.
    if (!(await isUnchanged())) return await removeUnlessOthers()
    if (!pair.variable || !pair.isRestorable) return (await github.findVariable(client)) !== undefined
    if ((await github.createVariableIfAbsent(client, pair.variable.value)) !== 'created') return true
    isBack = true
    // Where another job began meanwhile, there was no variable for it to remove.
    return (await isUnchanged()) || (await removeUnlessOthers())
  } catch (error) {
    const became = isBack
      ? 'was put back, but another job may have written the secret since: store a new key with `if-exists: replace`.'
      : 'may not have been put back:'
    throw new Error(`The variable ${client.uidVariable} of ${client.label} ${became} ${messageOf(error)}`, {
      cause: error,
    })
  }
}
