import { createSocket, type Socket } from 'node:dgram'
import { once } from 'node:events'
import { isIP, connect as openTcp } from 'node:net'
import { connect as openTls } from 'node:tls'
import { HANDSHAKE_TIMEOUT_MS } from '../http/time.ts'
import { TurnError } from './error.ts'
import { lookUpForNet, lookUpOnce } from './lookup.ts'
import { type Message, parseMessage, wholeMessageLength } from './message.ts'
import type { ServerUri } from './server-uri.ts'

/** A way to one server. What is sent after it failed or was closed is lost. */
export interface Connection {
  /** Whether anything else that is sent may be lost. */
  readonly isLossy: boolean
  /** Called with each datagram, or message of a stream. */
  onMessage: (bytes: Buffer) => void
  send(bytes: Buffer): void
  close(): void
}

/** Connects over UDP, TCP, or TLS with a trusted certificate. `onError` is called when the connection fails later. */
export const connect = (uri: ServerUri, onError: (error: Error) => void, signal: AbortSignal): Promise<Connection> =>
  (uri.transport === 'udp' ? connectUdp : connectStream)(uri, onError, signal)

/** Only a response tells which address of the host works: until one comes, what is sent goes to all of them. */
async function connectUdp({ host, port }: ServerUri, onError: (error: Error) => void, signal: AbortSignal) {
  const aborted = once(signal, 'abort').then(() => Promise.reject(signal.reason))
  const addresses = await Promise.race([lookUpOnce(host), aborted])
  const sockets = new Set<Socket>()
  const close = (socket: Socket) => sockets.delete(socket) && socket.close()
  const forEach = (act: (socket: Socket) => unknown) => void [...sockets].map(act)
  const send = (bytes: Buffer) => forEach(socket => socket.send(bytes))
  const connection: Connection = { isLossy: true, onMessage: () => {}, send, close: () => forEach(close) }
  const opened = addresses.map(async ({ address, family }) => {
    const socket = createSocket(family === 6 ? 'udp6' : 'udp4')
    sockets.add(socket)
    socket.on('message', bytes => {
      forEach(other => other === socket || close(other))
      connection.onMessage(bytes)
    })
    socket.on('error', error => {
      close(socket)
      if (sockets.size === 0) onError(error)
    })
    // The kernel then drops what comes from any other address.
    socket.connect(port, address)
    await once(socket, 'connect')
  })
  await Promise.allSettled(opened)
  if (!signal.aborted) return connection
  connection.close()
  throw signal.reason
}

async function connectStream(uri: ServerUri, onError: (error: Error) => void, signal: AbortSignal) {
  const [{ host, port }, isTls] = [uri, uri.transport === 'tls']
  const options = { host, port, lookup: lookUpForNet, autoSelectFamilyAttemptTimeout: HANDSHAKE_TIMEOUT_MS }
  const tls = { ...options, rejectUnauthorized: true, servername: isIP(host) === 0 ? host : '' }
  const socket = isTls ? openTls(tls) : openTcp(options)
  await once(socket, isTls ? 'secureConnect' : 'connect', { signal }).catch(error => {
    socket.destroy()
    throw signal.aborted ? signal.reason : error
  })
  const [send, close] = [(bytes: Buffer) => void socket.write(bytes), () => void socket.destroy()]
  const connection: Connection = { isLossy: false, onMessage: () => {}, send, close }
  let received = Buffer.alloc(0)
  socket.on('data', chunk => {
    received = Buffer.concat([received, chunk])
    for (let length = 0; ; received = received.subarray(length)) {
      length = wholeMessageLength(received) ?? Number.POSITIVE_INFINITY
      if (Number.isNaN(length)) return socket.destroy(new TurnError('not-stun', 'the response is no STUN message'))
      if (length > received.length) return
      connection.onMessage(received.subarray(0, length))
    }
  })
  socket.on('error', onError)
  socket.on('close', () => onError(new Error('the server closed the connection')))
  return connection
}

/** Waits for a message. Calls `send`; where that may be lost, again after 0.5, 1, 2… seconds (RFC 8489, section 6.2.1). */
export function sendUntilReceivedOrAborted(
  connection: Connection,
  matches: (message: Message) => boolean,
  send: () => void,
  signal: AbortSignal,
  isLossy = connection.isLossy,
): Promise<Message> {
  const { promise, resolve, reject } = Promise.withResolvers<Message>()
  signal.throwIfAborted()
  signal.addEventListener('abort', () => reject(signal.reason), { once: true })
  connection.onMessage = bytes => {
    const message = parseMessage(bytes)
    if (!message || !matches(message)) return
    // A second response to what was sent twice says nothing new.
    connection.onMessage = () => {}
    resolve(message)
  }
  let timer: NodeJS.Timeout | undefined
  const transmit = (pause: number) => {
    if (isLossy || timer === undefined) send()
    timer = setTimeout(transmit, pause, pause * 2)
  }
  transmit(500)
  return promise.finally(() => clearTimeout(timer))
}
