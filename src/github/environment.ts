import { isRecord } from '../cloudflare/answer.ts'
import { call, type GithubApi, isNotFound } from './api.ts'
import { GithubError } from './error.ts'
import { seal } from './sealed-box.ts'

/** An environment of a repository, and the names of the variable and the secret that hold its key. */
export interface Place extends GithubApi {
  readonly environment: string
  readonly uidVariable: string
  readonly keySecret: string
}

/** What an environment holds. Times are milliseconds since the epoch; undefined where there is no such thing. */
export interface StoredPair {
  readonly uid: string | undefined
  readonly uidWritten: number | undefined
  readonly keyWritten: number | undefined
}

interface PublicKey {
  readonly id: string
  readonly base64: string
}

/** An environment that was found, and whose secrets and variables can be read. */
export interface FoundEnvironment {
  readonly pair: StoredPair
  readonly publicKey: PublicKey
}

const ENVIRONMENT = '/environments/{environment}'

/**
 * Reads everything that can be checked before a key is made: the environment, its public key, variable and secret.
 * Undefined when the repository has no such environment.
 * https://docs.github.com/rest/deployments/environments, /rest/actions/secrets and /rest/actions/variables
 * @throws GithubError
 */
export async function findEnvironment(place: Place): Promise<FoundEnvironment | undefined> {
  const { environment, uidVariable, keySecret } = place
  if (!(await exists(place))) return undefined
  const read = (what: string, path: string, parameters: Record<string, string>) =>
    call(place, `read ${what} of the environment "${environment}"`, `GET ${ENVIRONMENT}${path}`, {
      environment,
      ...parameters,
    })
  const [publicKey, variable, secret] = await Promise.all([
    read('the public key', '/secrets/public-key', {}),
    orMissing(read(`the variable ${uidVariable}`, '/variables/{name}', { name: uidVariable })),
    orMissing(read(`the secret ${keySecret}`, '/secrets/{name}', { name: keySecret })),
  ])
  const uid = isRecord(variable) && typeof variable.value === 'string' ? variable.value : undefined
  const pair = { uid, uidWritten: writtenAt(variable), keyWritten: writtenAt(secret) }
  return { pair, publicKey: readPublicKey(publicKey, environment) }
}

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

async function exists(place: Place): Promise<boolean> {
  const { environment, owner, repo } = place
  const found = await orMissing(
    call(place, `read the environment "${environment}"`, `GET ${ENVIRONMENT}`, { environment }),
  )
  // GitHub says the same of an environment that is not there and of a repository that the token may not see.
  if (found === undefined) await call(place, `read the repository ${owner}/${repo}`, 'GET ')
  return found !== undefined
}

async function orMissing(answer: Promise<unknown>): Promise<unknown> {
  try {
    return await answer
  } catch (error) {
    if (isNotFound(error)) return undefined
    throw error
  }
}

function otherwise(applies: boolean, error: unknown, then: () => Promise<unknown>): Promise<unknown> {
  if (applies) return then()
  throw error
}

function mayExist(error: unknown): boolean {
  return error instanceof GithubError && (error.fate === 'unknown' || error.status === 409)
}

function writtenAt(entry: unknown): number | undefined {
  if (!isRecord(entry)) return undefined
  const time = typeof entry.updated_at === 'string' ? Date.parse(entry.updated_at) : Number.NaN
  return Number.isNaN(time) ? undefined : time
}

function readPublicKey(answer: unknown, environment: string): PublicKey {
  if (isRecord(answer) && typeof answer.key === 'string' && typeof answer.key_id === 'string') {
    return { id: answer.key_id, base64: answer.key }
  }
  const operation = `read the public key of the environment "${environment}"`
  throw new GithubError({ operation, fate: 'unknown', what: 'GitHub answered without one' })
}
