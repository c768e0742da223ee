import type { Dispatcher } from 'undici'
import type { RateLimitWaiter } from './rate-limit.ts'
import type { HttpResponse } from './send-once.ts'

/** A way to one service. `drain` forbids new requests and ends waits; `signal` aborts the request in flight. */
export interface HttpClient {
  /** Loads undici when it is first called. */
  readonly dispatcher: () => Promise<Dispatcher>
  readonly rateLimitWaiter: RateLimitWaiter
  readonly drain: AbortSignal
  readonly signal: AbortSignal
  readonly info: (text: string) => void
  readonly debug: (text: string) => void
  /** Without the secrets that are known: before text from a server is cut, for half a secret is not known as one. */
  readonly redact: (text: string) => string
}

/** A response, what was requested, and how many times the request may have been carried out. */
export interface AttemptedResponse extends HttpResponse {
  readonly operation: string
  readonly attempts: number
  readonly redact: HttpClient['redact']
}

/** How the responses of one service are read. */
export interface ResponseReader<T> {
  /** What the service's support asks for: `cf-ray: …`. */
  requestId(response: HttpResponse): string | undefined
  /** The seconds until the service has requests left again; 0 when it has. */
  quotaResetSeconds(response: HttpResponse): number
  /** @throws RequestError unless the response is a success. */
  parse(response: AttemptedResponse): T
}
