import { CloudflareError } from '../../cloudflare/error.ts'
import { madeSince, named } from '../../cloudflare/key-list.ts'
import { type Account, createKey, deleteKey, type NewTurnKey } from '../../cloudflare/keys.ts'
import { say, warn } from '../../runner/log.ts'
import { mask } from '../../runner/secrets.ts'
import { listAccount } from '../account.ts'
import { saveCreateState } from './state.ts'

/** The key to make, by `work`; `cleanUp` is the same account for what must still be done when the job is cancelled. */
interface KeyOrder {
  work: Account
  cleanUp: Account
  name: string
  /** Whether the name belongs to this job alone. */
  ownName: boolean
}

const TRIES = 3

/**
 * Makes a key and masks its secret. When the answer is lost, what it may have made is looked for before the next of at
 * most 3 tries: under a name of this job's own it is deleted, under any other a warning names it.
 * @throws CloudflareError
 */
export async function makeKey(order: KeyOrder): Promise<NewTurnKey> {
  saveCreateState({ phase: 'asked', askedAt: String(Date.now()) })
  const namedUids: string[] = []
  for (let tries = 1; ; tries++) {
    const askedAt = Date.now()
    try {
      const key = await createKey(order.work, order.name)
      key.secrets.forEach(mask)
      saveCreateState({ phase: 'made', uid: key.uid })
      return key
    } catch (error) {
      if (!(error instanceof CloudflareError) || error.fate !== 'unknown') {
        saveCreateState({ phase: 'undone' })
        throw error
      }
      saveCreateState({ lost: 'true' })
      say(`${error.message} Looking for a key that it may have made.`)
      namedUids.push(...(await settleLost(order, askedAt, namedUids, error)))
      saveCreateState({ namedUids: namedUids.join(' ') })
      if (tries === TRIES) throw error
    }
  }
}

/** Returns the uids that a warning named, beside the `known` ones. */
async function settleLost(
  order: KeyOrder,
  askedAt: number,
  known: readonly string[],
  lost: CloudflareError,
): Promise<string[]> {
  try {
    return await settle(order, askedAt, known)
  } catch (error) {
    if (!(error instanceof Error)) throw error
    throw new Error(
      `${lost.message} Whether that made a key named "${order.name}" in the account ${order.work.accountId} is not known, because looking for it failed too: ${error.message} Look for that name in the Cloudflare dashboard.`,
      { cause: error },
    )
  }
}

/**
 * Looks for keys of a name made since a moment (milliseconds since the epoch), the `known` ones aside. Those of a job's
 * own name are deleted, others are named in a warning, and their uids returned.
 * @throws CloudflareError
 */
export async function settle(
  { cleanUp, name, ownName }: Omit<KeyOrder, 'work'>,
  since: number,
  known: readonly string[],
): Promise<string[]> {
  const list = await listAccount(cleanUp)
  const suspects = named(name, ownName ? list : { ...list, keys: madeSince(since, list) })
  const uids = suspects.map(({ uid }) => uid).filter(uid => !known.includes(uid))
  if (!ownName) {
    for (const uid of uids) {
      warn(
        `A TURN key named "${name}" with the uid ${uid} was made since this step began to make its own. It is left alone: it may be another job's. If no other job made it, delete it, for its secret is lost.`,
      )
    }
    return uids
  }
  for (const uid of uids) {
    await deleteKey(cleanUp, uid)
    say(`Deleted the TURN key ${uid}, whose secret was lost with the answer.`)
  }
  return []
}
