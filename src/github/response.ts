import type { AttemptedResponse } from '../http/client.ts'
import { RequestError } from '../http/error.ts'
import { parseJson, parseObject } from '../http/json.ts'
import { foreignResponseError, isPage, isRateLimitOrRedirect } from '../http/page.ts'
import { retryAfterSeconds } from '../http/rate-limit.ts'
import type { HttpResponse } from '../http/send-once.ts'
import { hintFor, isRefusalWithReason, type NeededPermissions, SERVER_ERROR_HINT } from './hints.ts'

const MAX_TEXT = 1000

/**
 * A success: its JSON, or null where it has none, whether the list that it is goes on, and GitHub's clock: milliseconds
 * since the epoch, or NaN where it does not say.
 */
export interface RepositorySuccess {
  readonly data: unknown
  readonly hasNext: boolean
  readonly serverTime: number
  /** 1, and one more for each earlier attempt that may be carried out. */
  readonly attempts: number
}

/**
 * Reads a response.
 * https://docs.github.com/rest/using-the-rest-api/best-practices-for-using-the-rest-api#handle-rate-limit-errors-appropriately
 * @throws RequestError unless it is a success, and for what GitHub did not send itself.
 */
export function parseSuccessOrThrow(response: AttemptedResponse, needed: NeededPermissions): RepositorySuccess {
  const { operation, attempts, status, headers, text, redact } = response
  if (isForeign(response)) throw foreignResponseError(response, 'GitHub', requestId(response), SERVER_ERROR_HINT)
  if (status < 300) {
    const serverTime = Date.parse(headers.date ?? '')
    return { data: parseJson(text) ?? null, hasNext: /rel="?next/.test(headers.link ?? ''), serverTime, attempts }
  }
  const { message, errors, documentation_url } = parseObject(text) ?? {}
  const isThrottled = status === 429 || (status === 403 && isRateLimit(response, String(message ?? '')))
  const parts = [message, errors && JSON.stringify(errors), documentation_url && `see ${documentation_url}`]
  const words = redact(parts.filter(Boolean).join(', ')).slice(0, MAX_TEXT)
  throw new RequestError({
    operation,
    kind: isThrottled ? 'throttled' : status >= 500 ? 'outcome-unknown' : 'rejected',
    reason: `GitHub responded with HTTP status ${status}${words && `: ${words}`}`,
    hint: isThrottled ? undefined : hintFor(status, String(message ?? ''), needed),
    requestId: requestId(response),
    status,
    retryAfter: isThrottled ? rateLimitSeconds(response) : undefined,
    attempts,
  })
}

/** Whether something in between sent it: GitHub refuses in JSON with a message. */
function isForeign(response: HttpResponse): boolean {
  const { status, text } = response
  if (isRateLimitOrRedirect(status)) return false
  return isPage(response) || (status >= 400 && status < 500 && typeof parseObject(text)?.message !== 'string')
}

/** What GitHub's support asks for. */
export const requestId = ({ headers }: HttpResponse): string | undefined =>
  headers['x-github-request-id'] && `request ${headers['x-github-request-id']}`

/** The error for a response without what was asked for. */
export function unexpectedResponseError(operation: string): RequestError {
  return new RequestError({
    operation,
    kind: 'outcome-unknown',
    reason: "GitHub's response did not include the expected value",
    hint: 'Check `GITHUB_API_URL`, and run this again.',
    attempts: 1,
  })
}

/** A refusal in GitHub's own words is none, even when it was the last request that the quota allowed. */
const isRateLimit = ({ headers }: HttpResponse, message: string): boolean =>
  /rate limit/i.test(message) ||
  (!isRefusalWithReason(message) && (Boolean(headers['retry-after']) || isUsedUp(headers)))

/** Every response says when the quota is renewed; that only matters when it is used up. */
const isUsedUp = (headers: HttpResponse['headers']): boolean => headers['x-ratelimit-remaining'] === '0'

const SECONDARY_LIMIT_WAIT_S = 60

function rateLimitSeconds(response: HttpResponse): number {
  const { headers, serverTime } = response
  const retryAfter = retryAfterSeconds(response)
  if (retryAfter !== undefined) return retryAfter
  const reset = Number(headers['x-ratelimit-reset'])
  if (!isUsedUp(headers) || !(reset > 0)) return SECONDARY_LIMIT_WAIT_S
  return Math.max(1, Math.ceil(reset - serverTime / 1000))
}
