import { type AccountClient, deleteKey } from '../../cloudflare/keys.ts'
import { info, messageOf } from '../../runner/log.ts'
import type { WorkerStore } from '../worker-inputs.ts'
import type { GithubStoreWithProgress } from './read-github-store.ts'
import { restoreOrInvalidatePairAndExplain } from './restore-or-invalidate-pair.ts'
import { currentCreateState, updateCreateState, updateCreateStateIfPossible } from './state.ts'
import { describeLeftInWorker } from './worker-store.ts'

/**
 * Leaves no half of a pair, and deletes the key that a failed step created, unless it is stored, or may be.
 * @returns what the step is to fail with: `cause`, and what became of the key and the variable where they are left.
 */
export async function rollBackAndExtendError(
  account: AccountClient,
  cause: unknown,
  store: GithubStoreWithProgress | undefined,
  workerStore: WorkerStore | undefined,
): Promise<unknown> {
  const inStore =
    (store && (await restoreOrInvalidatePairAndExplain(store))) ?? (workerStore && describeLeftInWorker(workerStore))
  const left = [inStore, await deleteCreatedKey(account)].filter(Boolean)
  if (left.length === 0) return cause
  return new Error([messageOf(cause), ...left].join(' '), { cause })
}

/** Deletes a key whose pair another job has changed before this step was done with it. @throws RequestError */
export async function deleteOvertakenKey(account: AccountClient, uid: string, label: string): Promise<void> {
  info(`Another job changed the pair in ${label} since: this step replaces the TURN key ${uid} by a new one.`)
  updateCreateState({ phase: 'created' })
  info(`TURN key ${uid}: ${await deleteKey(account, uid)}.`)
  updateCreateState({ phase: 'rolled-back' })
}

/** @returns what could not be done */
async function deleteCreatedKey(account: AccountClient): Promise<string> {
  const { phase, uid } = currentCreateState()
  if (phase !== 'created') return ''
  try {
    const outcome = await deleteKey(account, uid)
    if (outcome === 'deleted') info(`Deleted the TURN key ${uid}, because this step failed.`)
  } catch (error) {
    return `Could not delete the TURN key ${uid} that this step created, so the post step retries: ${messageOf(error)}`
  }
  updateCreateStateIfPossible({ phase: 'rolled-back' })
  return ''
}
