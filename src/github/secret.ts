import sodium from 'libsodium-wrappers'
import { isObject } from '../http/json.ts'
import { sleep } from '../http/time.ts'
import { isNotFound, undefinedOn404 } from './request.ts'
import { unexpectedResponseError } from './response.ts'
import {
  type KeyStoreClient,
  parseUpdatedAt,
  READ_AGAIN_AFTER_MS,
  requestStore,
  throwUnlessRepositoryAccessible,
} from './store.ts'

/** GitHub's public key, with which a secret is sealed: `key` is base64. */
export interface PublicKey {
  readonly keyId: string
  readonly key: string
}

/**
 * Reads the public key. Undefined when the repository has no such environment.
 * @throws RequestError, also when a token may not use a private repository's secrets: GitHub's 404 means nothing else.
 */
export async function findPublicKey(store: KeyStoreClient): Promise<PublicKey | undefined> {
  const operation = 'read the public key'
  const response = requestStore(store, operation, 'GET /secrets/public-key')
  const found = store.environment ? await undefinedOn404(response) : await response
  if (found === undefined) return throwUnlessRepositoryAccessible(store)
  const { key, key_id: keyId } = isObject(found.data) ? found.data : {}
  if (typeof key === 'string' && typeof keyId === 'string' && Buffer.from(key, 'base64').length === 32) {
    return { keyId, key }
  }
  throw unexpectedResponseError(`${operation} of ${store.label}`)
}

/** When a secret was last written, and when that was read: milliseconds since the epoch by GitHub's clock, or NaN. */
export interface SecretLastWrite {
  readonly writtenAt: number
  readonly readAt: number
}

/**
 * Reads when the secret was last written, which is all that can be read of it; undefined when there is none.
 * @throws RequestError
 */
export async function findSecretLastWrite(store: KeyStoreClient): Promise<SecretLastWrite | undefined> {
  const { keySecret: name } = store
  const found = await undefinedOn404(requestStore(store, `read the secret ${name}`, `GET /secrets/${name}`))
  return found && { writtenAt: parseUpdatedAt(found.data), readAt: found.serverTime }
}

/** A secret that was written: when at the latest, by GitHub's clock (milliseconds since the epoch, or NaN), and whether once more. */
export interface SecretWriteResult {
  readonly writtenAt: number
  /** An earlier attempt, of which nothing is known, may be carried out later. */
  readonly mayBeWrittenAgain: boolean
}

/**
 * Writes a TURN key's secret, sealed.
 * https://docs.github.com/rest/actions/secrets#create-or-update-an-environment-secret
 * @throws RequestError
 */
export async function writeSecret(
  store: KeyStoreClient,
  { keyId, key }: PublicKey,
  secret: string,
): Promise<SecretWriteResult> {
  const { keySecret: name } = store
  const body = { encrypted_value: await seal(secret, key), key_id: keyId }
  const { serverTime, attempts } = await requestStore(store, `write the secret ${name}`, `PUT /secrets/${name}`, body)
  return { writtenAt: serverTime, mayBeWrittenAgain: attempts > 1 }
}

/**
 * Removes the secret, which may be gone already.
 * @throws RequestError, also when a private repository's 404 only means that the token may not.
 */
export async function removeSecret(store: KeyStoreClient): Promise<void> {
  const { keySecret: name } = store
  try {
    await requestStore(store, `remove the secret ${name}`, `DELETE /secrets/${name}`)
  } catch (error) {
    if (!isNotFound(error)) throw error
    for (let look = 1; await findSecretLastWrite(store); look++) {
      if (look === MAX_LOOKS) throw error
      await sleep(READ_AGAIN_AFTER_MS, store.drain)
    }
  }
}

const MAX_LOOKS = 3

/** https://docs.github.com/rest/guides/encrypting-secrets-for-the-rest-api */
async function seal(secret: string, publicKey: string): Promise<string> {
  await sodium.ready
  const sealed = sodium.crypto_box_seal(Buffer.from(secret), Buffer.from(publicKey, 'base64'))
  return Buffer.from(sealed).toString('base64')
}
