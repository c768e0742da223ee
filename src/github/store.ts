import type { HttpClient } from '../http/retry.ts'
import { isNotFound, type Repository, requestRepository } from './request.ts'

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

/** A client of one store. */
export type KeyStoreClient = HttpClient & KeyStore

/** Sends a request below the store's own path, such as `PUT /secrets/X`, and returns the response's data. */
export async function requestStore(
  store: KeyStoreClient,
  operation: string,
  route: string,
  parameters: Readonly<Record<string, string>> = {},
): Promise<unknown> {
  const { environment, label, permissions } = store
  const base = environment ? '/environments/{environment}' : '/actions'
  const { data } = await requestRepository(store, {
    operation: `${operation} of ${label}`,
    route: route.replace(' ', ` ${base}`),
    parameters: { ...(environment && { environment }), ...parameters },
    permissions,
  })
  return data
}

/** GitHub responds alike for an environment that does not exist and a repository that the token cannot access. */
export async function checkRepository(store: KeyStoreClient): Promise<undefined> {
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
