import type { AttemptedResponse } from './client.ts'
import { RequestError } from './error.ts'
import type { HttpResponse } from './send-once.ts'

/** Whether a response is a page, which no API sends: something in between did. */
export const isPage = ({ headers, text }: HttpResponse): boolean =>
  /^\s*</.test(text) || (text !== '' && /html/i.test(headers['content-type'] ?? ''))

/** Whether a status is one of a redirect. */
export const isRedirect = (status: number): boolean => status >= 300 && status < 400

/** Whether a response that the service's API did not send says something all the same: a rate limit or a redirect, by its status. */
export const isRateLimitOrRedirect = (status: number): boolean => status === 429 || isRedirect(status)

/**
 * The error for a response that the service's API did not send. It says nothing of what was requested, so it has no status.
 * @param requestId what the service's support asks for: with it, the response comes from the service's own edge.
 * @param serverErrorHint for a status of 500 or above from there: a sentence.
 */
export function foreignResponseError(
  response: AttemptedResponse,
  service: string,
  requestId: string | undefined,
  serverErrorHint: string,
): RequestError {
  const { operation, attempts, status } = response
  return new RequestError({
    operation,
    kind: 'outcome-unknown',
    reason: `${isPage(response) ? 'a page' : 'something else'} came instead of ${service}'s response, with HTTP status ${status}`,
    hint: requestId ? (status < 500 ? EDGE_HINT : serverErrorHint) : BETWEEN_HINT,
    requestId,
    attempts,
  })
}

const EDGE_HINT =
  "The service's edge sent it, not its API: a firewall or a bot check may block this runner's address. Run this again, or ask the service's support."
const BETWEEN_HINT =
  'Something between this runner and the service sent it: a firewall, a proxy (https_proxy, no_proxy) or a sign-in page. Check these, and the base URL.'
