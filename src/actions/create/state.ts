import { getState, saveState } from '@actions/core'

/**
 * How far create's main came: `asked` for a key, `made` one, began to store it as an environment's secret, `delivered`
 * it, or left nothing that needs undoing.
 */
export type Phase = 'asked' | 'made' | 'stored' | 'delivered' | 'undone'

/** What create's main leaves for its post. */
export interface CreateState {
  accountId: string
  apiToken: string
  apiUrl: string
  name: string
  /** `true` when the name belongs to this job alone. */
  ownName: string
  deleteAfterJob: string
  phase: string
  /** When main first asked for a key: milliseconds since the epoch. */
  askedAt: string
  /** `true` once an answer was lost, so that a key may exist which nobody knows. */
  lost: string
  uid: string
  /** The uids of keys that a warning has named already, separated by spaces. */
  namedUids: string
  /** The uids of the keys to delete once the job has succeeded, separated by spaces. */
  supersededUids: string
}

/**
 * Adds to what create's post will find. The runner keeps the last value of each. The phase is written last: a step that
 * is killed in between leaves no phase without what belongs to it.
 */
export function saveCreateState({ phase, ...rest }: Partial<CreateState> & { phase?: Phase }): void {
  save(rest)
  if (phase) save({ phase })
}

/** What main left; fields that it never saved are empty. */
export function loadCreateState(): CreateState {
  const [phase, uid] = [getState('phase'), getState('uid')]
  return {
    accountId: getState('accountId'),
    apiToken: getState('apiToken'),
    apiUrl: getState('apiUrl'),
    name: getState('name'),
    ownName: getState('ownName'),
    deleteAfterJob: getState('deleteAfterJob'),
    // Killed between the two writes: the uid is there, and the phase that it belongs to is not.
    phase: phase === 'asked' && uid ? 'made' : phase,
    askedAt: getState('askedAt'),
    lost: getState('lost'),
    uid,
    namedUids: getState('namedUids'),
    supersededUids: getState('supersededUids'),
  }
}

/** What credentials' main leaves for its post: whose credential it is to revoke. */
interface CredentialsState {
  rtcUrl: string
  uid: string
  key: string
  username: string
}

/** Leaves a credential to credentials' post. */
export function saveCredentialsState(state: CredentialsState): void {
  save(state)
}

/** What main left; fields that it never saved are empty. */
export function loadCredentialsState(): CredentialsState {
  return {
    rtcUrl: getState('rtcUrl'),
    uid: getState('uid'),
    key: getState('key'),
    username: getState('username'),
  }
}

function save(state: object): void {
  for (const [name, value] of Object.entries(state)) saveState(name, value)
}
