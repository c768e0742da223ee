import { type AccountClient, deleteKey } from '../cloudflare/keys.ts'
import { RequestError } from '../http/error.ts'
import { CancelledError } from '../runner/cancel.ts'
import { info, messageOf, warning } from '../runner/log.ts'
import { forEachConcurrentlyUntilStop } from './for-each-concurrently.ts'

/** The uids of the keys that were deleted, and of those remaining, with the reason where deletion was attempted. */
export interface DeletionResult {
  readonly deleted: readonly string[]
  readonly remaining: ReadonlyMap<string, string | undefined>
}

const PROGRESS_INTERVAL = 50

/**
 * Deletes keys side by side. One that fails stops no other, but no new request is sent once the job is cancelled, or
 * Cloudflare's rate limit lasts longer than a step waits.
 */
export async function deleteKeys(account: AccountClient, uids: readonly string[]): Promise<DeletionResult> {
  const deleted: string[] = []
  const remaining = new Map<string, string | undefined>(uids.map(uid => [uid, undefined]))
  await forEachConcurrentlyUntilStop(uids, async uid => {
    if (account.drain.aborted) return 'stop'
    try {
      const outcome = await deleteKey(account, uid)
      if (outcome === 'deleted') deleted.push(uid)
      remaining.delete(uid)
      reportProgress(outcome, uid, uids.length - remaining.size, uids.length)
    } catch (error) {
      if (!(error instanceof CancelledError)) remaining.set(uid, messageOf(error))
      if (error instanceof RequestError && error.kind === 'throttled') return 'stop'
    }
    return undefined
  })
  return { deleted, remaining }
}

/** Deletes keys, with a warning for each that remains. */
export async function deleteKeysOrWarn(account: AccountClient, uids: readonly string[]): Promise<void> {
  const { remaining } = await deleteKeys(account, uids)
  for (const [uid, reason = 'deletion was not attempted.'] of remaining) {
    warning(`The TURN key ${uid} remains in the account ${account.accountId}: ${reason}`)
  }
}

function reportProgress(outcome: string, uid: string, count: number, total: number): void {
  if (total <= PROGRESS_INTERVAL) info(`TURN key ${uid}: ${outcome}.`)
  else if (count % PROGRESS_INTERVAL === 0 || count === total) info(`${count} of ${total} TURN keys processed.`)
}
