import type { AccountClient } from '../../cloudflare/keys.ts'
import { keysCreatedBetween, keysNamed, sortNewestFirst } from '../../cloudflare/select-keys.ts'
import { REQUEST_TIMEOUT_MS } from '../../http/time.ts'
import { info, messageOf, warning } from '../../runner/log.ts'
import { listKeysAndWarnIfNearlyFull } from '../account.ts'
import { deleteKeysOrWarn } from '../delete-keys.ts'
import type { CreateState } from './state.ts'

/** How long after a lost response Cloudflare may still create the key. */
const LATE_MS = 30_000

/**
 * Looks for keys that requests with a lost response created. Under a name of this job's own they are deleted; under any
 * other a warning names them. When that cannot be done, a warning says so.
 * A request may be carried out late, so post looks again.
 * @returns what the state is to remember.
 */
export async function deleteJobScopedOrReportLostKeys(
  account: AccountClient,
  state: CreateState,
): Promise<Partial<CreateState>> {
  const { name, isJobScoped, phase, firstRequestedAt, lastRequestedAt, responseLostAt, uid: own } = state
  // A step that is killed during a request loses its response.
  const isKilled = phase === 'requested' && lastRequestedAt > responseLostAt
  const lostAt = isKilled ? lastRequestedAt + REQUEST_TIMEOUT_MS : responseLostAt
  const known = new Set([own, ...state.reportedUids.split(' ')])
  info(`A response to the request for the TURN key "${name}" was lost: looking for a key that it created.`)
  const list = await listKeysAndWarnIfNearlyFull(account).catch((error: unknown) =>
    warning(
      `Could not determine whether a TURN key named "${name}" is left in the account ${account.accountId}: ${messageOf(error)} Look for that name in the Cloudflare dashboard.`,
    ),
  )
  if (!list) return {}
  const keys = isJobScoped ? list.keys : keysCreatedBetween(firstRequestedAt, lostAt + LATE_MS, list)
  const lost = sortNewestFirst(keysNamed(name, keys)).flatMap(({ uid }) => (known.has(uid) ? [] : uid))
  if (isJobScoped) {
    await deleteKeysOrWarn(account, lost)
    return {}
  }
  for (const uid of lost) reportLostKey(uid, name)
  return { reportedUids: [...known, ...lost].join(' ') }
}

function reportLostKey(uid: string, name: string): void {
  warning(
    `A TURN key named "${name}" with the uid ${uid} was created since this step requested its own. It is kept: it may be another job's. If no other job created it, delete it, because its secret is lost.`,
  )
}
