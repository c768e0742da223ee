import { type AccountClient, deleteKey } from '../../cloudflare/keys.ts'
import type { KeyStore } from '../../github/store.ts'
import { info, messageOf } from '../../runner/log.ts'
import { currentCreateState, updateCreateState } from './state.ts'

/**
 * Deletes the key that a failed step created, unless it is stored on GitHub, or may be.
 * @returns what the step is to fail with: `cause`, and what became of the key where it is left.
 */
export async function cleanUp(account: AccountClient, cause: unknown, store: KeyStore | undefined): Promise<unknown> {
  const { phase, uid } = currentCreateState()
  if (phase === 'storing' && store) return keptError(uid, store, cause)
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

function keptError(uid: string, { keySecret, label }: KeyStore, cause: unknown): Error {
  return new Error(
    `${messageOf(cause)} The TURN key ${uid} is kept, because the secret ${keySecret} of ${label} holds it or may hold it. Run this again with \`if-exists: reuse\` or \`replace\` to repair the variable and the secret.`,
    { cause },
  )
}
