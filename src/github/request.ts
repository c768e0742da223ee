import { getOctokit } from '@actions/github'
import { RequestError } from '../http/error.ts'
import { type HttpClient, sendWithRetry } from '../http/retry.ts'
import type { HttpRequest } from '../http/send-once.ts'
import { parseOrThrow, requestId } from './response.ts'

/** GitHub's REST API for one repository. `baseUrl` has no slash at its end. */
export interface Repository {
  readonly baseUrl: string
  readonly token: string
  readonly owner: string
  readonly repo: string
}

/** A client of GitHub's REST API for one repository. */
export type RepositoryClient = HttpClient & Repository

/** One request below `/repos/{owner}/{repo}`. Octokit fills and encodes the path. */
export interface RepositoryRequest {
  /** To follow "Could not": `write the secret X of the environment "staging"`. */
  readonly operation: string
  /** `PUT /environments/{environment}/secrets/X` */
  readonly route: string
  readonly parameters?: Readonly<Record<string, string>>
  /** The permissions that the token needs, for hints: `Environments: write`. */
  readonly permissions: string
}

/**
 * Sends a request, with retries, and says whether a list goes on.
 * @throws RequestError, or the reason of `client.drain`
 */
export async function requestRepository(
  client: RepositoryClient,
  { operation, route, parameters, permissions }: RepositoryRequest,
): Promise<{ data: unknown; hasNext: boolean }> {
  const { baseUrl, token, owner, repo, debug } = client
  const octokit = getOctokit(token, {
    baseUrl,
    log: { debug, info: debug, warn: debug, error: debug },
    request: { fetch: createRetryingFetch(client, operation, permissions) },
  })
  const [method, path] = route.split(' ')
  try {
    const response = await octokit.request(`${method} /repos/{owner}/{repo}${path}`, { owner, repo, ...parameters })
    return { data: response.data, hasNext: /rel="?next/.test(response.headers.link ?? '') }
  } catch (error) {
    // Octokit wraps what our fetch throws.
    throw error instanceof Error ? (error.cause ?? error) : error
  }
}

/** The part of fetch that octokit asks for. */
type Fetch = (url: string, init: FetchInit) => Promise<Response>
type FetchInit = Pick<HttpRequest, 'method' | 'headers'> & { body?: string }

/** A fetch that goes through the proxy, within a time limit, follows no redirect, and retries all but a POST. */
function createRetryingFetch(client: HttpClient, operation: string, permissions: string): Fetch {
  return (url, { method, headers, body = null }) =>
    sendWithRetry(
      client,
      { operation, method, url: new URL(url), headers, body },
      { requestId, quotaResetSeconds: () => 0, parse: response => parseOrThrow(response, permissions) },
    )
}

/** Whether GitHub said that something does not exist, or that the token cannot access it. */
export const isNotFound = (error: unknown): error is RequestError =>
  error instanceof RequestError && error.status === 404

/** What was requested, or undefined where it does not exist. @throws RequestError */
export async function undefinedOn404<T>(response: Promise<T>): Promise<T | undefined> {
  try {
    return await response
  } catch (error) {
    if (isNotFound(error)) return undefined
    throw error
  }
}
