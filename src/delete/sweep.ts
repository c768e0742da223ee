import { CloudflareError } from '../cloudflare/error.ts'
import { type Account, deleteKey } from '../cloudflare/keys.ts'
import { say } from '../log.ts'

/** What came of deleting keys: the uids of those deleted, and of those that are left, because of an error or a cancelled job. */
export interface Sweep {
  deleted: readonly string[]
  left: readonly string[]
}

const SIDE_BY_SIDE = 8
const PROGRESS_EVERY = 50

/** Deletes keys side by side. One that fails stops no other, but nothing is begun once the job is cancelled or Cloudflare's rate limit closed for long. */
export async function sweep(account: Account, uids: readonly string[]): Promise<Sweep> {
  const deleted: string[] = []
  const done = new Set<string>()
  const queue = uids.values()
  let closed = false

  async function work(): Promise<void> {
    for (const uid of queue) {
      if (closed || account.lifeline.stop.aborted) return
      try {
        const outcome = await deleteKey(account, uid)
        if (outcome === 'deleted') deleted.push(uid)
        done.add(uid)
        tell(outcome, uid, done.size, uids.length)
      } catch (error) {
        if (error instanceof CloudflareError && error.fate === 'rate limited') closed = true
        if (!account.lifeline.stop.aborted) say(error instanceof Error ? error.message : String(error))
      }
    }
  }
  await Promise.all(Array.from({ length: SIDE_BY_SIDE }, work))
  return { deleted, left: uids.filter(uid => !done.has(uid)) }
}

function tell(outcome: string, uid: string, count: number, total: number): void {
  if (total <= PROGRESS_EVERY) say(`TURN key ${uid}: ${outcome}.`)
  else if (count % PROGRESS_EVERY === 0 || count === total) say(`${count} of ${total} TURN keys are done.`)
}
