import type { ApiError } from './cloudflare/envelope.ts'
import { isObject } from './emulated-response.ts'
import { OPERATIONS, type Operation } from './routes.ts'

export type { ApiError, Operation }

/** Which requests a fault is for. */
interface Aim {
  on: Operation
  /** Only requests about this key. */
  uid?: string
  /** Let this many matching requests pass first (default 0); one that an earlier order took has not passed. */
  skip?: number
  /** How many requests it takes (default 1). `Infinity`, over HTTP the string "Infinity". */
  times?: number
}

/** Nothing is ever sent and the connection stays open. No work unless `work`. */
type NoAnswer = { kind: 'no-answer'; work?: boolean }
/** Work done, then the socket is reset. */
type AnswerLost = { kind: 'answer-lost' }
/** The socket is reset before any work. */
type Reset = { kind: 'reset' }
/** Work done, headers and half of the body sent, then the socket is destroyed. */
type Cut = { kind: 'cut' }
/** The proper answer after `delay` ms; the work is done at once, or at the end. */
type Slow = { kind: 'slow'; delay: number; workAfterDelay?: boolean }
/** A page of Cloudflare's edge (default 502) that repeats the Authorization header. */
type Html = { kind: 'html'; status?: number; work?: boolean; retryAfter?: number | string }
/** Work done; the result's members set or removed (undefined; over HTTP `remove`), or all of it replaced. */
type Fields = {
  kind: 'fields'
  set?: Record<string, unknown>
  remove?: string[]
  result?: unknown
  omit?: string[]
}
/** An error in the service's own form: `errors` for Cloudflare, `message` for GitHub. */
type OrderedError = {
  kind: 'error'
  status: number
  errors?: ApiError[]
  message?: string
  retryAfter?: number | string
  headers?: Record<string, string>
  omit?: string[]
  work?: boolean
}
/** A redirect (default 307), by default to this emulator under another host name. */
type Redirect = { kind: 'redirect'; status?: number; location?: string; work?: boolean }
/** Work done; the proper answer, swollen by `bytes` (default 64 MiB, `Infinity` allowed). */
type Huge = { kind: 'huge'; bytes?: number }
/** Anything as the body. Work done unless `work` is false. */
type Text = { kind: 'text'; body: string; status?: number; contentType?: string; work?: boolean }
/** An error that repeats the bearer token and tries to inject workflow commands and markup. */
type EchoSecret = { kind: 'echo-secret'; status?: number }

/** What goes wrong with one request. "Work" is what the call does to keys, credentials or an environment. */
export type Fault = Aim &
  (
    | NoAnswer
    | AnswerLost
    | Reset
    | Cut
    | Slow
    | Html
    | Fields
    | OrderedError
    | Redirect
    | Huge
    | Text
    | EchoSecret
  )

type FaultKind = Fault['kind']

/** The members without which a fault of a kind means nothing, and their types. */
const KINDS: Readonly<Record<FaultKind, Readonly<Record<string, 'number' | 'string'>>>> = {
  'no-answer': {},
  'answer-lost': {},
  reset: {},
  cut: {},
  slow: { delay: 'number' },
  html: {},
  fields: {},
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

/** Reads an order that came as JSON, where Infinity is a string; undefined when it is none. */
export function faultFrom(value: unknown): Fault | undefined {
  if (!isObject(value)) return undefined
  const order = { ...value }
  for (const name of ['times', 'bytes']) {
    if (order[name] === 'Infinity') order[name] = Number.POSITIVE_INFINITY
  }
  return isFault(order) ? order : undefined
}
