import { getState, saveState } from '@actions/core'
import type { Api } from '../../cloudflare/request.ts'
import { isObject, parseObject } from '../../http/json.ts'

/** What credentials' main leaves for its post: whose credential it is to revoke. */
interface CredentialsState {
  readonly api: Api
  readonly uid: string
  readonly username: string
}

/** Saves a credential for credentials' post. */
export function saveCredentialsState(state: CredentialsState): void {
  saveState('credentials', state)
}

/** What main saved. @throws Error when that cannot be read. */
export function loadCredentialsStateOrThrow(): CredentialsState {
  const { api, uid, username } = parseObject(getState('credentials')) ?? {}
  const { baseUrl, token } = isObject(api) ? api : {}
  if ([baseUrl, token, uid, username].every(member => typeof member === 'string')) {
    return { api: { baseUrl: String(baseUrl), token: String(token) }, uid: String(uid), username: String(username) }
  }
  throw new Error('The state that this step saved cannot be read: a minted credential that was to be revoked is not.')
}
