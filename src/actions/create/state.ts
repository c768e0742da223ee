import { getState, saveState } from '@actions/core'
import { isObject, parseObject } from '../../http/json.ts'
import type { KeyStoreInputs } from '../key-store.ts'

/**
 * How far create's main came: `requested` a key, `created` one, began `storing` it on GitHub, `published` it, or
 * `rolled-back`: no key is left to undo.
 */
type Phase = 'requested' | 'created' | 'storing' | 'published' | 'rolled-back'

/** What create's main leaves for its post. Times are milliseconds since the epoch. */
export type CreateState = { readonly phase: Phase } & Readonly<typeof FIELDS>

const FIELDS = {
  accountId: '',
  token: '',
  baseUrl: '',
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

const INITIAL: CreateState = { phase: 'rolled-back', ...FIELDS }
let current = INITIAL

/** Saves changes, with all that was saved before, as one value: a step that is killed never leaves half a state. */
export function updateCreateState(changes: Partial<CreateState>): void {
  const next = { ...current, ...changes }
  // When the state cannot be written: what there is to undo is known all the same, and what is not saved is not published.
  if (next.phase !== 'published') current = next
  saveState('create', next)
  current = next
}

/** What this step has done so far. */
export const currentCreateState = (): CreateState => current

/** What main saved, or undefined when it requested no key. */
export function loadCreateState(): CreateState | undefined {
  const saved = parseObject(getState('create'))
  return isCreateState(saved) ? saved : undefined
}

function isCreateState(value: unknown): value is CreateState {
  const types = (state: object) => String(Object.entries(state).map(([name, member]) => `${name} ${typeof member}`))
  return isObject(value) && types(value) === types(INITIAL)
}

/** Keys that post deletes once the job has succeeded, and where on GitHub one of them may be stored by then. */
interface Superseded {
  readonly uids: readonly string[]
  readonly keyStore: KeyStoreInputs | undefined
}

/**
 * Saves superseded keys. The runner hands state on as variables, which on Windows hold 32,766 characters: enough for the
 * 32 of each of an account's 1,000 keys.
 */
export function saveSuperseded({ uids, keyStore }: Superseded): void {
  if (uids.length === 0) return
  saveState('superseded', uids.join(''))
  if (keyStore) saveState('key-store', keyStore)
}

/** The superseded keys that main saved. */
export function loadSuperseded(): Superseded {
  const keyStore = parseObject(getState('key-store'))
  const uids = getState('superseded').match(/.{32}/g) ?? []
  return { uids, keyStore: isKeyStore(keyStore) ? keyStore : undefined }
}

function isKeyStore(value: unknown): value is KeyStoreInputs {
  const names: (keyof KeyStoreInputs)[] = ['environment', 'label', 'owner', 'repo', 'token', 'baseUrl', 'uidVariable']
  return (
    isObject(value) && [...names, 'keyName', 'keySecret', 'permissions'].every(name => typeof value[name] === 'string')
  )
}
