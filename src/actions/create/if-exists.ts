import { isHexId } from '../../cloudflare/id.ts'
import { keysNamed, sortNewestFirst } from '../../cloudflare/key-list.ts'
import type { AccountClient, TurnKey } from '../../cloudflare/keys.ts'
import type { StoredPair } from '../../github/stored-pair.ts'
import { logAndTruncateUids, warning } from '../../runner/log.ts'
import { listKeysAndWarn } from '../account.ts'
import { logUnknownKey } from '../store-inputs.ts'
import type { CreateInputs } from './inputs.ts'
import type { Outcome } from './report.ts'
import type { OpenStore } from './store-key.ts'

/** What is to be done: reuse a key, or create one, which may replace others. */
interface Plan {
  readonly outcome: Outcome
  readonly reusable?: TurnKey
  /** The keys to delete once the job has succeeded. */
  readonly superseded: readonly TurnKey[]
}

const CREATE: Plan = { outcome: 'created', superseded: [] }

/**
 * Plans what `if-exists` asks for, given the keys that exist, and what is stored.
 * @throws RequestError, or Error when there is one of that name and `if-exists` is `fail`.
 */
export async function planCreate(
  account: AccountClient,
  { name, ifExists, keepPrevious }: Pick<CreateInputs, 'name' | 'ifExists' | 'keepPrevious'>,
  store: OpenStore | undefined,
): Promise<Plan> {
  if (ifExists === 'create') return CREATE
  const { keys } = await listKeysAndWarn(account)
  const existing = sortNewestFirst(keysNamed(name, keys))
  if (store) logIfUnknown(store, keys)
  if (ifExists === 'reuse') {
    const reusable = store ? findStoredKey(store.stored, keys) : existing[0]
    if (reusable) return { outcome: 'reused', reusable, superseded: [] }
    warnUnmanaged(existing)
    return CREATE
  }
  if (existing.length === 0) return CREATE
  if (ifExists === 'fail') throw new Error(nameTaken(existing, name, account.accountId))
  return { outcome: 'replaced', superseded: supersededKeys(existing, keepPrevious, store?.stored.uid) }
}

/** The stored key, when variable and secret belong together and it is among these. */
const findStoredKey = ({ uid, isConsistent }: StoredPair, keys: readonly TurnKey[]): TurnKey | undefined =>
  isConsistent ? keys.find(key => key.uid === uid) : undefined

/** All but the `keepPrevious` that count first: the stored key, which is in use, then the newest. */
function supersededKeys(existing: readonly TurnKey[], keepPrevious: number, storedUid?: string): readonly TurnKey[] {
  if (keepPrevious === 0) return existing
  const isStored = ({ uid }: TurnKey) => uid === storedUid
  const others = existing.filter(key => !isStored(key) && !Number.isNaN(Date.parse(key.created)))
  return [...existing.filter(isStored), ...others].slice(keepPrevious)
}

function logIfUnknown({ client, stored: { uid } }: OpenStore, keys: readonly TurnKey[]): void {
  if (uid !== undefined && isHexId(uid) && !keys.some(key => key.uid === uid)) logUnknownKey(client, uid)
}

function nameTaken(existing: readonly TurnKey[], name: string, accountId: string): string {
  const uids = logAndTruncateUids(existing.map(({ uid }) => uid))
  return `The account ${accountId} already has a TURN key named "${name}", and \`if-exists\` is \`fail\`. Nothing was created. Delete it, choose another \`name\`, or use \`if-exists: reuse\` or \`replace\`. Its uid: ${uids}.`
}

function warnUnmanaged(keys: readonly TurnKey[]): void {
  for (const { uid, name } of keys) {
    warning(
      `The TURN key ${uid} is also named "${name}", but nothing shows that its secret is the stored one. It is kept. To delete it, use \`if-exists: replace\`.`,
    )
  }
}
