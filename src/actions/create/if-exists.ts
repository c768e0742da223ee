import { isHexId } from '../../cloudflare/id.ts'
import type { KeySnapshot, ListedTurnKey } from '../../cloudflare/keys.ts'
import { keysNamed, sortNewestFirst } from '../../cloudflare/select-keys.ts'
import { info, logAndTruncateUids, warning } from '../../runner/log.ts'
import { logUnknownKey } from '../store-inputs.ts'
import type { CreateInputs } from './inputs.ts'
import type { GithubStoreWithProgress } from './read-github-store.ts'
import type { Outcome } from './report.ts'
import { likelyWorkerKey, type WorkerStoreWithHasPair } from './worker-store.ts'

/** What is to be done: reuse a key, or create one, which may replace others. */
interface Plan {
  readonly outcome: Outcome
  readonly reusable?: ListedTurnKey
  /** The keys to delete once the job has succeeded. */
  readonly superseded: readonly ListedTurnKey[]
}

const CREATE: Plan = { outcome: 'created', superseded: [] }

/**
 * Plans what `if-exists` asks for, given the keys that exist, which `create` does not look at, and what is stored.
 * @throws Error when there is one of that name and `if-exists` is `fail`.
 */
export function planCreate(
  inputs: CreateInputs,
  list: KeySnapshot | undefined,
  store: Pick<GithubStoreWithProgress, 'pair' | 'namedUids'> | undefined,
  worker: WorkerStoreWithHasPair | undefined,
): Plan {
  if (!list) return CREATE
  const { pair, namedUids = [] } = store ?? {}
  const { name, ifExists, keepPrevious, keyStore } = inputs
  const existing = sortNewestFirst(keysNamed(name, list.keys))
  const stored = list.keys.find(key => key.uid === pair?.variable?.uid)
  const { uid } = pair?.variable ?? {}
  if (keyStore && uid !== undefined && isHexId(uid) && !stored) logUnknownKey(keyStore, uid)
  if (ifExists === 'reuse') {
    const settled = existing.filter(key => !isYoung(key, list))
    const inStore = worker ? likelyWorkerKey(worker, existing, settled) : pair?.isConsistent && stored
    const reusable = pair || worker ? inStore : existing[0]
    if (reusable) return { outcome: 'reused', reusable, superseded: [] }
    warnUnmanaged(existing)
    return CREATE
  }
  if (ifExists === 'fail' && existing.length > 0) throw new Error(nameTaken(existing, inputs))
  const isOther = (key: ListedTurnKey) => key !== stored && !isNamed(key, namedUids) && !isLeft(key, list)
  const others = pair || worker ? existing.filter(isOther) : existing
  const superseded = stored ? [stored, ...others] : others
  if (ifExists === 'fail' || superseded.length === 0) return CREATE
  return { outcome: 'replaced', superseded: withoutPrevious(superseded, keepPrevious, pair && !stored) }
}

const YOUNG_MS = 15 * 60_000

/** Whether another job may be about to store a key, by Cloudflare's clock. */
const isYoung = ({ created }: ListedTurnKey, { serverTime }: KeySnapshot): boolean =>
  serverTime - Date.parse(created) < YOUNG_MS

/** Another pair of the same place holds it, or did when this step began: its job may fail yet, and go on with it. */
function isNamed({ uid }: ListedTurnKey, namedUids: readonly string[]): boolean {
  if (!namedUids.includes(uid)) return false
  info(`The TURN key ${uid} is kept: another variable of the same place names it.`)
  return true
}

/** A young key is left to the next rotation. */
function isLeft(key: ListedTurnKey, list: KeySnapshot): boolean {
  if (!isYoung(key, list)) return false
  info(`The TURN key ${key.uid} is kept: it is younger than 15 minutes, and another job may be about to store it.`)
  return true
}

/** All but the `count` that come first: the stored key, which is in use, then the newest. A key of unknown age is kept too. */
function withoutPrevious(
  superseded: readonly ListedTurnKey[],
  count: number,
  isUnknown = false,
): readonly ListedTurnKey[] {
  if (count === 0) return superseded
  if (isUnknown) {
    info('Nothing shows which TURN key is in use, so with `keep-previous` no older one is deleted.')
    return []
  }
  return superseded.filter((key, index) => index === 0 || !Number.isNaN(Date.parse(key.created))).slice(count)
}

function nameTaken(existing: readonly ListedTurnKey[], { name, account: { accountId } }: CreateInputs): string {
  const uids = logAndTruncateUids(existing.map(({ uid }) => uid))
  return `The account ${accountId} already has a TURN key named "${name}", and \`if-exists\` is \`fail\`. Nothing was created. Delete it, choose another \`name\`, or use \`if-exists: reuse\` or \`replace\`. Its uid: ${uids}.`
}

function warnUnmanaged(keys: readonly ListedTurnKey[]): void {
  for (const { uid, name } of keys) {
    warning(
      `The TURN key ${uid} is also named "${name}", but nothing shows that its secret is the stored one. It is kept. Unless another pair holds it, delete it: by its uid, or with \`if-exists: replace\`.`,
    )
  }
}
