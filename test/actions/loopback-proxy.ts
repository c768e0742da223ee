import { createServer, type IncomingMessage, request, type Server } from 'node:http'
import { connect } from 'node:net'

/** An HTTP proxy on loopback: it forwards, tunnels to loopback, and refuses tunnels to anywhere else. */
export interface LoopbackProxy {
  /** `127.0.0.1:port`. */
  readonly host: string
  /** `method target` of what it was asked for. */
  readonly seen: readonly string[]
  /** The Proxy-Authorization of each. */
  readonly authorizations: readonly (string | undefined)[]
  close(): void
}

/** Starts a proxy; `refusal` is the status that it refuses tunnels with. */
export async function startProxy(refusal = 502): Promise<LoopbackProxy> {
  const seen: string[] = []
  const authorizations: (string | undefined)[] = []
  const note = ({ method, url, headers }: IncomingMessage) => {
    seen.push(`${method} ${url}`)
    authorizations.push(headers['proxy-authorization'])
  }
  const server = createServer((asked, response) => {
    note(asked)
    const { method = 'GET', url = '' } = asked
    const { 'proxy-authorization': _, ...headers } = asked.headers
    const onward = request(url, { method, headers }, from => {
      response.writeHead(from.statusCode ?? 502, from.headers)
      from.pipe(response)
    })
    onward.on('error', () => response.writeHead(502).end())
    asked.pipe(onward)
  })
  server.on('connect', (asked, socket) => {
    note(asked)
    const { hostname, port } = new URL(`http://${asked.url}`)
    if (hostname !== '127.0.0.1') {
      socket.end(`HTTP/1.1 ${refusal} No\r\nContent-Length: 0\r\n\r\n`)
      return
    }
    const onward = connect(Number(port), hostname, () => {
      socket.write('HTTP/1.1 200 OK\r\n\r\n')
      socket.pipe(onward).pipe(socket)
    })
    for (const end of [socket, onward]) end.on('error', () => onward.destroy())
  })
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  return { host: hostOf(server), seen, authorizations, close: () => stop(server) }
}

function hostOf(server: Server): string {
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('the proxy has no port')
  return `127.0.0.1:${address.port}`
}

function stop(server: Server): void {
  server.close()
  server.closeAllConnections()
}
