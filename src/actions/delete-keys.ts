import { CloudflareError } from '../cloudflare/error.ts'
import { type Account, deleteKey } from '../cloudflare/keys.ts'
import { messageOf, say } from '../runner/log.ts'

/** What came of deleting keys: the uids of those deleted, and of those left, with the reason where one was begun. */
export interface Sweep {
  readonly deleted: readonly string[]
  readonly left: ReadonlyMap<string, string | undefined>
}

const SIDE_BY_SIDE = 8
const PROGRESS_EVERY = 50

/**
 * Deletes keys side by side. One that fails stops no other, but nothing is begun once the job is cancelled, or
 * Cloudflare's rate limit is closed for longer than a step waits.
 */
export async function sweep(account: Account, uids: readonly string[]): Promise<Sweep> {
  const deleted: string[] = []
  const left = new Map<string, string | undefined>(uids.map(uid => [uid, undefined]))
  const queue = uids.values()
  let closed = false

  async function work(): Promise<void> {
    for (const uid of queue) {
      if (closed || account.lifeline.stop.aborted) return
      try {
        const outcome = await deleteKey(account, uid)
        if (outcome === 'deleted') deleted.push(uid)
        left.delete(uid)
        sayProgress(outcome, uid, uids.length - left.size, uids.length)
      } catch (error) {
        if (error instanceof CloudflareError && error.fate === 'rate limited') closed = true
        if (!account.lifeline.stop.aborted) left.set(uid, messageOf(error))
      }
    }
  }
  await Promise.all(Array.from({ length: SIDE_BY_SIDE }, work))
  return { deleted, left }
}

function sayProgress(outcome: string, uid: string, count: number, total: number): void {
  if (total <= PROGRESS_EVERY) say(`TURN key ${uid}: ${outcome}.`)
  else if (count % PROGRESS_EVERY === 0 || count === total) say(`${count} of ${total} TURN keys are done.`)
}
