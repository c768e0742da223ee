import { getState, saveState } from '@actions/core'
import { isRecord, parseObject } from '../../http/json.ts'

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
  /** When main first requested a key. */
  requestedAt: 0,
  /** When a response was last lost, so that a key may exist which nobody knows; 0 for never. */
  responseLostAt: 0,
  /** The uids of keys that a warning has reported already, separated by spaces. */
  reportedUids: '',
}
/** On Windows a variable holds 32,766 characters, and the runner hands state on as variables. */
const UIDS_PER_VALUE = 800

const INITIAL: CreateState = { phase: 'rolled-back', ...FIELDS }
let current = INITIAL

/** Saves changes, with all that was saved before, as one value: a step that is killed never leaves half a state. */
export function updateCreateState(changes: Partial<CreateState>): void {
  current = { ...current, ...changes }
  saveState('create', current)
}

/** What this step has saved so far. */
export function currentCreateState(): CreateState {
  return current
}

/** What main saved, or undefined when it requested no key. */
export function loadCreateState(): CreateState | undefined {
  const saved = parseObject(getState('create'))
  return isCreateState(saved) ? saved : undefined
}

function isCreateState(value: unknown): value is CreateState {
  const types = (state: object) => String(Object.entries(state).map(([name, member]) => `${name} ${typeof member}`))
  return isRecord(value) && types(value) === types(INITIAL)
}

/** Saves the uids of keys that post deletes once the job has succeeded. */
export function saveSupersededUids(uids: readonly string[]): void {
  for (let start = 0; start < uids.length; start += UIDS_PER_VALUE) {
    saveState(`superseded-${start / UIDS_PER_VALUE}`, uids.slice(start, start + UIDS_PER_VALUE).join(' '))
  }
}

/** The uids that main saved. */
export function loadSupersededUids(): string[] {
  const uids: string[] = []
  for (let index = 0; ; index++) {
    const value = getState(`superseded-${index}`)
    if (value === '') return uids
    uids.push(...value.split(' '))
  }
}
