import { getOctokit } from '@actions/github'
import type { Line } from '../http/retry.ts'
import { GithubError } from './error.ts'
import { persistentFetch } from './fetch.ts'

/** GitHub's REST API for one repository. `apiUrl` has no slash at its end. */
export interface GithubApi extends Line {
  readonly apiUrl: string
  readonly token: string
  readonly owner: string
  readonly repo: string
}

/**
 * Makes a call below `/repos/{owner}/{repo}` and returns the answer's data. Octokit fills and encodes the path.
 * @param operation to follow "Could not": `write the secret X of the environment "staging"`
 * @throws GithubError, or the reason of `lifeline.stop`
 */
export async function call(
  api: GithubApi,
  operation: string,
  route: string,
  parameters: Readonly<Record<string, string>> = {},
): Promise<unknown> {
  const { apiUrl, token, owner, repo, debug } = api
  const log = { debug, info: debug, warn: debug, error: debug }
  const octokit = getOctokit(token, {
    baseUrl: apiUrl,
    log,
    request: { fetch: persistentFetch(api, operation) },
  })
  const [method, path] = route.split(' ')
  try {
    const { data }: { data: unknown } = await octokit.request(`${method} /repos/{owner}/{repo}${path}`, {
      owner,
      repo,
      ...parameters,
    })
    return data
  } catch (error) {
    // Octokit wraps what our fetch throws.
    throw error instanceof Error ? (error.cause ?? error) : error
  }
}

/** Whether GitHub said that something does not exist, or that the token may not see it. */
export function isNotFound(error: unknown): error is GithubError {
  return error instanceof GithubError && error.status === 404
}
