import type { Dispatcher } from 'undici'
import { decodeBody } from './content-encoding.ts'
import { NoResponseError } from './no-response.ts'
import { MAX_BODY_BYTES, type RawResponse, ResponseHandler } from './response-handler.ts'
import { REQUEST_TIMEOUT_MS } from './time.ts'

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
  /** The decoded body, without a byte order mark. */
  text: string
  /** On this machine's monotonic clock. */
  sentAt: number
  receivedAt: number
  /** On the server's clock, from `Date`; `receivedAt` where it names none. */
  serverTime: number
}

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
  const { method, body } = request
  const headers = { ...request.headers, 'user-agent': 'cloudflare-turn-key', 'accept-encoding': 'identity' }
  try {
    if (signal.aborted) onAbort()
    else dispatcher.dispatch({ origin, path: pathname + search, method, headers, body }, handler)
    return await decode(await handler.response)
  } finally {
    clearTimeout(timer)
    signal.removeEventListener('abort', onAbort)
  }
}

async function decode({ body, ...response }: RawResponse): Promise<HttpResponse> {
  try {
    const decoded = await decodeBody(body, response.headers['content-encoding'], MAX_BODY_BYTES)
    // Unlike Buffer's, this decoder drops a byte order mark.
    return { ...response, text: new TextDecoder().decode(decoded) }
  } catch (error) {
    throw new NoResponseError(true, error instanceof Error ? error : new Error(String(error)))
  }
}
