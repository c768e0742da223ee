import { type AccountClient, deleteKey } from '../../cloudflare/keys.ts'
import { info } from '../../runner/log.ts'
import { updateCreateState } from './state.ts'

/** A failure that keeps the new key, because a stored secret holds it, or may. */
export class KeyRetainedError extends Error {
  override name = 'KeyRetainedError'
}

/**
 * Does what is left to do with a new key; when that fails, the key is deleted, unless it must be kept.
 * @throws what `publish` threw, and what came of deleting the key.
 */
export async function withRollback(account: AccountClient, uid: string, publish: () => Promise<void>): Promise<void> {
  try {
    await publish()
  } catch (error) {
    if (!(error instanceof KeyRetainedError)) await rollback(account, uid, error)
    throw error
  }
}

async function rollback(account: AccountClient, uid: string, cause: unknown): Promise<void> {
  try {
    await deleteKey(account, uid)
    updateCreateState({ phase: 'rolled-back' })
    info(`Deleted the TURN key ${uid}, because this step failed.`)
  } catch (error) {
    if (!(error instanceof Error) || !(cause instanceof Error)) throw error
    throw new Error(
      `${cause.message} The TURN key ${uid} that this step created could not be deleted, which the post step will retry: ${error.message}`,
      { cause },
    )
  }
}
