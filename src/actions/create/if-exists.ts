import { isId } from '../../cloudflare/id.ts'
import { filterByName, findByUid } from '../../cloudflare/key-list.ts'
import type { AccountClient, TurnKey } from '../../cloudflare/keys.ts'
import { truncateUidList, warning } from '../../runner/log.ts'
import { listKeysAndWarn } from '../account.ts'
import { logUnknownKey } from '../key-store.ts'
import type { CreateInputs } from './inputs.ts'
import type { Outcome } from './report.ts'
import { findConsistentKey, type PreparedKeyStore } from './store-key.ts'

/** What is to be done: reuse a key, or create one, which may replace others. */
interface Plan {
  readonly outcome: Outcome
  readonly reusable?: TurnKey
  /** The keys to delete once the job has succeeded. */
  readonly superseded: readonly TurnKey[]
}

const CREATE: Plan = { outcome: 'created', superseded: [] }

/**
 * Says what `if-exists` means for the keys of that name.
 * @throws RequestError, or Error when there is one and `if-exists` is `fail`.
 */
export async function resolveIfExists(
  account: AccountClient,
  inputs: CreateInputs,
  store: PreparedKeyStore | undefined,
): Promise<Plan> {
  const { name, ifExists, keepPrevious } = inputs
  if (ifExists === 'create') return CREATE
  const list = await listKeysAndWarn(account)
  const existing = filterByName(name, list)
  if (store) logIfUnknown(store, list.keys)
  if (ifExists === 'reuse') {
    const reusable = store ? findConsistentKey(store, list.keys) : existing[0]
    if (reusable) return { outcome: 'reused', reusable, superseded: [] }
    warnUnmanaged(existing)
    return CREATE
  }
  if (existing.length === 0) return CREATE
  if (ifExists === 'fail') throw new Error(nameTaken(existing, inputs))
  return { outcome: 'replaced', superseded: supersededKeys(existing, keepPrevious, store?.stored.uid) }
}

/** All but the `keepPrevious` that count first: the stored key, which is in use, then the newest. */
function supersededKeys(existing: readonly TurnKey[], keepPrevious: number, storedUid?: string): readonly TurnKey[] {
  if (keepPrevious === 0) return existing
  const isStored = ({ uid }: TurnKey) => uid.toLowerCase() === storedUid
  const others = existing.filter(key => !isStored(key) && !Number.isNaN(Date.parse(key.created)))
  return [...existing.filter(isStored), ...others].slice(keepPrevious)
}

function logIfUnknown({ client, stored: { uid } }: PreparedKeyStore, keys: readonly TurnKey[]): void {
  if (uid !== undefined && isId(uid) && !findByUid(uid, keys)) logUnknownKey(client, uid)
}

function nameTaken(existing: readonly TurnKey[], { name, account: { accountId } }: CreateInputs): string {
  const uids = truncateUidList(existing.map(({ uid }) => uid))
  return `The account ${accountId} already has a TURN key named "${name}", and \`if-exists\` is \`fail\`. Nothing was created. Delete it, choose another \`name\`, or use \`if-exists: reuse\` or \`replace\`. Its uid: ${uids}.`
}

function warnUnmanaged(keys: readonly TurnKey[]): void {
  for (const { uid, name } of keys) {
    warning(
      `The TURN key ${uid} is also named "${name}", but nothing shows that its secret is the stored one. It is kept. To delete it, use \`if-exists: replace\`.`,
    )
  }
}
