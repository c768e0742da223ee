import sodium from 'libsodium-wrappers'
import { RequestError } from '../http/error.ts'
import { type KeyStoreClient, type PublicKey, requestStore } from './key-store.ts'
import { isNotFound, undefinedOn404 } from './request.ts'

const MAX_ATTEMPTS = 3

/**
 * Writes a TURN key's secret, sealed.
 * https://docs.github.com/rest/actions/secrets#create-or-update-an-environment-secret
 * @throws RequestError
 */
export async function writeSecret(store: KeyStoreClient, { keyId, key }: PublicKey, secret: string): Promise<void> {
  const { keySecret } = store
  await requestStore(store, `write the secret ${keySecret}`, `PUT /secrets/${keySecret}`, {
    encrypted_value: await seal(secret, key),
    key_id: keyId,
  })
}

/**
 * Writes a TURN key's uid: PATCH, then POST where the variable does not exist. A POST that may have been carried out, or
 * that finds the variable there (409), is followed by a PATCH, which does no harm.
 * https://docs.github.com/rest/actions/variables#update-an-environment-variable
 * @throws RequestError
 */
export async function writeUid(store: KeyStoreClient, uid: string): Promise<void> {
  const { uidVariable: name } = store
  const operation = `write the variable ${name}`
  for (let attempt = 1; ; attempt++) {
    try {
      await requestStore(store, operation, `PATCH /variables/${name}`, { name, value: uid })
      return
    } catch (error) {
      if (attempt === MAX_ATTEMPTS || !isNotFound(error)) throw error
    }
    try {
      await requestStore(store, operation, 'POST /variables', { name, value: uid })
      return
    } catch (error) {
      if (!mayExist(error)) throw error
    }
  }
}

/** Removes the variable, which may be gone already. @throws RequestError */
export async function removeUid(store: KeyStoreClient): Promise<void> {
  const { uidVariable: name } = store
  await undefinedOn404(requestStore(store, `remove the variable ${name}`, `DELETE /variables/${name}`))
}

/** Removes the secret, which may be gone already. @throws RequestError */
export async function removeSecret(store: KeyStoreClient): Promise<void> {
  const { keySecret: name } = store
  await undefinedOn404(requestStore(store, `remove the secret ${name}`, `DELETE /secrets/${name}`))
}

const mayExist = (error: unknown): boolean =>
  error instanceof RequestError && (error.kind === 'outcome-unknown' || error.status === 409)

/** https://docs.github.com/rest/guides/encrypting-secrets-for-the-rest-api */
async function seal(secret: string, publicKey: string): Promise<string> {
  await sodium.ready
  const sealed = sodium.crypto_box_seal(Buffer.from(secret), Buffer.from(publicKey, 'base64'))
  return Buffer.from(sealed).toString('base64')
}
