import { once } from 'node:events'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'

/** The proxy of a machine whose network is loopback. */
export interface Fence {
  readonly url: string
  /** The hosts that something asked for and did not get. */
  readonly refused: string[]
  stop(): Promise<void>
}

/** The host that GitHub's command line takes for one in the clear, which its settings can name. */
export const GITHUB_HOST = 'github.localhost'

/** Starts a proxy that leads GitHub's API to the emulator of it, and nothing else anywhere. */
export async function startFence(githubUrl: string): Promise<Fence> {
  const refused: string[] = []
  const server = createServer((request, response) => {
    const { host, pathname, search } = new URL(request.url ?? '', 'http://no.host')
    if (host === `api.${GITHUB_HOST}`)
      return void forward(request, `${githubUrl}${pathname}${search}`, response)
    refused.push(host)
    response.writeHead(403).end()
  })
  server.on('connect', ({ url = '' }, socket) => {
    refused.push(url)
    socket.end('HTTP/1.1 403 Forbidden\r\n\r\n')
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  const stop = async (): Promise<void> => {
    server.closeAllConnections()
    server.close()
    await once(server, 'close')
  }
  return { url: `http://127.0.0.1:${port}`, refused, stop }
}

async function forward(request: IncomingMessage, url: string, response: ServerResponse): Promise<void> {
  const parts: Buffer[] = []
  for await (const part of request) parts.push(part)
  const { authorization = '' } = request.headers
  const { method = 'GET' } = request
  const body = parts.length > 0 ? Buffer.concat(parts).toString() : null
  const headers = { authorization, 'content-type': 'application/json' }
  const reply = await fetch(url, { method, headers, body })
  response.writeHead(reply.status, { 'content-type': 'application/json' }).end(await reply.text())
}
