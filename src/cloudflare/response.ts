import type { Fate } from '../http/error.ts'
import { isRecord, type JsonObject, parseObject } from '../http/json.ts'
import { secondsToWait } from '../http/rate-limit.ts'
import type { HttpAnswer } from '../http/send-once.ts'
import { type ApiMessage, CloudflareError } from './error.ts'

const THROTTLED = 971
const LONGEST_TEXT = 1000
const MOST_ERRORS = 20
const DEEPEST_CHAIN = 10

/** A successful answer. `json` is the whole body, or undefined when it is no JSON object. */
export interface Answer {
  status: number
  json: JsonObject | undefined
  ray: string | undefined
  tries: number
  sentAt: number
  receivedAt: number
  /** The server's clock, from `Date`, in milliseconds since the epoch. */
  serverTime: number | undefined
}

/** Tells success from failure. An answer of the 2xx kind is a success unless its envelope says `success: false`. */
export function readAnswer(answered: HttpAnswer, operation: string, tries: number): Answer | CloudflareError {
  const { status, headers, sentAt, receivedAt } = answered
  const json = parseObject(answered.text)
  const ray = headers['cf-ray']
  const refused = json?.success === false
  if (status >= 200 && status < 300 && !refused) {
    const serverTime = Date.parse(headers.date ?? '')
    return {
      status,
      json,
      ray,
      tries,
      sentAt,
      receivedAt,
      serverTime: Number.isNaN(serverTime) ? undefined : serverTime,
    }
  }
  const messages = messagesOf(json)
  const what = `Cloudflare answered with HTTP status ${status}`
  return new CloudflareError({
    operation,
    fate: fateOf(status, messages),
    what,
    status,
    messages,
    ray,
    retryAfter: secondsToWait(headers['retry-after'], headers.date),
    tries,
  })
}

function fateOf(status: number, messages: readonly ApiMessage[]): Fate {
  if (status === 429 || messages.some(({ code }) => code === THROTTLED)) return 'rate limited'
  return status >= 500 ? 'unknown' : 'refused'
}

/** The error for an answer that says success but does not hold what it should. */
export function unreadable(answer: Answer, operation: string, missing: string): CloudflareError {
  const { status, ray, tries } = answer
  const what = `Cloudflare answered with HTTP status ${status}, but ${missing}`
  return new CloudflareError({ operation, fate: 'unknown', what, status, ray, tries })
}

/** The envelope's `result`, or undefined. */
export function resultOf({ json }: Answer): unknown {
  return json?.result
}

function messagesOf(json: JsonObject | undefined): ApiMessage[] {
  return list(json?.errors)
    .slice(0, MOST_ERRORS)
    .flatMap(error => flatten(error))
}

function flatten(error: unknown, depth = 0): ApiMessage[] {
  if (!isRecord(error) || depth > DEEPEST_CHAIN) return []
  const { code, message, documentation_url, source, error_chain } = error
  const own: ApiMessage = {
    code: typeof code === 'number' ? code : undefined,
    message: text(message) ?? 'no message',
    documentationUrl: text(documentation_url),
    pointer: isRecord(source) ? text(source.pointer) : undefined,
  }
  return [own, ...list(error_chain).flatMap(link => flatten(link, depth + 1))]
}

function list(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : []
}

function text(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value.slice(0, LONGEST_TEXT) : undefined
}
