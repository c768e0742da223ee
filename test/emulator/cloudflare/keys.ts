import { type EmulatedResponse, isObject, parsed } from '../emulated-response.ts'
import { type ApiError, failure, keyNotFound, success } from './envelope.ts'
import type { KeyStore, StoredKey } from './key-store.ts'

/** What an account may hold. */
export const MOST_KEYS = 1000

/** The member of create's result that holds the secret: `key` in the docs and SDKs, `secret` on the live API. */
export type SecretField = 'secret' | 'key' | 'both'

// The facts give no code for these three; the codes are in the style of the neighbouring ones, and a client goes by
// the status and prints the words.
const MALFORMED_JSON: ApiError = { code: 6007, message: 'Malformed JSON in request body' }
const BAD_NAME: ApiError = { code: 20001, message: 'name must be a string', source: { pointer: '/name' } }
const TOO_MANY: ApiError = { code: 20009, message: `Maximum of ${MOST_KEYS} TURN keys reached` }

/** The five calls on the keys of one account; authorization is settled before. */
export class Keys {
  readonly #store: KeyStore
  readonly #secretField: SecretField
  readonly #removed: (uid: string) => void

  constructor(store: KeyStore, secretField: SecretField, removed: (uid: string) => void) {
    this.#store = store
    this.#secretField = secretField
    this.#removed = removed
  }

  create(account: string, body: string): EmulatedResponse {
    const name = nameIn(body)
    if (typeof name === 'object') return failure(400, [name])
    if (this.#store.all(account).length >= MOST_KEYS) return failure(403, [TOO_MANY])
    const key = this.#store.create(account, name ?? '')
    return success(201, { ...visible(key), ...this.#secret(key) })
  }

  /** One page, in an order nobody may rely on. */
  list(account: string): EmulatedResponse {
    const keys = this.#store.all(account).sort((a, b) => a.uid.localeCompare(b.uid))
    return success(200, keys.map(visible))
  }

  get(account: string, uid: string): EmulatedResponse {
    const key = this.#store.get(uid, account)
    return key ? success(200, visible(key)) : keyNotFound()
  }

  update(account: string, uid: string, body: string): EmulatedResponse {
    const name = nameIn(body)
    if (typeof name === 'object') return failure(400, [name])
    const key = this.#store.get(uid, account)
    return key ? success(200, visible(this.#store.rename(key, name ?? key.name))) : keyNotFound()
  }

  delete(account: string, uid: string): EmulatedResponse {
    const key = this.#store.get(uid, account)
    if (!key) return keyNotFound()
    this.#removed(uid)
    return success(200, visible(key))
  }

  #secret({ secret }: StoredKey): Record<string, string> {
    if (this.#secretField === 'both') return { secret, key: secret }
    return { [this.#secretField]: secret }
  }
}

function visible({ uid, name, created, modified }: StoredKey): Record<string, string> {
  return { uid, name, created, modified }
}

/** The name in a body, undefined when it has none, or what is wrong with the body. */
function nameIn(body: string): string | undefined | ApiError {
  const content = parsed(body)
  if (!isObject(content)) return MALFORMED_JSON
  const { name } = content
  return name === undefined || typeof name === 'string' ? name : BAD_NAME
}
