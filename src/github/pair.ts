import { call, isNotFound } from './api.ts'
import { ENVIRONMENT, orMissing, type Place, type PublicKey, type StoredPair } from './environment.ts'
import { GithubError } from './error.ts'
import { seal } from './sealed-box.ts'

export { findEnvironment } from './environment.ts'

/**
 * Whether a stored pair belongs together: the variable names one of the keys that exist, there is a secret, and the
 * variable, which is written last, is not older than it.
 */
export function isHealthy({ uid, uidWritten, keyWritten }: StoredPair, uids: readonly string[]): boolean {
  if (uid === undefined || uidWritten === undefined || keyWritten === undefined) return false
  return uids.includes(uid) && uidWritten >= keyWritten
}

/** Writes the key's secret. @throws GithubError */
export async function writeSecret(place: Place, { id, base64 }: PublicKey, secret: string): Promise<void> {
  const { environment, keySecret } = place
  await call(
    place,
    `write the secret ${keySecret} of the environment "${environment}"`,
    `PUT ${ENVIRONMENT}/secrets/{name}`,
    {
      environment,
      name: keySecret,
      encrypted_value: await seal(secret, base64),
      key_id: id,
    },
  )
}

/** Writes the key's uid: PATCH where the variable exists, POST where it does not. @throws GithubError */
export async function writeUid(place: Place, { uid: before }: StoredPair, uid: string): Promise<void> {
  const { environment, uidVariable: name } = place
  const operation = `write the variable ${name} of the environment "${environment}"`
  const update = () =>
    call(place, operation, `PATCH ${ENVIRONMENT}/variables/{variable}`, {
      environment,
      variable: name,
      name,
      value: uid,
    })
  const create = () =>
    call(place, operation, `POST ${ENVIRONMENT}/variables`, { environment, name, value: uid })
  if (before !== undefined) await update().catch(error => otherwise(isNotFound(error), error, create))
  // A POST without an answer may have made the variable: writing over it does no harm.
  else await create().catch(error => otherwise(mayExist(error), error, update))
}

/** Removes the variable and the secret, each of which may be gone already. @throws GithubError */
export async function removePair(place: Place): Promise<void> {
  const { environment, uidVariable, keySecret } = place
  const remove = (what: string, path: string, name: string) =>
    orMissing(
      call(
        place,
        `remove ${what} ${name} of the environment "${environment}"`,
        `DELETE ${ENVIRONMENT}${path}`,
        { environment, name },
      ),
    )
  await remove('the variable', '/variables/{name}', uidVariable)
  await remove('the secret', '/secrets/{name}', keySecret)
}

function otherwise(applies: boolean, error: unknown, then: () => Promise<unknown>): Promise<unknown> {
  if (applies) return then()
  throw error
}

function mayExist(error: unknown): boolean {
  return error instanceof GithubError && (error.fate === 'unknown' || error.status === 409)
}
