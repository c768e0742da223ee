import type { ApiError } from './cloudflare/envelope.ts'
import { isObject } from './emulated-response.ts'
import type { RefusalReason } from './github/refusals.ts'
import { OPERATIONS, type Operation } from './operations.ts'

export type { ApiError, Operation }

/** Which requests a fault is for. */
interface Aim {
  on: Operation
  /** Only requests about this key. */
  uid?: string
  /** Let this many matching requests pass first (default 0); one that an earlier fault took has not passed. */
  skip?: number
  /** How many requests it takes (default 1). `Infinity`, over HTTP the string "Infinity". */
  times?: number
}

/** Nothing is ever sent and the connection stays open. No effect unless `effect`. */
type NoResponse = { kind: 'no-response'; effect?: boolean }
/** Effect done, then the socket is reset. */
type ResponseLost = { kind: 'response-lost' }
/** The socket is reset before any effect. */
type Reset = { kind: 'reset' }
/** Effect done, headers and half of the body sent, then the socket is destroyed. */
type Cut = { kind: 'cut' }
/** The proper response after `delay` ms; the effect comes at once, or at the end. */
type Slow = { kind: 'slow'; delay: number; effectAfterDelay?: boolean }
/**
 * A page (default 502) that repeats the Authorization header: of the service's edge, or of a proxy on the way, which has
 * none of the service's headers.
 */
type Html = {
  kind: 'html'
  status?: number
  effect?: boolean
  retryAfter?: number | string
  from?: 'edge' | 'proxy'
}
/** Effect done; the result's members set or removed (undefined; over HTTP `remove`), or all of it replaced. */
type Fields = {
  kind: 'fields'
  set?: Record<string, unknown>
  remove?: string[]
  result?: unknown
  omit?: string[]
}
/** Effect done; the proper response with these headers set, after `delay` ms (default 0). */
type Headers = { kind: 'headers'; set: Record<string, string>; delay?: number }
/**
 * Effect done; the proper response in this coding, as `Content-Encoding` names it (several, in the order they were applied).
 * Unknown ones change nothing but the header. `bytes` more of white space make a small body a large one.
 */
type Encoded = { kind: 'encoded'; coding: string | string[]; bytes?: number }
/** Effect done; the proper response after a byte order mark. */
type ByteOrderMark = { kind: 'byte-order-mark' }
/** GitHub's refusal for such a reason, in its own words. */
type Refusal = { kind: 'refusal'; reason: RefusalReason }
/** An error in the service's own form: `errors` for Cloudflare, `message` for GitHub and for Cloudflare's GraphQL. */
type InjectedError = {
  kind: 'error'
  status: number
  errors?: ApiError[]
  message?: string
  retryAfter?: number | string
  headers?: Record<string, string>
  omit?: string[]
  effect?: boolean
}
/** A redirect (default 307), by default to this emulator under another host name. */
type Redirect = { kind: 'redirect'; status?: number; location?: string; effect?: boolean }
/** Effect done; the proper response, swollen by `bytes` (default 64 MiB, `Infinity` allowed). */
type Huge = { kind: 'huge'; bytes?: number }
/** Anything as the body. Effect done unless `effect` is false. */
type Text = { kind: 'text'; body: string; status?: number; contentType?: string; effect?: boolean }
/** An error that repeats the bearer token, after so many characters, and tries to inject workflow commands and markup. */
type EchoSecret = { kind: 'echo-secret'; status?: number; after?: number }

/** What goes wrong with one request. The effect is what the call does to keys, credentials or an environment. */
export type Fault = Aim &
  (
    | NoResponse
    | ResponseLost
    | Reset
    | Cut
    | Slow
    | Html
    | Fields
    | Headers
    | Encoded
    | ByteOrderMark
    | Refusal
    | InjectedError
    | Redirect
    | Huge
    | Text
    | EchoSecret
  )

type FaultKind = Fault['kind']

/** The members without which a fault of a kind means nothing, and their types. */
const KINDS: Readonly<Record<FaultKind, Readonly<Record<string, 'number' | 'object' | 'string'>>>> = {
  'no-response': {},
  'response-lost': {},
  reset: {},
  cut: {},
  slow: { delay: 'number' },
  html: {},
  fields: {},
  headers: { set: 'object' },
  encoded: { coding: 'string' },
  'byte-order-mark': {},
  refusal: { reason: 'string' },
  error: { status: 'number' },
  redirect: {},
  huge: {},
  text: { body: 'string' },
  'echo-secret': {},
}

function isFault(value: Record<string, unknown>): value is Record<string, unknown> & Fault {
  if (!OPERATIONS.some(operation => operation === value.on)) return false
  const needed = Object.entries(KINDS).find(([kind]) => kind === value.kind)?.[1]
  return needed !== undefined && Object.entries(needed).every(([name, type]) => typeof value[name] === type)
}

/** Reads a fault that came as JSON, where Infinity is a string; undefined when it is none. */
export function faultFrom(value: unknown): Fault | undefined {
  if (!isObject(value)) return undefined
  const fault = { ...value }
  for (const name of ['times', 'bytes']) {
    if (fault[name] === 'Infinity') fault[name] = Number.POSITIVE_INFINITY
  }
  return isFault(fault) ? fault : undefined
}
