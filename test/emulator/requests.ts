import type { IncomingHttpHeaders, ServerResponse } from 'node:http'
import type { IncomingRequest } from './emulated-response.ts'
import type { Route } from './routes.ts'

/** What a client sent, in order of arrival. */
export interface RecordedRequest {
  readonly method: string
  /** As it came, query included. */
  readonly path: string
  readonly host: Route['host']
  readonly operation: Route['operation']
  readonly params: Route['params']
  readonly headers: IncomingHttpHeaders
  readonly body: string
  readonly httpVersion: string
  /** Milliseconds since 1970. */
  readonly at: number
  /** How many requests were in progress when this one had arrived, itself included. */
  readonly concurrency: number
  /** Of the response whose headers were sent; absent when none were. */
  status?: number
}

/** The list of requests, and how many were in progress at once. */
export class Requests {
  readonly list: RecordedRequest[] = []
  #now = 0
  #peak = 0

  get peak(): number {
    return this.#peak
  }

  /** A request is in progress until its response leaves or its connection is gone. */
  record(call: IncomingRequest, route: Route, response: ServerResponse): RecordedRequest {
    this.#now += 1
    this.#peak = Math.max(this.#peak, this.#now)
    const entry: RecordedRequest = { ...call, ...route, at: Date.now(), concurrency: this.#now }
    this.list.push(entry)
    let isInProgress = true
    const end = () => {
      if (isInProgress) this.#now -= 1
      isInProgress = false
    }
    // Before the response leaves: with TLS, the client's next request may come before the server hears of the end.
    response.once('prefinish', end)
    response.once('close', () => {
      end()
      if (response.headersSent) entry.status = response.statusCode
    })
    return entry
  }

  clear(): void {
    this.list.length = 0
    this.#peak = this.#now
  }
}
