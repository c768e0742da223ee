import { createHmac } from 'node:crypto'
import type { IncomingHttpHeaders } from 'node:http'
import { test } from 'vitest'
import { Clock } from '../clock/clock.ts'
import { listen, portOf, resetConnection, stop, type Transport } from '../emulator/server.ts'
import { startTurnServer, type TurnServer, type TurnServerOptions } from '../emulator/turn/turn-server.ts'
import { type RunningStep, type StepOptions, type StepRun, startStep } from '../github-runner.ts'

/** A response of a server that gives ICE servers; `reset` is none. */
export type DeployedResponse =
  | 'reset'
  | { readonly status: number; readonly body?: string; readonly headers?: Record<string, string> }

/** A server of somebody's own. */
export interface DeployedServer {
  readonly url: string
  readonly requests: readonly { readonly path: string; readonly headers: IncomingHttpHeaders }[]
}

interface Fixtures {
  /** Starts a TURN server of this test's own. */
  turnWith: (options?: TurnServerOptions) => Promise<TurnServer>
  /** Starts a server that gives these responses, the last one for ever. */
  deployed: (transport: Transport, ...responses: readonly DeployedResponse[]) => Promise<DeployedServer>
  /** The time of a step that is to share it. */
  clock: Clock
}

/** A test of the check action. */
export const it = test.extend<Fixtures>({
  // biome-ignore lint/correctness/noEmptyPattern: vitest reads the names of fixtures from the pattern
  turnWith: async ({}, use) => {
    const started: TurnServer[] = []
    await use(async options => {
      const server = await startTurnServer(options)
      started.push(server)
      return server
    })
    await Promise.all(started.map(server => server.close()))
  },
  // biome-ignore lint/correctness/noEmptyPattern: vitest reads the names of fixtures from the pattern
  deployed: async ({}, use) => {
    const started: Awaited<ReturnType<typeof listen>>[] = []
    await use(async (transport, ...responses) => {
      const requests: DeployedServer['requests'][number][] = []
      const server = await listen(0, transport, async ({ path, headers }, response) => {
        requests.push({ path, headers })
        const given = responses[Math.min(requests.length, responses.length) - 1] ?? 'reset'
        if (given === 'reset') return resetConnection(response)
        response.writeHead(given.status, given.headers).end(given.body ?? '')
      })
      started.push(server)
      const scheme = transport === 'http' ? 'http' : 'https'
      return { url: `${scheme}://127.0.0.1:${portOf(server)}/ice-servers`, requests }
    })
    await Promise.all(started.map(stop))
  },
  // biome-ignore lint/correctness/noEmptyPattern: vitest reads the names of fixtures from the pattern
  clock: async ({}, use) => {
    const clock = new Clock()
    await use(clock)
    clock.close()
  },
})

/** A user of a TURN server, valid for some seconds. */
export function userOf({ secret }: TurnServer, lifetime = 300): { username: string; credential: string } {
  const username = `${Math.floor(Date.now() / 1000) + lifetime}:emulated-user`
  return { username, credential: createHmac('sha1', secret).update(username).digest('base64') }
}

/** The ICE servers of a TURN server as JSON: one entry, whose members can be others. */
export function iceServersOf(server: TurnServer, others: object = {}): string {
  return JSON.stringify([{ urls: server.urls, ...userOf(server), ...others }])
}

/** Starts the check action. */
export function startCheck(
  inputs: Record<string, string>,
  options: Omit<StepOptions, 'inputs'> = {},
): RunningStep {
  return startStep('check', { ...options, inputs })
}

/** Runs the check action to its end. */
export function check(...step: Parameters<typeof startCheck>): Promise<StepRun> {
  return startCheck(...step).done
}

/** One URL in the output `report`. */
export interface ReportEntry {
  readonly url: string
  readonly transport: string
  readonly ok: boolean
  readonly milliseconds: number
  readonly relayAddress?: string
  readonly error?: string
}

/** The outputs `relayed` and `report`, read. */
export function reportOf({ outputs }: StepRun): { relayed: string[]; report: ReportEntry[] } {
  return { relayed: JSON.parse(outputs.relayed ?? ''), report: JSON.parse(outputs.report ?? '') }
}
