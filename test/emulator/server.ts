import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { createSecureServer } from 'node:http2'
import { createServer as createTlsServer } from 'node:https'
import type { Server, Socket } from 'node:net'
import { CERTIFICATE, type Certificate } from './certificate.ts'
import type { IncomingRequest } from './emulated-response.ts'

/** How a server is reached: in the clear, through TLS, or through TLS with HTTP/2 on offer too. */
export type Transport = 'http' | 'https' | 'https with HTTP/2'

type Serve = (call: IncomingRequest, response: ServerResponse) => Promise<void>

async function bodyOf(request: IncomingMessage): Promise<string> {
  const parts: Buffer[] = []
  for await (const part of request) parts.push(part)
  return Buffer.concat(parts).toString()
}

async function receive(request: IncomingMessage, response: ServerResponse, serve: Serve): Promise<void> {
  try {
    const body = await bodyOf(request)
    const { method = '', url = '', headers, httpVersion } = request
    await serve({ method, path: url, headers, body, httpVersion }, response)
  } catch (error) {
    // A client that went away is its own business; anything else is a fault of the emulator and must be seen.
    if (request.errored || response.destroyed) return
    response.destroy()
    console.error('emulator:', error)
  }
}

function createServerFor(transport: Transport, certificate: Certificate, serve: Serve): Server {
  const onRequest = (request: IncomingMessage, response: ServerResponse) =>
    void receive(request, response, serve)
  if (transport === 'http') return createServer(onRequest)
  if (transport === 'https') return createTlsServer({ ...certificate }, onRequest)
  // Node's own compatibility layer: requests and responses of HTTP/2 behave like those of HTTP/1.1.
  return createSecureServer({ ...certificate, allowHTTP1: true }).on('request', onRequest)
}

/** The TCP connections of all servers by both their ports: a socket of TLS hides the one below it. */
const connections = new Map<string, Socket>()

function portsOf({ localPort, remotePort }: Pick<Socket, 'localPort' | 'remotePort'>): string {
  return `${localPort} ${remotePort}`
}

const KEEP_ALIVE_MS = 60_000

/** A server on loopback alone; resolves when it listens. */
export async function listen(
  port: number,
  transport: Transport,
  serve: Serve,
  certificate: Certificate = CERTIFICATE,
): Promise<Server> {
  const server = createServerFor(transport, certificate, serve)
  // As GitHub and Cloudflare do, an idle connection is kept for longer than any step is.
  if ('keepAliveTimeout' in server) server.keepAliveTimeout = KEEP_ALIVE_MS
  server.on('connection', (socket: Socket) => {
    const ports = portsOf(socket)
    connections.set(ports, socket)
    socket.once('close', () => connections.delete(ports))
  })
  await new Promise<void>((done, failed) => {
    server.once('error', failed)
    server.listen(port, '127.0.0.1', done)
  })
  return server
}

/** Resets the connection of a response: the client sees ECONNRESET. */
export function resetConnection({ socket }: ServerResponse): void {
  if (socket) connections.get(portsOf(socket))?.resetAndDestroy()
}

/** The port that a listening server got. */
export function portOf(server: Server): number {
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('the emulator has no port')
  return address.port
}

/** Stops listening and kills what is still open, responses that never come included. */
export async function stop(server: Server): Promise<void> {
  if (!server.listening) return
  const port = portOf(server)
  const closed = new Promise<void>(done => server.close(() => done()))
  for (const socket of connections.values()) if (socket.localPort === port) socket.destroy()
  await closed
}
