import { isObject } from '../http/json.ts'
import { isHexId } from './id.ts'
import type { KeySnapshot, ListedTurnKey, NewTurnKey } from './keys.ts'
import { type ApiResponse, unexpectedResponseError } from './response.ts'

/** Reads a key that was created under a name. @throws RequestError when it has no uid. */
export function parseNewKeyOrThrow(response: ApiResponse, name: string): NewTurnKey {
  const result = response.json?.result
  const key = parseKey(result, name)
  if (!key || !isObject(result)) throw unexpectedResponseError(response, 'the response has no readable uid')
  return { ...key, secrets: [result.secret, result.key].filter(isFilledText) }
}

/** Reads a list of keys. @throws RequestError when it is none, or not the whole of it. */
export function parseKeySnapshotOrThrow(response: ApiResponse): KeySnapshot {
  const { json, serverTime, receivedAt } = response
  const result = json?.success === true ? (json.result ?? []) : json?.result
  if (!Array.isArray(result)) throw unexpectedResponseError(response, 'the response has no list of keys')
  const { total_count, total_pages, cursor } = isObject(json?.result_info) ? json.result_info : {}
  if (Number(total_count) > result.length || Number(total_pages) > 1 || cursor) {
    throw unexpectedResponseError(
      response,
      'the response lists only some of the keys, and how to read the rest is not known',
    )
  }
  return { keys: result.flatMap((entry: unknown) => parseKey(entry) ?? []), serverTime, receivedAt }
}

function parseKey(value: unknown, requestedName = ''): ListedTurnKey | undefined {
  if (!isObject(value) || typeof value.uid !== 'string' || !isHexId(value.uid)) return undefined
  const { uid, name, created, modified } = value
  return {
    uid: uid.toLowerCase(),
    name: typeof name === 'string' ? name : requestedName,
    created: typeof created === 'string' ? created : '',
    modified: typeof modified === 'string' ? modified : '',
  }
}

const isFilledText = (value: unknown): value is string => typeof value === 'string' && value !== ''
