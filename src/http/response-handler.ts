import type { Dispatcher } from 'undici'
import { NoResponseError } from './no-response.ts'
import type { HttpResponse } from './send-once.ts'
import { monotonicEpochMs } from './time.ts'

/** The size limit of a body, before and after it is decoded. */
export const MAX_BODY_BYTES = 8 * 1024 * 1024

/** A complete response whose body is yet to be decoded. */
export type RawResponse = Omit<HttpResponse, 'text'> & { body: Buffer }

/** Receives one response from undici, and knows whether the request left. */
export class ResponseHandler implements Dispatcher.DispatchHandler {
  readonly #deferred = Promise.withResolvers<RawResponse>()
  readonly #sentAt = monotonicEpochMs()
  readonly #chunks: Buffer[] = []
  #size = 0
  #head: Pick<HttpResponse, 'status' | 'headers'> = { status: 0, headers: {} }
  #controller: Dispatcher.DispatchController | undefined
  #abortReason: Error | undefined

  get response(): Promise<RawResponse> {
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
    this.#head = { status, headers: toSingleValues(headers) }
  }

  onResponseData(_: unknown, chunk: Buffer): void {
    this.#size += chunk.length
    if (this.#size > MAX_BODY_BYTES) this.abort(new Error('the response is larger than 8 MiB'))
    else this.#chunks.push(chunk)
  }

  onResponseEnd(): void {
    const body = Buffer.concat(this.#chunks)
    const receivedAt = monotonicEpochMs()
    const { date = '' } = this.#head.headers
    const serverTime = (HTTP_DATE.test(date) && Date.parse(date)) || receivedAt
    this.#deferred.resolve({ ...this.#head, body, sentAt: this.#sentAt, receivedAt, serverTime })
  }

  onResponseError(_: unknown, error: Error): void {
    this.#deferred.reject(new NoResponseError(this.#controller !== undefined, error))
  }
}

/** https://www.rfc-editor.org/rfc/rfc9110#section-5.6.7 */
const HTTP_DATE = /^\w{3}, [0-3]\d (Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec) \d{4} [0-2]\d:[0-5]\d:[0-6]\d GMT$/

/** One value for each header: its first, but all codings. */
function toSingleValues(headers: Record<string, string | string[] | undefined>): HttpResponse['headers'] {
  const entries = Object.entries(headers).map(([name, value]) => [name.toLowerCase(), [value].flat()] as const)
  return Object.fromEntries(
    entries.map(([name, values]) => [name, name === 'content-encoding' ? values.join(', ') : values[0]]),
  )
}
