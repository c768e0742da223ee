import type { ServerResponse } from 'node:http'
import { setTimeout as wait } from 'node:timers/promises'
import type { EmulatedResponse, IncomingRequest } from './emulated-response.ts'
import type { Route } from './routes.ts'
import { resetConnection } from './server.ts'

/** What a service's edge decides before a request reaches the service behind it. */
export interface Edge {
  /** Milliseconds that its clock is ahead of this machine's. */
  readonly clockOffset: number
  /** On every response, faults included. */
  readonly headers: Readonly<Record<string, string>>
  /** The response when the request goes no further. */
  readonly blocked: EmulatedResponse | undefined
}

/** One request in progress: what came, what responding to it properly would do, and the way out. */
export interface RequestContext {
  readonly call: IncomingRequest
  readonly route: Route
  readonly response: ServerResponse
  readonly edge: Edge
  /** Has the effect and says what the proper response is. */
  readonly effect: () => Promise<EmulatedResponse>
}

/** Waits without keeping a process alive that has nothing else to do. */
export async function sleep(ms: number): Promise<void> {
  if (ms > 0) await wait(ms, undefined, { ref: false })
}

/** Sets status and headers; the response's own win over the edge's, whatever their case. `Date` is when it is sent. */
export function head({ response, edge }: RequestContext, { status, headers }: EmulatedResponse): void {
  response.statusCode = status
  response.setHeader('Date', new Date(Date.now() + edge.clockOffset).toUTCString())
  for (const [name, value] of [...Object.entries(edge.headers), ...Object.entries(headers)]) {
    response.setHeader(name, value)
  }
}

/** Sends a whole response. */
export function send(context: RequestContext, emulated: EmulatedResponse): void {
  if (context.response.destroyed) return
  head(context, emulated)
  context.response.end(emulated.body)
}

/** Resets the connection: the client sees ECONNRESET. */
export function reset(context: RequestContext): void {
  resetConnection(context.response)
}
