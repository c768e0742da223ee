import { type Account, deleteKey } from '../../cloudflare/keys.ts'
import { say } from '../../runner/log.ts'
import { saveCreateState } from './state.ts'

/** A failure that leaves the new key where it is, because an environment's secret holds it, or may. */
export class KeyStays extends Error {
  override name = 'KeyStays'
}

/**
 * Does what is left to do with a new key; when that fails, the key is deleted again, unless it must stay.
 * @throws what `deliver` threw, and what came of deleting the key.
 */
export async function orUndo(account: Account, uid: string, deliver: () => Promise<void>): Promise<void> {
  try {
    await deliver()
  } catch (error) {
    if (!(error instanceof KeyStays)) await undo(account, uid, error)
    throw error
  }
}

async function undo(account: Account, uid: string, cause: unknown): Promise<void> {
  try {
    await deleteKey(account, uid)
    saveCreateState({ phase: 'undone' })
    say(`Deleted the TURN key ${uid} again, because this step failed.`)
  } catch (error) {
    if (!(error instanceof Error) || !(cause instanceof Error)) throw error
    throw new Error(
      `${cause.message} The TURN key ${uid} that this step made could not be deleted again, which the post step will try once more: ${error.message}`,
      { cause },
    )
  }
}
