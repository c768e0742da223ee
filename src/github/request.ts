import type { HttpClient } from '../http/client.ts'
import { RequestError } from '../http/error.ts'
import { sendAndReadWithRetry } from '../http/retry.ts'
import type { NeededPermissions } from './hints.ts'
import { importOctokitWithoutEventPath } from './import-octokit.ts'
import { parseSuccessOrThrow, type RepositorySuccess, requestId } from './response.ts'

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
export interface RepositoryRequest extends NeededPermissions {
  /** To follow "Could not": `write the secret X of the environment "staging"`. */
  readonly operation: string
  /** `PUT /environments/{environment}/secrets/X` */
  readonly route: string
  readonly parameters?: Readonly<Record<string, string>>
  /** Whether it may be sent again once it may have been carried out: without this, unless it is a POST. */
  readonly retryable?: boolean | undefined
}

/**
 * Sends a request, with retries, and says whether a list goes on.
 * @throws RequestError, or the reason of `client.drain`
 */
export async function requestRepository(
  client: RepositoryClient,
  { operation, route, parameters, retryable, ...needed }: RepositoryRequest,
): Promise<RepositorySuccess> {
  const { baseUrl, token, owner, repo } = client
  const [method, path] = route.split(' ')
  const { endpoint } = (await importOctokitWithoutEventPath()).getOctokit(token, { baseUrl }).request
  const { url, body, ...rest } = endpoint(`${method} /repos/{owner}/{repo}${path}`, {
    headers: { authorization: `Bearer ${token}` },
    owner,
    repo,
    ...parameters,
  })
  const headers = Object.fromEntries(Object.entries(rest.headers).map(([name, value]) => [name, String(value)]))
  return sendAndReadWithRetry(
    client,
    { operation, method: rest.method, url: new URL(url), headers, body: body ? JSON.stringify(body) : null, retryable },
    { requestId, quotaResetSeconds: () => 0, parse: response => parseSuccessOrThrow(response, needed) },
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
