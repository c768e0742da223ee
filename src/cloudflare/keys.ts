import { isRecord } from '../http/json.ts'
import { CloudflareError } from './error.ts'
import { isId } from './id.ts'
import { type Api, request } from './request.ts'
import { resultOf, unreadable } from './response.ts'

/** A TURN key as Cloudflare lists it. `uid` is 32 hex digits; the times are ISO 8601, or empty where not given. */
export interface TurnKey {
  uid: string
  name: string
  created: string
  modified: string
}

/** A TURN key as Cloudflare answers once, when it is made. `secrets` holds what the answer gave, best first. */
export interface NewTurnKey extends TurnKey {
  secrets: readonly string[]
}

/** The keys of an account at one moment, with Cloudflare's and this machine's clock (milliseconds since the epoch). */
export interface KeyList {
  keys: readonly TurnKey[]
  serverTime: number | undefined
  receivedAt: number
}

/** The management API, for one account: 32 hex digits. */
export interface Account extends Api {
  accountId: string
}

/** How many keys an account may have. */
export const MOST_KEYS = 1000

const KEY_NOT_FOUND = 20008

/**
 * Makes a key: one POST, never repeated once it may have been processed.
 * The secret is `secret` on the live API and `key` in its reference; either is read.
 * https://developers.cloudflare.com/api/resources/calls/subresources/turn/methods/create/
 * @throws CloudflareError whose `fate` is `unknown` when a key may exist all the same.
 */
export async function createKey(account: Account, name: string): Promise<NewTurnKey> {
  const operation = `create the TURN key "${name}"`
  const answer = await request(account, {
    operation,
    method: 'POST',
    path: keysPath(account),
    body: { name },
    repeatable: false,
  })
  const result = resultOf(answer)
  const key = readKey(result, name)
  if (!key || !isRecord(result)) throw unreadable(answer, operation, 'no readable uid came with it')
  return { ...key, secrets: [result.secret, result.key].filter(isFilledText) }
}

/**
 * Lists the keys of the account, without secrets.
 * https://developers.cloudflare.com/api/resources/calls/subresources/turn/methods/list/
 * @throws CloudflareError
 */
export async function listKeys(account: Account): Promise<KeyList> {
  const operation = 'list the TURN keys'
  const answer = await request(account, {
    operation,
    method: 'GET',
    path: keysPath(account),
    repeatable: true,
  })
  const result = resultOf(answer)
  if (!Array.isArray(result)) throw unreadable(answer, operation, 'no list of keys came with it')
  const keys = result.flatMap((entry: unknown) => readKey(entry) ?? [])
  return { keys, serverTime: answer.serverTime, receivedAt: answer.receivedAt }
}

/**
 * Deletes a key. A repeated request that finds the key gone has deleted it.
 * https://developers.cloudflare.com/api/resources/calls/subresources/turn/methods/delete/
 * @throws CloudflareError
 */
export async function deleteKey(account: Account, uid: string): Promise<'deleted' | 'gone already'> {
  const operation = `delete the TURN key ${uid}`
  try {
    await request(account, {
      operation,
      method: 'DELETE',
      path: `${keysPath(account)}/${uid}`,
      repeatable: true,
    })
    return 'deleted'
  } catch (error) {
    if (!(error instanceof CloudflareError) || !error.codes.includes(KEY_NOT_FOUND)) throw error
    return error.tries > 1 ? 'deleted' : 'gone already'
  }
}

function keysPath({ accountId }: Account): string {
  return `/accounts/${accountId}/calls/turn_keys`
}

function readKey(value: unknown, requestedName = ''): TurnKey | undefined {
  if (!isRecord(value) || typeof value.uid !== 'string' || !isId(value.uid)) return undefined
  const { uid, name, created, modified } = value
  return {
    uid,
    name: typeof name === 'string' ? name : requestedName,
    created: typeof created === 'string' ? created : '',
    modified: typeof modified === 'string' ? modified : '',
  }
}

function isFilledText(value: unknown): value is string {
  return typeof value === 'string' && value !== ''
}
