import type { ServerResponse } from 'node:http'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Call, Reply } from './emulated-response.ts'
import type { Route } from './routes.ts'

/** One request in progress: what came, what answering it properly would do, and the way out. */
export interface Scene {
  readonly call: Call
  readonly route: Route
  readonly response: ServerResponse
  /** Headers that every answer of this service carries. */
  readonly edge: Readonly<Record<string, string>>
  /** Does the work and says what the proper answer is. */
  readonly work: () => Promise<Reply>
}

/** Waits without keeping a process alive that has nothing else to do. */
export async function pause(ms: number): Promise<void> {
  if (ms > 0) await sleep(ms, undefined, { ref: false })
}

/** Sets status and headers; the answer's own win over the service's, whatever their case. */
export function head({ response, edge }: Scene, { status, headers }: Reply): void {
  response.statusCode = status
  for (const [name, value] of [...Object.entries(edge), ...Object.entries(headers)]) {
    response.setHeader(name, value)
  }
}

/** Sends a whole answer. */
export function send(scene: Scene, reply: Reply): void {
  if (scene.response.destroyed) return
  head(scene, reply)
  scene.response.end(reply.body)
}

/** Resets the connection: the client sees ECONNRESET. */
export function reset(scene: Scene): void {
  scene.response.socket?.resetAndDestroy()
}
