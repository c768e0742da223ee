import type { StoreSession } from './open-store.ts'
import { withShortWaits } from './short-waits.ts'

/**
 * Creates the variable that this step removed as it was, where variable and secret belonged together, and the secret was
 * not written since.
 * @returns whether it is there again
 * @throws RequestError
 */
export async function restoreRemovedVariable(store: StoreSession): Promise<boolean> {
  const { github, pair } = store
  const client = withShortWaits(store.client)
  const isUnchanged = async () => (await github.readSecretLastWrite(client))?.writtenAt === pair.secretTime
  if (!pair.variable || !pair.isRestorable || !(await isUnchanged())) return false
  if (!(await github.createVariableIfAbsent(client, pair.variable.value))) return false
  if (await isUnchanged()) return true
  // Another job began meanwhile: for it, there was no variable to remove.
  await github.removeVariable(client)
  return false
}
