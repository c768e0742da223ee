import { isObject } from '../http/json.ts'
import { isNotFound, type RepositoryClient, requestRepo, undefinedOn404, unexpectedResponseError } from './request.ts'

/** A client of one place that stores a key: an environment, or the repository itself. */
export interface KeyStoreClient extends RepositoryClient {
  /** Empty for the repository's own variable and secret. */
  readonly environment: string
  /** Its words in messages: `the environment "staging"`. */
  readonly label: string
  readonly uidVariable: string
  readonly keySecret: string
}

/** GitHub's public key, with which a secret is sealed: `key` is base64. */
export interface PublicKey {
  readonly keyId: string
  readonly key: string
}

/** What is stored. */
export interface StoredKey {
  /** What the variable holds, in lower case; undefined when there is none. */
  readonly uid: string | undefined
  readonly hasSecret: boolean
  /** Both are there, and the variable, which is written last, is not older than the secret. */
  readonly isConsistent: boolean
}

/** Sends a request below the store's own path, such as `PUT /secrets/X`, and returns the response's data. */
export async function requestStore(
  store: KeyStoreClient,
  operation: string,
  route: string,
  parameters: Readonly<Record<string, string>> = {},
): Promise<unknown> {
  const { environment, label } = store
  const base = environment ? '/environments/{environment}' : '/actions'
  const all = { ...(environment && { environment }), ...parameters }
  return (await requestRepo(store, `${operation} of ${label}`, route.replace(' ', ` ${base}`), all)).data
}

/**
 * Reads the public key. Undefined when the repository has no such environment.
 * @throws RequestError, also when a token may not use a private repository's secrets: GitHub's 404 means nothing else.
 */
export async function findPublicKey(store: KeyStoreClient): Promise<PublicKey | undefined> {
  const operation = 'read the public key'
  const response = requestStore(store, operation, 'GET /secrets/public-key')
  const data = store.environment ? await undefinedOn404(response) : await response
  if (data === undefined) return checkRepository(store)
  const { key, key_id: keyId } = isObject(data) ? data : {}
  if (typeof key === 'string' && typeof keyId === 'string' && Buffer.from(key, 'base64').length === 32) {
    return { keyId, key }
  }
  throw unexpectedResponseError(`${operation} of ${store.label}`)
}

/**
 * Reads the variable, and whether the secret, which nobody can read, goes with it.
 * https://docs.github.com/rest/actions/secrets
 * @throws RequestError
 */
export async function readStoredKey(store: KeyStoreClient): Promise<StoredKey> {
  const { uid, updatedAt } = await readVariable(store)
  if (uid === undefined && !store.environment) await checkVariables(store)
  const { keySecret } = store
  const secret = await undefinedOn404(requestStore(store, `read the secret ${keySecret}`, `GET /secrets/${keySecret}`))
  return { uid, hasSecret: secret !== undefined, isConsistent: updatedAt >= parseUpdatedAt(secret) }
}

/**
 * Reads the variable: the uid in lower case, undefined when there is none, and when it was written.
 * https://docs.github.com/rest/actions/variables
 * @throws RequestError
 */
export async function readVariable(store: KeyStoreClient): Promise<{ uid: string | undefined; updatedAt: number }> {
  const operation = `read the variable ${store.uidVariable}`
  const variable = await undefinedOn404(requestStore(store, operation, `GET /variables/${store.uidVariable}`))
  const { value } = isObject(variable) ? variable : {}
  if (variable !== undefined && typeof value !== 'string')
    throw unexpectedResponseError(`${operation} of ${store.label}`)
  const uid = typeof value === 'string' ? value.trim().toLowerCase() : undefined
  return { uid, updatedAt: parseUpdatedAt(variable) }
}

/** GitHub responds alike for an environment that does not exist and a repository that the token cannot access. */
async function checkRepository(store: KeyStoreClient): Promise<undefined> {
  const { owner, repo } = store
  try {
    await requestRepo(store, `read the repository ${owner}/${repo}`, 'GET ')
  } catch (error) {
    if (!isNotFound(error)) throw error
    throw error.withHint(
      `Either \`github-token\` cannot access the repository, or lacks the permission ${store.permissions}.`,
    )
  }
}

/**
 * A private repository's variable is a 404 for a token that may not read it, and so is the list of variables, which
 * otherwise exists. (An environment's public key, which the same permission allows, was read before.)
 */
async function checkVariables(store: KeyStoreClient): Promise<void> {
  await requestStore(store, 'list the variables', 'GET /variables')
}

/** Milliseconds since the epoch, or NaN, which is neither more nor less than anything. */
const parseUpdatedAt = (data: unknown): number => (isObject(data) ? Date.parse(String(data.updated_at)) : Number.NaN)
