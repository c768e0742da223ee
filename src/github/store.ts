import type { HttpClient } from '../http/client.ts'
import { isObject } from '../http/json.ts'
import { isNotFound, type Repository, requestRepository } from './request.ts'
import { type RepositorySuccess, unexpectedResponseError } from './response.ts'

/** Where on GitHub a pair is stored, a variable with a key's uid and a secret with its secret, and with which token. */
export interface KeyStore extends Repository {
  /** Empty for the repository's own variable and secret. */
  readonly environment: string
  /** Its words in messages: `the environment "staging"`. */
  readonly label: string
  /** The permissions that the token needs, for hints: `Environments: write`. */
  readonly permissions: string
  readonly uidVariable: string
  readonly keySecret: string
}

/** Reads may lag behind writes: milliseconds until what is found wrong is read again. */
export const READ_AGAIN_AFTER_MS = 1000

/** A client of one store. */
export type KeyStoreClient = HttpClient & KeyStore

/** Sends a request below the store's own path, such as `PUT /secrets/X`. @throws RequestError */
export function requestStore(
  store: KeyStoreClient,
  operation: string,
  route: string,
  parameters: Readonly<Record<string, string>> = {},
  retryable?: boolean,
): Promise<RepositorySuccess> {
  const { environment, label, permissions } = store
  const base = environment ? '/environments/{environment}' : '/actions'
  return requestRepository(store, {
    operation: `${operation} of ${label}`,
    route: route.replace(' ', ` ${base}`),
    parameters: { ...(environment && { environment }), ...parameters },
    retryable,
    permissions,
  })
}

/** When GitHub says that something was written: milliseconds since the epoch, or NaN, which is neither more nor less than anything. */
export const parseUpdatedAt = (data: unknown): number =>
  isObject(data) ? Date.parse(String(data.updated_at)) : Number.NaN

/** GitHub responds alike for an environment that does not exist and a repository that the token cannot access. */
export async function throwUnlessRepositoryAccessible(store: KeyStoreClient): Promise<undefined> {
  const { owner, repo, permissions } = store
  try {
    const operation = `read the repository ${owner}/${repo}`
    await requestRepository(store, { operation, route: 'GET ', permissions })
  } catch (error) {
    if (!isNotFound(error)) throw error
    throw error.withHint(
      `Either \`github-token\` cannot access the repository, or lacks the permission ${permissions}.`,
    )
  }
}

/**
 * Whether the environment is on GitHub's list of them; only a whole list without it proves that it does not exist. GitHub
 * tells no case apart.
 * https://docs.github.com/rest/deployments/environments#list-environments
 * @throws RequestError
 */
export async function isEnvironmentListed(store: KeyStoreClient): Promise<boolean> {
  const { owner, repo, environment } = store
  const operation = `list the environments of ${owner}/${repo}`
  for (let page = 1; ; page++) {
    const { data, hasNext } = await requestRepository(store, {
      operation,
      route: 'GET /environments',
      parameters: { per_page: '100', page: String(page) },
      permissions: 'Actions: read',
    })
    const listed = isObject(data) && Array.isArray(data.environments) ? data.environments : undefined
    if (!listed) throw unexpectedResponseError(operation)
    const names = listed.map(one => (isObject(one) ? String(one.name).toLowerCase() : ''))
    if (names.includes(environment.toLowerCase())) return true
    if (!hasNext) return false
  }
}
