import { type AccountClient, deleteKey } from '../../cloudflare/keys.ts'
import { info, messageOf } from '../../runner/log.ts'
import { currentCreateState, updateCreateState } from './state.ts'

/**
 * Deletes the key that this step created and could not publish. A key that is stored on GitHub, or may be, is kept.
 * @returns what the step is to fail with: `cause`, or that the key could not be deleted.
 */
export async function deleteUnpublishedKey(account: AccountClient, cause: unknown): Promise<unknown> {
  const { phase, uid } = currentCreateState()
  if (phase !== 'created') return cause
  try {
    await deleteKey(account, uid)
  } catch (error) {
    const message = `Could not delete the TURN key ${uid} that this step created, so the post step retries: ${messageOf(error)}`
    return new Error(`${messageOf(cause)} ${message}`, { cause })
  }
  info(`Deleted the TURN key ${uid}, because this step failed.`)
  try {
    updateCreateState({ phase: 'rolled-back' })
  } catch {
    // The state cannot be written: post finds the key already deleted.
  }
  return cause
}
