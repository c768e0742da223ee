import type { IncomingHttpHeaders } from 'node:http'

/** One request as the services see it: read to its end, nothing decided yet. */
export interface IncomingRequest {
  readonly method: string
  readonly path: string
  readonly headers: IncomingHttpHeaders
  readonly body: string
  readonly httpVersion: string
}

/** One response, before it is sent; a fault may still bend it. */
export interface EmulatedResponse {
  readonly status: number
  readonly headers: Readonly<Record<string, string | string[]>>
  readonly body: string | Buffer
}

/** A response with a JSON body. */
export function json(status: number, body: unknown, headers: Record<string, string> = {}): EmulatedResponse {
  return { status, headers: { 'Content-Type': 'application/json', ...headers }, body: JSON.stringify(body) }
}

/** A response with a plain text body, or with none. */
export function plain(status: number, body = ''): EmulatedResponse {
  return { status, headers: body ? { 'Content-Type': 'text/plain; charset=utf-8' } : {}, body }
}

/** A JSON body; undefined when it is none. */
export function parsed(body: string | Buffer): unknown {
  try {
    return JSON.parse(String(body))
  } catch {
    return undefined
  }
}

/** Whether a value is a JSON object, the only form of body that either service takes. */
export function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
