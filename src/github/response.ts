import { RequestError } from '../http/error.ts'
import { parseJson, parseObject } from '../http/json.ts'
import { retryAfterSeconds } from '../http/rate-limit.ts'
import type { AttemptedResponse } from '../http/retry.ts'
import type { HttpResponse } from '../http/send-once.ts'

/**
 * A success: its JSON, or null where it has none, whether the list that it is goes on, and GitHub's clock: milliseconds
 * since the epoch, or NaN where it does not say.
 */
export interface RepositoryResponse {
  readonly data: unknown
  readonly hasNext: boolean
  readonly serverTime: number
}

/**
 * Reads a response. `permissions` says which ones the token needs.
 * https://docs.github.com/rest/using-the-rest-api/best-practices-for-using-the-rest-api#handle-rate-limit-errors-appropriately
 * @throws RequestError unless it is a success.
 */
export function parseOrThrow(response: AttemptedResponse, permissions: string): RepositoryResponse {
  const { operation, attempts, status, headers, text } = response
  if (status < 300) {
    const serverTime = Date.parse(headers.date ?? '')
    return { data: parseJson(text) ?? null, hasNext: /rel="?next/.test(headers.link ?? ''), serverTime }
  }
  const reason = reasonOf(response)
  const isThrottled = status === 429 || (status === 403 && isRateLimit(response))
  throw new RequestError({
    operation,
    kind: isThrottled ? 'throttled' : status >= 500 ? 'outcome-unknown' : 'rejected',
    reason,
    hint: hintFor(status, reason, permissions),
    requestId: requestId(response),
    status,
    retryAfter: isThrottled ? rateLimitSeconds(response) : undefined,
    attempts,
  })
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
  })
}

/** GitHub's own message, where there is one. */
function reasonOf({ status, text }: HttpResponse): string {
  const { message, errors, documentation_url } = parseObject(text) ?? {}
  const parts = [message, errors && JSON.stringify(errors), documentation_url && `see ${documentation_url}`]
  const serverMessage = parts.filter(Boolean).join(', ').slice(0, 1000)
  return `GitHub responded with HTTP status ${status}${serverMessage && `: ${serverMessage}`}`
}

const isRateLimit = ({ headers, text }: HttpResponse): boolean =>
  Boolean(headers['retry-after']) || isUsedUp(headers) || /rate limit/i.test(text)

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

/** Undefined when nothing is known. */
function hintFor(status: number, reason: string, permissions: string): string | undefined {
  const suitable = `Use a fine-grained personal access token or a token of a GitHub App with the repository permission ${permissions}.`
  if (status < 400) return 'Redirects are not followed with a token: was the repository renamed or moved?'
  if (status === 401) return '`github-token` is wrong, expired or revoked.'
  if (/by integration/i.test(reason)) {
    return `\`github-token\` lacks permission. The workflow's own GITHUB_TOKEN never has it, whatever its \`permissions:\`. ${suitable}`
  }
  if (status === 403) return `\`github-token\` lacks permission. ${suitable}`
  if (status === 404) return `It does not exist, or \`github-token\` cannot access it. ${suitable}`
  if (status >= 500) return "The fault is on GitHub's side: see https://www.githubstatus.com, and run this again."
  return undefined
}
