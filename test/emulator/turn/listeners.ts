import { createSocket } from 'node:dgram'
import { once } from 'node:events'
import { createServer, type Server, type Socket } from 'node:net'
import { setImmediate as turnOfTheLoop } from 'node:timers/promises'
import { createServer as createTlsServer } from 'node:tls'
import { CERTIFICATE } from '../certificate.ts'
import type { Client } from './allocations.ts'
import type { Frames } from './faults.ts'

/** What is done with a message that came from a client, and when a client is gone. */
export interface Handlers {
  onMessage(client: Client, bytes: Buffer): void
  onGone(client: Client): void
}

/** A port that is listened to. */
interface Listener {
  readonly port: number
  close(): Promise<void>
}

/** Listens for datagrams on loopback. */
export async function listenUdp({ onMessage }: Handlers): Promise<Listener> {
  const [socket, elsewhere] = [createSocket('udp4'), createSocket('udp4')]
  for (const one of [socket, elsewhere]) {
    one.bind(0, '127.0.0.1')
    await once(one, 'listening')
  }
  socket.on('message', (bytes, { port }) => {
    const client = {
      key: `udp ${port}`,
      isUdp: true,
      send: (message: Buffer) => socket.send(message, port, '127.0.0.1'),
      sendFromElsewhere: (message: Buffer) => elsewhere.send(message, port, '127.0.0.1'),
      close: () => {},
    }
    onMessage(client, bytes)
  })
  const close = async () => {
    for (const one of [socket, elsewhere]) one.close()
  }
  return { port: socket.address().port, close }
}

/** Listens for connections of TCP or TLS on loopback, with the certificate of all emulators. */
export async function listenTcp(isTls: boolean, frames: Frames, handlers: Handlers): Promise<Listener> {
  const sockets = new Set<Socket>()
  const serve = (socket: Socket) => serveConnection(socket, frames, handlers)
  const server: Server = isTls ? createTlsServer(CERTIFICATE, serve) : createServer(serve)
  server.on('connection', (socket: Socket) => {
    sockets.add(socket)
    socket.on('error', () => {})
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  const close = async () => {
    for (const socket of sockets) socket.destroy()
    server.close()
    await once(server, 'close')
  }
  return { port: typeof address === 'object' ? (address?.port ?? 0) : 0, close }
}

function serveConnection(socket: Socket, frames: Frames, { onMessage, onGone }: Handlers): void {
  let sent = Promise.resolve()
  const client: Client = {
    key: `tcp ${socket.remotePort} ${socket.localPort}`,
    isUdp: false,
    send: bytes => {
      sent = sent.then(() => write(socket, frames, bytes))
    },
    sendFromElsewhere: () => {},
    close: () => socket.destroy(),
  }
  let received = Buffer.alloc(0)
  socket.on('error', () => {})
  socket.on('close', () => onGone(client))
  socket.on('data', (chunk: Buffer) => {
    received = Buffer.concat([received, chunk])
    while (received.length >= 20 && received.length >= 20 + received.readUInt16BE(2)) {
      const length = 20 + received.readUInt16BE(2)
      onMessage(client, received.subarray(0, length))
      received = received.subarray(length)
    }
  })
}

/** A Data indication that has nothing in it. */
const EMPTY_INDICATION = Buffer.from('001700002112a442000000000000000000000000', 'hex')

async function write(socket: Socket, frames: Frames, bytes: Buffer): Promise<void> {
  if (frames !== 'split') {
    socket.write(frames === 'joined' ? Buffer.concat([EMPTY_INDICATION, bytes, EMPTY_INDICATION]) : bytes)
    return
  }
  for (let at = 0, length = 1; at < bytes.length; at += length) {
    // The header byte by byte; a turn of the loop for each byte of the data takes a busy machine half a minute.
    length = at < 24 ? 1 : 100
    socket.write(bytes.subarray(at, at + length))
    await turnOfTheLoop()
  }
}
