import type { Dispatcher } from 'undici'
import { monotonicNow } from './clock.ts'

/** One HTTP request, ready to be sent. `body` is JSON text. */
export interface HttpRequest {
  /** To follow "Could not": `list the TURN keys`. */
  operation: string
  method: Dispatcher.HttpMethod
  url: URL
  headers: Record<string, string>
  body: string | null
  /** Whether it may be sent again once it may have been carried out: without this, unless it is a POST. */
  retryable?: boolean | undefined
  /** Called before each attempt. */
  beforeAttempt?: (() => void) | undefined
  /** Called after each attempt that may have been carried out, and whose response says nothing. */
  onLostResponse?: (() => void) | undefined
}

/** A complete response of any status. Header names are lower-case; times are milliseconds since the epoch. */
export interface HttpResponse {
  status: number
  headers: Readonly<Record<string, string | undefined>>
  text: string
  /** On this machine's monotonic clock. */
  sentAt: number
  receivedAt: number
  /** On the server's clock, from `Date`; `receivedAt` where it names none. */
  serverTime: number
}

/** No complete response arrived. `sent` says whether the server may have seen the request. */
export class NoResponseError extends Error {
  override name = 'NoResponseError'
  readonly sent: boolean

  constructor(sent: boolean, cause: Error) {
    // The error of several addresses tried in vain has an empty message, but a code.
    super(cause.message || ('code' in cause ? String(cause.code) : cause.name), { cause })
    this.sent = sent
  }
}

/** The time limit of a request. */
export const REQUEST_TIMEOUT_MS = 30_000
const MAX_BODY_BYTES = 8 * 1024 * 1024

/**
 * Sends one request, once, and follows no redirect. It ends after 30 seconds, or when `signal` is aborted.
 * @throws NoResponseError when there is no complete response of at most 8 MiB.
 */
export async function sendOnce(
  dispatcher: Dispatcher,
  request: HttpRequest,
  signal: AbortSignal,
): Promise<HttpResponse> {
  const handler = new ResponseHandler()
  const timer = setTimeout(() => handler.abort(new Error('no response within 30 seconds')), REQUEST_TIMEOUT_MS)
  const onAbort = () => handler.abort(signal.reason)
  signal.addEventListener('abort', onAbort)
  const { origin, pathname, search } = request.url
  const { method, headers, body } = request
  try {
    if (signal.aborted) onAbort()
    else dispatcher.dispatch({ origin, path: pathname + search, method, headers, body }, handler)
    return await handler.response
  } finally {
    clearTimeout(timer)
    signal.removeEventListener('abort', onAbort)
  }
}

/** Receives one response from undici, and knows whether the request left. */
class ResponseHandler implements Dispatcher.DispatchHandler {
  readonly #deferred = Promise.withResolvers<HttpResponse>()
  readonly #sentAt = monotonicNow()
  readonly #chunks: Buffer[] = []
  #size = 0
  #head: Pick<HttpResponse, 'status' | 'headers'> = { status: 0, headers: {} }
  #controller: Dispatcher.DispatchController | undefined
  #abortReason: Error | undefined

  get response(): Promise<HttpResponse> {
    return this.#deferred.promise
  }

  /** Ends the request, whether or not it has started. */
  abort(reason: Error): void {
    this.#abortReason = reason
    this.#controller?.abort(reason)
    this.onResponseError(this.#controller, reason)
  }

  /** Called when a connection is open, and the first byte is about to leave. */
  onRequestStart(controller: Dispatcher.DispatchController): void {
    this.#controller = controller
    if (this.#abortReason) controller.abort(this.#abortReason)
  }

  onResponseStart(_: unknown, status: number, headers: Record<string, string | string[] | undefined>): void {
    this.#head = { status, headers: firstValues(headers) }
  }

  onResponseData(_: unknown, chunk: Buffer): void {
    this.#size += chunk.length
    if (this.#size > MAX_BODY_BYTES) this.abort(new Error('the response is larger than 8 MiB'))
    else this.#chunks.push(chunk)
  }

  onResponseEnd(): void {
    const text = Buffer.concat(this.#chunks).toString('utf8')
    const receivedAt = monotonicNow()
    const serverTime = Date.parse(this.#head.headers.date ?? '') || receivedAt
    this.#deferred.resolve({ ...this.#head, text, sentAt: this.#sentAt, receivedAt, serverTime })
  }

  onResponseError(_: unknown, error: Error): void {
    this.#deferred.reject(new NoResponseError(this.#controller !== undefined, error))
  }
}

function firstValues(headers: Record<string, string | string[] | undefined>): HttpResponse['headers'] {
  const entries = Object.entries(headers)
  return Object.fromEntries(entries.map(([name, value]) => [name.toLowerCase(), [value].flat()[0]]))
}
