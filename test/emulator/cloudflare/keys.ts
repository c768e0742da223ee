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

/** How keys are stored and shown; see the emulator's options. */
export interface KeysOptions {
  readonly secretField: SecretField
  readonly storedName: (name: string) => string
  readonly emptyList: 'array' | 'null'
}

/** The five calls on the keys of one account; authorization is settled before. */
export class Keys {
  readonly #store: KeyStore
  readonly #options: KeysOptions
  readonly #removed: (uid: string) => void

  constructor(store: KeyStore, options: KeysOptions, removed: (uid: string) => void) {
    this.#store = store
    this.#options = options
    this.#removed = removed
  }

  create(account: string, body: string): EmulatedResponse {
    const name = nameIn(body)
    if (typeof name === 'object') return failure(400, [name])
    if (this.#store.all(account).length >= MOST_KEYS) return failure(403, [TOO_MANY])
    const key = this.#store.create(account, this.#options.storedName(name ?? ''))
    return success(201, { ...visible(key), ...this.#secret(key) })
  }

  /** One page, in an order nobody may rely on. */
  list(account: string): EmulatedResponse {
    const keys = this.#store.all(account).sort((a, b) => a.uid.localeCompare(b.uid))
    const isNull = keys.length === 0 && this.#options.emptyList === 'null'
    return success(200, isNull ? null : keys.map(visible))
  }

  get(account: string, uid: string): EmulatedResponse {
    const key = this.#store.get(uid, account)
    return key ? success(200, visible(key)) : keyNotFound()
  }

  update(account: string, uid: string, body: string): EmulatedResponse {
    const name = nameIn(body)
    if (typeof name === 'object') return failure(400, [name])
    const key = this.#store.get(uid, account)
    if (!key) return keyNotFound()
    const renamed = name === undefined ? key.name : this.#options.storedName(name)
    return success(200, visible(this.#store.rename(key, renamed)))
  }

  delete(account: string, uid: string): EmulatedResponse {
    const key = this.#store.get(uid, account)
    if (!key) return keyNotFound()
    this.#removed(uid)
    return success(200, visible(key))
  }

  #secret({ secret }: StoredKey): Record<string, string> {
    const { secretField } = this.#options
    return secretField === 'both' ? { secret, key: secret } : { [secretField]: secret }
  }
}

function visible({ uid, name, created, modified }: StoredKey): Record<string, string> {
  return { uid, name, ...(created && { created }), ...(modified && { modified }) }
}

/** The name in a body, undefined when it has none, or what is wrong with the body. */
function nameIn(body: string): string | undefined | ApiError {
  const content = parsed(body)
  if (!isObject(content)) return MALFORMED_JSON
  const { name } = content
  return name === undefined || typeof name === 'string' ? name : BAD_NAME
}
