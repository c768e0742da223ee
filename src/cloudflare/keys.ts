import { RequestError } from '../http/error.ts'
import { parseKeySnapshotOrThrow, parseNewKeyOrThrow } from './parse-keys.ts'
import { type Api, type ApiClient, type ApiRequest, requestAndRead } from './request.ts'
import { type ApiResponse, unexpectedResponseError } from './response.ts'

/** A TURN key as Cloudflare lists it. `uid` is 32 hex digits in lower case; times are ISO 8601, or empty where not given. */
export interface ListedTurnKey {
  uid: string
  name: string
  created: string
  modified: string
}

/** A TURN key as Cloudflare returns it once, when it is created. `secrets` holds what came with it, best first. */
export interface NewTurnKey extends ListedTurnKey {
  secrets: readonly string[]
}

/** The keys of an account at one moment, by Cloudflare's and by this machine's clock (milliseconds since the epoch). */
export interface KeySnapshot {
  keys: readonly ListedTurnKey[]
  serverTime: number
  receivedAt: number
}

/** The management API for one account: 32 hex digits. */
export interface Account extends Api {
  readonly accountId: string
}

/** A client of the management API for one account. */
export type AccountClient = ApiClient & Account

/** How many keys an account may have. */
export const MAX_KEYS = 1000

const KEY_NOT_FOUND = 20008

/**
 * Creates a key. A POST whose response is lost may have created one all the same, and is retried: the caller settles what
 * became of it. The secret is `secret` on the live API and `key` in its reference; either is read.
 * https://developers.cloudflare.com/api/resources/calls/subresources/turn/methods/create/
 * @throws RequestError whose `kind` is `outcome-unknown` when a key may exist all the same.
 */
export async function createKey(
  account: AccountClient,
  name: string,
  watch: Pick<ApiRequest, 'beforeAttempt' | 'onLostResponse'> = {},
): Promise<NewTurnKey> {
  const create: ApiRequest = {
    operation: `create the TURN key "${name}"`,
    method: 'POST',
    path: keysPath(account),
    body: { name },
    retryable: true,
    ...watch,
  }
  return requestAndRead(account, create, response => parseNewKeyOrThrow(response, name))
}

/**
 * Lists the keys of the account, without secrets. A `result` of null is an empty list.
 * https://developers.cloudflare.com/api/resources/calls/subresources/turn/methods/list/
 * @throws RequestError, also when Cloudflare says that there are more keys than it sent.
 */
export const listKeys = (account: AccountClient): Promise<KeySnapshot> =>
  requestAndRead(
    account,
    { operation: 'list the TURN keys', method: 'GET', path: keysPath(account) },
    parseKeySnapshotOrThrow,
  )

/**
 * Deletes a key. A repeated request that finds the key gone has deleted it.
 * https://developers.cloudflare.com/api/resources/calls/subresources/turn/methods/delete/
 * @throws RequestError
 */
export async function deleteKey(account: AccountClient, uid: string): Promise<'deleted' | 'already deleted'> {
  try {
    const path = `${keysPath(account)}/${uid}`
    return await requestAndRead(
      account,
      { operation: `delete the TURN key ${uid}`, method: 'DELETE', path },
      parseDeleted,
    )
  } catch (error) {
    if (!(error instanceof RequestError) || !error.codes.includes(KEY_NOT_FOUND)) throw error
    return error.attempts > 1 ? 'deleted' : 'already deleted'
  }
}

function parseDeleted(response: ApiResponse): 'deleted' {
  if (response.status === 204 || response.json?.success === true) return 'deleted'
  throw unexpectedResponseError(response, 'the response does not say that it is deleted')
}

const keysPath = ({ accountId }: Account): string => `/accounts/${accountId}/calls/turn_keys`
