import { isRecord } from '../cloudflare/answer.ts'
import { call, type GithubApi, isNotFound } from './api.ts'
import { GithubError } from './error.ts'

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

/** What secrets are sealed with; base64. */
export interface PublicKey {
  readonly id: string
  readonly base64: string
}

/** An environment that was found, and whose secrets and variables can be read. */
export interface FoundEnvironment {
  readonly pair: StoredPair
  readonly publicKey: PublicKey
}

/** The path of an environment below its repository. */
export const ENVIRONMENT = '/environments/{environment}'

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

async function exists(place: Place): Promise<boolean> {
  const { environment, owner, repo } = place
  const found = await orMissing(
    call(place, `read the environment "${environment}"`, `GET ${ENVIRONMENT}`, { environment }),
  )
  // GitHub says the same of an environment that is not there and of a repository that the token may not see.
  if (found === undefined) await call(place, `read the repository ${owner}/${repo}`, 'GET ')
  return found !== undefined
}

/** What was asked for, or undefined where it does not exist. Throws GithubError. */
export async function orMissing(answer: Promise<unknown>): Promise<unknown> {
  try {
    return await answer
  } catch (error) {
    if (isNotFound(error)) return undefined
    throw error
  }
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
