import type { AttemptedResponse } from '../http/client.ts'
import { RequestError, type RequestFailureKind } from '../http/error.ts'
import { isObject, type JsonObject, parseObject } from '../http/json.ts'
import { foreignResponseError, isPage, isRateLimitOrRedirect } from '../http/page.ts'
import { retryAfterSeconds } from '../http/rate-limit.ts'
import type { HttpResponse } from '../http/send-once.ts'
import { hintFor, isPermissionRefused, SERVER_ERROR_HINT } from './hints.ts'

const THROTTLED = 971
const MAX_TEXT = 1000
const MAX_ERRORS = 20
const MAX_DEPTH = 10

/** A response that was read. `json` is the whole body, or undefined when it is not a JSON object. */
export interface ApiResponse extends AttemptedResponse {
  readonly json: JsonObject | undefined
}

type Redact = AttemptedResponse['redact']

/**
 * Reads a response. One of the 2xx kind is a success unless its envelope says `success: false`.
 * @throws RequestError for any other, and for a page.
 */
export function parseSuccessOrThrow(response: AttemptedResponse): ApiResponse {
  const { status } = response
  if (isPage(response) && !isRateLimitOrRedirect(status)) {
    throw foreignResponseError(response, 'Cloudflare', requestId(response), SERVER_ERROR_HINT)
  }
  const json = parseObject(response.text)
  if (status >= 200 && status < 300 && json?.success !== false) {
    return { ...response, json }
  }
  throw failedResponseError({ ...response, json })
}

/** The error for a response that says what failed. Without `kind`, its status and codes tell what is known. */
export function failedResponseError(response: ApiResponse, kind?: RequestFailureKind): RequestError {
  const { operation, attempts, status, json } = response
  const messages = messagesOf(json, response.redact)
  const codes = messages.flatMap(({ code }) => code ?? [])
  const words = messages.map(({ text }) => text).join('; ') || plainText(response)
  return new RequestError({
    operation,
    kind: kind ?? kindOf(status, codes),
    reason: `Cloudflare responded with HTTP status ${status}${words && `: ${words}`}`,
    hint: hintFor(codes, status, json !== undefined),
    isPermissionRefused: isPermissionRefused(codes, status, json !== undefined),
    requestId: requestId(response),
    status,
    codes,
    retryAfter: retryAfterSeconds(response),
    attempts,
  })
}

function kindOf(status: number, codes: readonly number[]): RequestFailureKind {
  if (status === 429 || codes.includes(THROTTLED)) return 'throttled'
  return status >= 500 ? 'outcome-unknown' : 'rejected'
}

/** The error for a response that says success but lacks what it should hold. */
export function unexpectedResponseError(response: ApiResponse, missing: string): RequestError {
  const { operation, attempts, status } = response
  const reason = `Cloudflare responded with HTTP status ${status}, but ${missing}`
  return new RequestError({
    operation,
    kind: 'outcome-unknown',
    reason,
    status,
    requestId: requestId(response),
    attempts,
  })
}

/** What Cloudflare's support asks for: `cf-ray: …`. */
export const requestId = ({ headers }: HttpResponse): string | undefined =>
  headers['cf-ray'] && `cf-ray: ${headers['cf-ray']}`

/**
 * Reads `Ratelimit: "default";r=50;t=30` (requests left, seconds until there are more), one or several policies: only one
 * with nothing left matters. https://developers.cloudflare.com/fundamentals/api/reference/limits/
 */
export function quotaResetSeconds({ headers: { ratelimit = '' } }: HttpResponse): number {
  const exhausted = [...ratelimit.matchAll(/;\s*r=0\s*;\s*t=(\d+)/g)].map(([, seconds]) => Number(seconds))
  return Math.max(0, ...exhausted)
}

/** What Cloudflare itself says without JSON, as the credentials API may; empty for what it did not send. */
function plainText({ headers, text, redact }: ApiResponse): string {
  const isCloudflares = headers['cf-ray'] !== undefined && /^text\/plain/i.test(headers['content-type'] ?? '')
  return isCloudflares ? redact(text).trim().slice(0, MAX_TEXT).replace(/\.$/, '') : ''
}

/** Cloudflare's own messages, flattened out of `errors` and their `error_chain`. */
function messagesOf(json: JsonObject | undefined, redact: Redact) {
  const errors = [json?.errors].flat().slice(0, MAX_ERRORS)
  return errors.flatMap(error => flatten(error, 0, redact))
}

function flatten(error: unknown, depth: number, redact: Redact): { code: number | undefined; text: string }[] {
  if (!isObject(error) || depth > MAX_DEPTH) return []
  const { message, documentation_url, source, error_chain } = error
  const text = (value: unknown) =>
    typeof value === 'string' && value !== '' ? redact(value).slice(0, MAX_TEXT) : undefined
  const code = typeof error.code === 'number' ? error.code : undefined
  const pointer = isObject(source) && text(source.pointer)
  const url = text(documentation_url)
  const parts = [text(message) ?? 'no message', pointer && `at ${pointer}`, url && `see ${url}`]
  const words = [code, parts.filter(Boolean).join(', ')].filter(part => part !== undefined).join(' ')
  const chain = [error_chain].flat().flatMap(link => flatten(link, depth + 1, redact))
  return [{ code, text: words.replace(/\.$/, '') }, ...chain]
}
