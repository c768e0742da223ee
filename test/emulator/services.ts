import { Clock } from '../clock/clock.ts'
import { applyFault } from './apply-fault.ts'
import { Cloudflare } from './cloudflare/cloudflare.ts'
import type { EmulatedResponse, IncomingRequest } from './emulated-response.ts'
import type { EmulatorOptions } from './emulator.ts'
import { FaultQueue } from './fault-queue.ts'
import { GitHub } from './github/github.ts'
import { headersOf, holdBack, type RequestContext, send } from './request-context.ts'
import { Requests } from './requests.ts'
import type { Route } from './routes.ts'

/** Everything behind the socket. */
export interface Services {
  readonly cloudflare: Cloudflare
  readonly github: GitHub
  readonly faultQueue: FaultQueue
  readonly requests: Requests
  readonly latency: number
  readonly clock: Clock
  readonly gate: NonNullable<EmulatorOptions['gate']>
}

/** Sets the services, with the defaults of all options. */
export function createServices(options: EmulatorOptions): Services {
  const clock = new Clock()
  const { cloudflareClockOffset = 0, githubClockOffset = 0 } = options
  const cloudflare = new Cloudflare({
    secretField: options.secretField ?? 'secret',
    quota: options.quota ?? { limit: 1200, window: 300 },
    perSecond: options.perSecond ?? 200,
    mintForm: options.mintForm ?? 'array',
    mintDelay: options.mintDelay ?? 0,
    mintDelayStatus: options.mintDelayStatus ?? 404,
    turn: options.turn,
    now: () => clock.now() + cloudflareClockOffset,
    storedName: options.storedName ?? (name => name),
    emptyList: options.emptyList ?? 'array',
  })
  const github = new GitHub(() => clock.now() + githubClockOffset)
  const [faultQueue, requests] = [new FaultQueue(), new Requests()]
  return {
    cloudflare,
    github,
    faultQueue,
    requests,
    latency: options.latency ?? 0,
    clock,
    gate: options.gate ?? (() => {}),
  }
}

/** Responds to one request of either service, or does not, as a fault says. */
export async function handle(
  services: Services,
  call: IncomingRequest,
  route: Route,
  response: RequestContext['response'],
): Promise<void> {
  await services.gate(services.requests.record(call, route, response))
  const { edge, effect } = prepare(services, call, route)
  const context: RequestContext = { call, route, response, clock: services.clock, edge, effect }
  // A blocked request is stopped before anything that could have a fault.
  const fault = edge.blocked ? undefined : services.faultQueue.take(route)
  await holdBack(context, services.latency)
  if (fault) return applyFault(fault, context)
  send(context, edge.blocked ?? (await effect()))
}

/** What `handle` sends where there is no fault, without a socket; of each header the last wins. */
export async function respond(
  services: Services,
  call: IncomingRequest,
  route: Route,
): Promise<EmulatedResponse> {
  const { edge, effect } = prepare(services, call, route)
  const emulated = edge.blocked ?? (await effect())
  return { ...emulated, headers: Object.fromEntries(headersOf(edge, emulated)) }
}

function prepare(
  { cloudflare, github }: Services,
  call: IncomingRequest,
  route: Route,
): Pick<RequestContext, 'edge' | 'effect'> {
  if (route.host === 'github') return { edge: github.edge(), effect: async () => github.respond(route, call) }
  return { edge: cloudflare.edge(route, call), effect: async () => cloudflare.respond(route, call) }
}

/** Everything as it was at the start. */
export function reset({ cloudflare, github, faultQueue, requests }: Services): void {
  for (const part of [cloudflare, github, faultQueue, requests]) part.clear()
}
