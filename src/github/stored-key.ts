import type { PublicKey } from './answer.ts'
import { ENVIRONMENT, orMissing, type Place, type StoredPair } from './environment.ts'
import { GithubError } from './error.ts'
import { call, isNotFound } from './request.ts'
import { seal } from './sealed-box.ts'

// So that one import() loads all of this folder.
export { findEnvironment } from './environment.ts'

const TRIES = 3

/** Whether a stored pair belongs together: both are there, and the uid, which is written last, is not the older one. */
export function isHealthy({ uid, uidWritten, keyWritten }: StoredPair): boolean {
  return uid !== undefined && uidWritten !== undefined && keyWritten !== undefined && uidWritten >= keyWritten
}

/**
 * Writes the key's secret, sealed.
 * https://docs.github.com/rest/actions/secrets#create-or-update-an-environment-secret
 * @throws GithubError
 */
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

/**
 * Writes the key's uid: PATCH where the variable exists, POST where it does not. A POST without an answer may have made
 * it, and is followed by a PATCH, which does no harm.
 * https://docs.github.com/rest/actions/variables#update-an-environment-variable
 * @throws GithubError
 */
export async function writeUid(place: Place, { uid: before }: StoredPair, uid: string): Promise<void> {
  const { environment, uidVariable: name } = place
  const operation = `write the variable ${name} of the environment "${environment}"`
  let exists = before !== undefined
  for (let tries = 1; ; tries++) {
    try {
      const route = exists ? `PATCH ${ENVIRONMENT}/variables/${name}` : `POST ${ENVIRONMENT}/variables`
      await call(place, operation, route, { environment, name, value: uid })
      return
    } catch (error) {
      if (tries === TRIES || !(exists ? isNotFound(error) : mayExist(error))) throw error
      exists = !exists
    }
  }
}

/**
 * Removes the variable and the secret, each of which may be gone already.
 * https://docs.github.com/rest/actions/secrets#delete-an-environment-secret and its like for variables
 * @throws Error with what is left, and why
 */
export async function removePair(place: Place): Promise<void> {
  const { environment, uidVariable, keySecret } = place
  const problems: string[] = []
  const remove = async (what: string, path: string) => {
    const operation = `remove ${what} of the environment "${environment}"`
    try {
      await orMissing(call(place, operation, `DELETE ${ENVIRONMENT}${path}`, { environment }))
    } catch (error) {
      if (!(error instanceof Error)) throw error
      problems.push(error instanceof GithubError ? error.message : `Could not ${operation}: ${error.message}`)
    }
  }
  await remove(`the variable ${uidVariable}`, `/variables/${uidVariable}`)
  await remove(`the secret ${keySecret}`, `/secrets/${keySecret}`)
  if (problems.length > 0) throw new Error(problems.join(' '))
}

function mayExist(error: unknown): boolean {
  return error instanceof GithubError && (error.fate === 'unknown' || error.status === 409)
}
