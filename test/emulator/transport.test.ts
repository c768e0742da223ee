import { once } from 'node:events'
import { connect } from 'node:http2'
import { connect as connectTls } from 'node:tls'
import { expect, test } from 'vitest'
import { startEmulator } from './emulator.ts'
import type { Transport } from './server.ts'

/** The protocol that a client which speaks HTTP/2 and HTTP/1.1 agrees on with an emulator. */
async function negotiated(origin: string): Promise<string | false | null> {
  const { hostname: host, port } = new URL(origin)
  const socket = connectTls({ host, port: Number(port), ALPNProtocols: ['h2', 'http/1.1'] })
  await once(socket, 'secureConnect')
  const { alpnProtocol } = socket
  socket.destroy()
  return alpnProtocol
}

test.each<[Transport, string]>([
  ['https', 'http/1.1'],
  ['https with HTTP/2', 'h2'],
])('%s: a client that offers both protocols gets %s', async (transport, protocol) => {
  const emulator = await startEmulator({ transport })
  expect(await negotiated(emulator.origin)).toBe(protocol)
  await emulator.close()
})

test('a request that comes through HTTP/2 is recorded as such', async () => {
  const emulator = await startEmulator({ transport: 'https with HTTP/2' })
  const session = connect(emulator.origin)
  const stream = session.request({ ':path': '/client/v4/nothing' })
  await once(stream.resume(), 'end')
  expect(emulator.requests.map(({ httpVersion }) => httpVersion)).toEqual(['2.0'])
  session.destroy()
  await emulator.close()
})
