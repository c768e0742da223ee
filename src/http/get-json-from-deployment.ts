import type { HttpClient } from './client.ts'
import { RequestError } from './error.ts'
import { parseJson } from './json.ts'
import { NoResponseError, toRequestError } from './no-response.ts'
import { isPage, isRedirect } from './page.ts'
import { retryAfterSeconds } from './rate-limit.ts'
import type { HttpRequest, HttpResponse } from './send-once.ts'
import { monotonicEpochMs, sleep } from './time.ts'

/** How long a deployment may take to respond. */
const DEPLOYMENT_MS = 60_000
const INITIAL_PAUSE_MS = 500
const MAX_PAUSE_MS = 5000

/** What is requested: a URL, and the value of the header `Authorization` where there is one. */
export interface AuthorizedUrl {
  readonly url: URL
  readonly authorization: string | undefined
}

/**
 * Sends a GET to a server that may have been deployed a moment ago, and returns the JSON that it responds with. For up to 60
 * seconds it is retried on 404, 5xx, a response that is no JSON, and none at all; redirects are not followed.
 * @throws RequestError
 * @throws the reason of `client.drain`
 */
export async function getJsonFromDeployment(client: HttpClient & AuthorizedUrl, operation: string): Promise<unknown> {
  const authorization = client.authorization && { authorization: client.authorization }
  const headers = { accept: 'application/json', ...authorization }
  const request = { operation, method: 'GET', url: client.url, headers, body: null } as const
  const { rateLimitWaiter, drain, info } = client
  const [{ sendOnce }, dispatcher] = await Promise.all([import('./dispatcher.ts'), client.dispatcher()])
  const send = () => sendOnce(dispatcher, request, client.signal)
  const deadline = monotonicEpochMs() + DEPLOYMENT_MS
  for (let pause = INITIAL_PAUSE_MS; ; pause = Math.min(pause * 2, MAX_PAUSE_MS)) {
    const result = await attempt(client, send, request)
    if (!(result instanceof RequestError)) return result.json
    if (result.kind === 'throttled') {
      rateLimitWaiter.throttle(result.retryAfter)
      await rateLimitWaiter.acquire(drain, result)
      continue
    }
    if (result.kind === 'rejected' || monotonicEpochMs() + pause > deadline) throw result
    if (pause === INITIAL_PAUSE_MS) info(`${result.message} Retrying for up to 60 seconds.`)
    await sleep(pause, drain)
  }
}

async function attempt(
  { signal, drain, debug }: HttpClient,
  send: () => Promise<HttpResponse>,
  request: HttpRequest,
): Promise<RequestError | { json: unknown }> {
  drain.throwIfAborted()
  try {
    const response = await send()
    debug(`GET ${request.url.pathname}: HTTP status ${response.status}`)
    const json = parseJson(response.text)
    const isSuccess = response.status >= 200 && response.status < 300
    return isSuccess && json !== undefined ? { json } : refusal(request, response)
  } catch (error) {
    if (error instanceof NoResponseError) return toRequestError(error, request, 1, signal)
    throw error
  }
}

/** The error for a response that is no JSON, or no success. */
function refusal({ operation, url }: HttpRequest, response: HttpResponse): RequestError {
  const { status, headers } = response
  const location = headers.location && URL.parse(headers.location, url.href)
  const details = [location && `, a redirect to ${location.host}`, isPage(response) && ', and a page instead of JSON']
  return new RequestError({
    operation,
    kind: kindOf(status),
    reason: `${url.host} responded with HTTP status ${status}${details.filter(Boolean).join('')}`,
    hint: hintFor(status, isPage(response)),
    status,
    retryAfter: retryAfterSeconds(response),
    attempts: 1,
  })
}

function kindOf(status: number): RequestError['kind'] {
  if (status === 429) return 'throttled'
  return status === 404 || status >= 500 || status < 300 ? 'outcome-unknown' : 'rejected'
}

function hintFor(status: number, wasPage: boolean): string {
  if (isRedirect(status)) {
    return 'Redirects are not followed: set `url` to where it leads; if that is a login, the deployment is protected, and `url` must be one that is not.'
  }
  if (status === 401 || status === 403) {
    return wasPage
      ? 'The page comes from something in front of the server, such as the protection of previews or a firewall: let this request through there.'
      : 'Set `authorization` to what the server asks for, or check it: the secret may be wrong, expired or empty.'
  }
  if (status === 404) return 'Check the path in `url`, and that the deployment has been successful.'
  return status >= 500
    ? "The server's own log says why."
    : 'Check `url`: it must respond to GET with ICE servers as JSON.'
}
