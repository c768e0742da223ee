import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'

/** What a vendor's tool sent. */
export interface SentRequest {
  readonly method: string
  /** Without its query. */
  readonly path: string
  readonly query: URLSearchParams
  readonly authorization: string
  readonly body: string
}

/** A vendor's service on loopback, as far as one tool asks it. */
export interface Service {
  readonly url: string
  readonly requests: SentRequest[]
  stop(): Promise<void>
}

/** A response: its status and its JSON. */
export type Reply = readonly [status: number, value: unknown]

/** Starts a service that responds as `reply` says. */
export async function startService(reply: (request: SentRequest) => Reply): Promise<Service> {
  const requests: SentRequest[] = []
  const server = createServer(async (incoming, response) => {
    const parts: Buffer[] = []
    for await (const part of incoming) parts.push(part)
    const { pathname: path, searchParams: query } = new URL(incoming.url ?? '', 'http://service')
    const { method = '', headers } = incoming
    const body = Buffer.concat(parts).toString()
    const request = { method, path, query, authorization: headers.authorization ?? '', body }
    requests.push(request)
    const [status, value] = reply(request)
    response.writeHead(status, { 'Content-Type': 'application/json' }).end(JSON.stringify(value))
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  const stop = async (): Promise<void> => {
    server.closeAllConnections()
    server.close()
    await once(server, 'close')
  }
  return { url: `http://127.0.0.1:${port}`, requests, stop }
}
