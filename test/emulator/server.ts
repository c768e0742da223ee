import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { IncomingRequest } from './emulated-response.ts'

type Serve = (call: IncomingRequest, response: ServerResponse) => Promise<void>

async function bodyOf(request: IncomingMessage): Promise<string> {
  const parts: Buffer[] = []
  for await (const part of request) parts.push(part)
  return Buffer.concat(parts).toString()
}

async function receive(request: IncomingMessage, response: ServerResponse, serve: Serve): Promise<void> {
  try {
    const body = await bodyOf(request)
    const { method = '', url = '', headers } = request
    await serve({ method, path: url, headers, body }, response)
  } catch (error) {
    // A client that went away is its own business; anything else is a fault of the emulator and must be seen.
    if (request.errored || response.destroyed) return
    response.destroy()
    console.error('emulator:', error)
  }
}

/** An HTTP server on loopback alone; resolves when it listens. */
export async function listen(port: number, serve: Serve): Promise<Server> {
  const server = createServer((request, response) => void receive(request, response, serve))
  await new Promise<void>((done, failed) => {
    server.once('error', failed)
    server.listen(port, '127.0.0.1', done)
  })
  return server
}

/** The port that a listening server got. */
export function portOf(server: Server): number {
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('the emulator has no port')
  return address.port
}

/** Stops listening and kills what is still open, responses that never come included. */
export async function stop(server: Server): Promise<void> {
  const closed = new Promise<void>(done => server.close(() => done()))
  server.closeAllConnections()
  await closed
}
