import { getState, saveState } from '@actions/core'
import { parseObject } from '../../http/json.ts'

/** What credentials' main leaves for its post: whose credential it is to revoke. */
interface CredentialsState {
  rtcUrl: string
  uid: string
  key: string
  username: string
}

/** Saves a credential for credentials' post. */
export function saveCredentialsState(state: CredentialsState): void {
  saveState('credentials', state)
}

/** What main saved, or undefined. */
export function loadCredentialsState(): CredentialsState | undefined {
  const { rtcUrl, uid, key, username } = parseObject(getState('credentials')) ?? {}
  if (typeof rtcUrl !== 'string' || typeof uid !== 'string') return undefined
  if (typeof key !== 'string' || typeof username !== 'string') return undefined
  return { rtcUrl, uid, key, username }
}
