import { misbehave } from './apply-fault.ts'
import { Cloudflare } from './cloudflare/cloudflare.ts'
import type { Call, Reply } from './emulated-response.ts'
import type { EmulatorOptions } from './emulator.ts'
import { Orders } from './fault-queue.ts'
import { GitHub } from './github/github.ts'
import { pause, type Scene, send } from './request-context.ts'
import { Requests } from './requests.ts'
import type { Route } from './routes.ts'

/** Everything behind the socket. */
export interface Stage {
  readonly cloudflare: Cloudflare
  readonly github: GitHub
  readonly orders: Orders
  readonly requests: Requests
  readonly latency: number
}

/** Sets the stage, with the defaults of all options. */
export function stageFor(options: EmulatorOptions): Stage {
  const cloudflare = new Cloudflare({
    secretField: options.secretField ?? 'secret',
    quota: options.quota ?? { limit: 1200, window: 300 },
    perSecond: options.perSecond ?? 200,
    mintForm: options.mintForm ?? 'array',
    mintDelay: options.mintDelay ?? 0,
    mintDelayStatus: options.mintDelayStatus ?? 404,
    turn: options.turn,
  })
  const [github, orders, requests] = [new GitHub(), new Orders(), new Requests()]
  return { cloudflare, github, orders, requests, latency: options.latency ?? 0 }
}

/** Answers one request of either service, or does not, as ordered. */
export async function perform(
  stage: Stage,
  call: Call,
  route: Route,
  response: Scene['response'],
): Promise<void> {
  stage.requests.record(call, route, response)
  const onGithub = route.host === 'github'
  const edge = onGithub ? stage.github.edge() : stage.cloudflare.edge(route, call)
  const work = async (): Promise<Reply> =>
    onGithub ? stage.github.answer(route, call) : stage.cloudflare.answer(route, call)
  const scene: Scene = { call, route, response, edge: edge.headers, work }
  // A blocked request is stopped before anything that could have a fault.
  const fault = edge.blocked ? undefined : stage.orders.take(route)
  await pause(stage.latency)
  if (fault) return misbehave(fault, scene)
  send(scene, edge.blocked ?? (await work()))
}

/** Everything as it was at the start. */
export function reset({ cloudflare, github, orders, requests }: Stage): void {
  for (const part of [cloudflare, github, orders, requests]) part.clear()
}
