import { getState, saveState } from '@actions/core'
import type { Account } from '../../cloudflare/keys.ts'
import type { KeyStore } from '../../github/store.ts'
import { isObject, type JsonObject, parseObject } from '../../http/json.ts'

/**
 * How far create's main came: `requested` a key, `created` one, began `storing` it, saw it `stored`, `published`
 * it, or `rolled-back`: no key is left to undo.
 */
const PHASES = ['requested', 'created', 'storing', 'stored', 'published', 'rolled-back'] as const

/** What create's main leaves for its post. Times are milliseconds since the epoch. */
export type CreateState = { readonly phase: (typeof PHASES)[number]; readonly account: Account } & Readonly<
  typeof MEMBERS
>

const MEMBERS = {
  name: '',
  /** Whether the name belongs to this job alone. */
  isJobScoped: false,
  deleteAfterJob: 'never',
  /** The key that main created. */
  uid: '',
  /** When main sent its first request for a key, and its last. */
  firstRequestedAt: 0,
  lastRequestedAt: 0,
  /** When a response was last lost, so that a key may exist which nobody knows; 0 for never. */
  responseLostAt: 0,
  /** The uids of keys that a warning has reported already, separated by spaces. */
  reportedUids: '',
}

let current: CreateState = { phase: 'rolled-back', account: { accountId: '', token: '', baseUrl: '' }, ...MEMBERS }

/** Saves changes, with all that was saved before, as one value: a step that is killed never leaves half a state. */
export function updateCreateState(changes: Partial<CreateState>): void {
  const next = { ...current, ...changes }
  // When the state cannot be written: what there is to undo is known all the same, and what is not saved is not published.
  if (next.phase !== 'published') current = next
  saveState('create', next)
  current = next
}

/** The same during a cleanup, which goes on where the state cannot be written. */
export function updateCreateStateIfPossible(changes: Partial<CreateState>): void {
  try {
    updateCreateState(changes)
  } catch {
    // What is not saved, post finds done.
  }
}

/** What this step has done so far. */
export const currentCreateState = (): CreateState => current

/** What main saved. @throws Error when that cannot be read. */
export function loadCreateStateOrThrow(): CreateState {
  const state = parseObject(getState('create'))
  if (isCreateState(state)) return state
  throw new Error(
    'The state that this step saved cannot be read: if it created a TURN key that was to be deleted, it is not. Its log has the uid.',
  )
}

/** Whether the members that post needs are there. */
function isCreateState(value: unknown): value is CreateState {
  if (!isObject(value) || !isObject(value.account)) return false
  const members = Object.entries(MEMBERS).every(([name, member]) => typeof value[name] === typeof member)
  return (
    members && PHASES.some(phase => phase === value.phase) && hasTexts(value.account, ['accountId', 'token', 'baseUrl'])
  )
}

const hasTexts = (value: JsonObject, names: readonly string[]): boolean =>
  names.every(name => typeof value[name] === 'string')

/** Keys that post deletes once the job has succeeded, and where on GitHub one of them may be stored by then. */
interface Superseded {
  readonly uids: readonly string[]
  readonly keyStore: KeyStore | undefined
}

/**
 * Saves superseded keys. The runner hands state on as variables, which on Windows hold 32,766 characters: enough for the
 * 32 of each of an account's 1,000 keys.
 */
export function saveSupersededForPost({ uids, keyStore }: Superseded): void {
  if (uids.length === 0) return
  saveState('superseded', uids.join(''))
  if (keyStore) saveState('key-store', keyStore)
}

/** The superseded keys that main saved. @throws Error when where they may be stored cannot be read. */
export function loadSupersededOrThrow(): Superseded {
  const uids = getState('superseded').match(/.{32}/g) ?? []
  const saved = getState('key-store')
  if (saved === '') return { uids, keyStore: undefined }
  const keyStore = parseObject(saved)
  if (isKeyStore(keyStore)) return { uids, keyStore }
  throw new Error(
    `The older TURN keys are kept, because the state that this step saved cannot be read: ${uids.join(', ')}.`,
  )
}

function isKeyStore(value: unknown): value is KeyStore {
  const names: (keyof KeyStore)[] = ['environment', 'label', 'owner', 'repo', 'token', 'baseUrl', 'uidVariable']
  return isObject(value) && hasTexts(value, [...names, 'keySecret', 'permissions'])
}
