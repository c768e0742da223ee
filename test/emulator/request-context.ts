import type { ServerResponse } from 'node:http'
import type { Clock } from '../clock/clock.ts'
import type { EmulatedResponse, IncomingRequest } from './emulated-response.ts'
import type { Route } from './routes.ts'
import { resetConnection } from './server.ts'

/** What a service's edge decides before a request reaches the service behind it. */
export interface Edge {
  /** Its clock: milliseconds since 1970. */
  readonly now: () => number
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
  readonly clock: Clock
  readonly edge: Edge
  /** Has the effect and says what the proper response is. */
  readonly effect: () => Promise<EmulatedResponse>
}

/** Holds the response back for so many milliseconds; with Infinity, until the client gives up. */
export async function holdBack({ clock, response }: RequestContext, ms: number): Promise<void> {
  if (ms > 0) await clock.holdBack(response, ms)
}

/** Sets status and headers; the response's own win over the edge's, whatever their case. */
export function head({ response, edge }: RequestContext, emulated: EmulatedResponse): void {
  response.statusCode = emulated.status
  for (const [name, value] of headersOf(edge, emulated)) response.setHeader(name, value)
}

/** All headers, those that win last. `Date` is now: when the response is sent. */
export function headersOf({ now, headers }: Edge, emulated: EmulatedResponse): [string, string | string[]][] {
  const date = new Date(now()).toUTCString()
  return [['Date', date], ...Object.entries(headers), ...Object.entries(emulated.headers)]
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
