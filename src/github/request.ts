import { getOctokit } from '@actions/github'
import { RequestError } from '../http/error.ts'
import type { HttpClient } from '../http/retry.ts'
import { createRetryingFetch } from './fetch.ts'

/** A client of GitHub's REST API for one repository. `baseUrl` has no slash at its end. */
export interface RepositoryClient extends HttpClient {
  readonly baseUrl: string
  readonly token: string
  readonly owner: string
  readonly repo: string
  /** The repository permissions that the token needs, for hints: `Environments: write`. */
  readonly permissions: string
}

/**
 * Sends a request below `/repos/{owner}/{repo}`, and says whether a list goes on. Octokit fills and encodes the path.
 * @param operation to follow "Could not": `write the secret X of the environment "staging"`
 * @throws RequestError, or the reason of `client.drain`
 */
export async function requestRepo(
  client: RepositoryClient,
  operation: string,
  route: string,
  parameters: Readonly<Record<string, string>> = {},
): Promise<{ data: unknown; hasNext: boolean }> {
  const { baseUrl, token, owner, repo, permissions, debug } = client
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

/** The error for a response without what was asked for. */
export function unexpectedResponseError(operation: string): RequestError {
  return new RequestError({
    operation,
    kind: 'outcome-unknown',
    reason: "GitHub's response did not include the expected value",
    hint: 'Check `GITHUB_API_URL`, and run this again.',
  })
}
