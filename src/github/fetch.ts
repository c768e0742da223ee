import { parseObject } from '../http/json.ts'
import { secondsToWait } from '../http/rate-limit.ts'
import { type Errand, type Line, persist } from '../http/retry.ts'
import type { HttpAnswer, HttpRequest } from '../http/send-once.ts'
import { GithubError } from './error.ts'

/** The part of a fetch that octokit asks for. */
type Fetch = (
  url: string,
  init: { method: HttpRequest['method']; headers: Record<string, string>; body?: string },
) => Promise<Response>

/**
 * A fetch for octokit that goes our way: through the proxy, within a time limit, following no redirect, and repeating
 * what may be repeated. A POST is not.
 * @throws GithubError for anything but an answer that octokit can read.
 */
export function persistentFetch(line: Line, operation: string): Fetch {
  return async (url, { method, headers, body = null }) => {
    const errand: Errand<Response> = {
      request: { method, url: new URL(url), headers, body },
      repeatable: method !== 'POST',
      read: (answer, tries) => read(answer, operation, tries),
      fail: silence => new GithubError({ operation, ...silence }),
    }
    return persist(line, errand)
  }
}

/** A Response with one of these takes no body, not even an empty one. */
const NO_BODY: ReadonlySet<number> = new Set([204, 205])

/** https://docs.github.com/rest/using-the-rest-api/best-practices-for-using-the-rest-api#handle-rate-limit-errors-appropriately */
function read(answer: HttpAnswer, operation: string, tries: number): Response | GithubError {
  const { status, headers, text } = answer
  const report = { operation, status, requestId: headers['x-github-request-id'], tries, what: quote(answer) }
  if (status >= 500) return new GithubError({ ...report, fate: 'unknown' })
  if (status === 429 || (status === 403 && isRateLimit(answer))) {
    return new GithubError({ ...report, fate: 'rate limited', retryAfter: pauseAskedFor(answer) })
  }
  if (status >= 300) return new GithubError({ ...report, fate: 'refused' })
  const given = Object.entries(headers).map(([name, value]): [string, string] => [name, value ?? ''])
  return new Response(NO_BODY.has(status) ? null : text, { status, headers: given })
}

/** GitHub's own words, where it has any. */
function quote({ status, text }: HttpAnswer): string {
  const { message, errors, documentation_url } = parseObject(text) ?? {}
  const words = [
    message,
    errors && JSON.stringify(errors),
    documentation_url && `see ${documentation_url}`,
  ].filter(Boolean)
  return `GitHub answered with HTTP status ${status}${words.length > 0 ? `: ${words.join(', ').slice(0, 1000)}` : ''}`
}

function isRateLimit({ headers, text }: HttpAnswer): boolean {
  return Boolean(headers['retry-after']) || isUsedUp(headers) || /rate limit/i.test(text)
}

/** Every answer says when the quota is renewed; that only matters when it is used up. */
function isUsedUp(headers: HttpAnswer['headers']): boolean {
  return headers['x-ratelimit-remaining'] === '0'
}

const UNTOLD_WAIT = 60

function pauseAskedFor({ headers }: HttpAnswer): number {
  if (headers['retry-after']) return secondsToWait(headers['retry-after'], headers.date)
  const reset = Number(headers['x-ratelimit-reset'])
  if (!isUsedUp(headers) || !(reset > 0)) return UNTOLD_WAIT
  return Math.max(1, Math.ceil(reset - Date.now() / 1000))
}
