import { filterByCreated, filterByName } from '../../cloudflare/key-list.ts'
import { type AccountClient, createKey, deleteKey, type NewTurnKey } from '../../cloudflare/keys.ts'
import { now, sleep } from '../../http/clock.ts'
import { RequestError } from '../../http/error.ts'
import { REQUEST_TIMEOUT_MS } from '../../http/send-once.ts'
import { info, messageOf, warning } from '../../runner/log.ts'
import { mask } from '../../runner/secrets.ts'
import { listKeysAndWarn } from '../account.ts'
import { type CreateState, currentCreateState, updateCreateState } from './state.ts'

const MAX_ATTEMPTS = 3
const BACKOFF_MS = 500
/** How long after a lost response Cloudflare may still create the key. */
const LATE_MS = 30_000

/**
 * Creates a key and masks its secret. A lost response is noted in the state, for `reconcileLostCreates`.
 * @throws RequestError
 */
export async function createKeyWithRetry(account: AccountClient, name: string): Promise<NewTurnKey> {
  const key = await retryLoop(account, name)
  key.secrets.forEach(mask)
  updateCreateState({ phase: 'created', uid: key.uid })
  return key
}

async function retryLoop(account: AccountClient, name: string): Promise<NewTurnKey> {
  const saveRequest = () => {
    const lastRequestedAt = now()
    const firstRequestedAt = currentCreateState().firstRequestedAt || lastRequestedAt
    updateCreateState({ phase: 'requested', firstRequestedAt, lastRequestedAt })
  }
  for (let attempt = 1; ; attempt++) {
    try {
      return await createKey(account, name, saveRequest)
    } catch (error) {
      if (!(error instanceof RequestError) || error.kind !== 'outcome-unknown') {
        updateCreateState({ phase: 'rolled-back' })
        throw error
      }
      updateCreateState({ responseLostAt: now() })
      if (attempt === MAX_ATTEMPTS) throw error
      account.drain.throwIfAborted()
      info(`${error.message} Retrying.`)
      await sleep(BACKOFF_MS * 2 ** attempt, account.drain)
    }
  }
}

/**
 * Looks for keys that requests with a lost response created. Under a name of this job's own they are deleted; under any
 * other a warning names them. When that cannot be done, a warning says so.
 * A request may be carried out late, so post looks again.
 * @returns what the state is to remember.
 */
export async function reconcileLostCreates(account: AccountClient, state: CreateState): Promise<Partial<CreateState>> {
  const { name, isJobScoped, phase, firstRequestedAt, lastRequestedAt, responseLostAt, uid: own } = state
  // A step that is killed during a request loses its response.
  const isKilled = phase === 'requested' && lastRequestedAt > responseLostAt
  const lostAt = isKilled ? lastRequestedAt + REQUEST_TIMEOUT_MS : responseLostAt
  const known = new Set([own, ...state.reportedUids.split(' ')])
  info(`A response to the request for the TURN key "${name}" was lost: looking for a key that it created.`)
  try {
    const list = await listKeysAndWarn(account)
    const keys = isJobScoped ? list.keys : filterByCreated(firstRequestedAt, lostAt + LATE_MS, list)
    for (const { uid } of filterByName(name, { ...list, keys })) {
      if (known.has(uid)) continue
      if (isJobScoped) {
        await deleteKey(account, uid)
        info(`Deleted the TURN key ${uid}, whose secret was lost with the response.`)
      } else {
        known.add(uid)
        warning(
          `A TURN key named "${name}" with the uid ${uid} was created since this step requested its own. It is kept: it may be another job's. If no other job created it, delete it, because its secret is lost.`,
        )
      }
    }
  } catch (error) {
    warning(
      `Could not determine whether a TURN key named "${name}" is left in the account ${account.accountId}: ${messageOf(error)} Look for that name in the Cloudflare dashboard.`,
    )
  }
  return { reportedUids: [...known].join(' ') }
}
