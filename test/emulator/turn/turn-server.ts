import { randomBytes } from 'node:crypto'
import { Allocations, type Client } from './allocations.ts'
import { type Frames, type TurnFault, TurnFaults, type TurnMethod } from './faults.ts'
import { type Handlers, listenTcp, listenUdp } from './listeners.ts'
import { Requests } from './requests.ts'
import { METHODS, readMessage, type StunMessage } from './stun.ts'

/** How a server differs from one that relays for whoever has a credential made with its secret. */
export interface TurnServerOptions {
  readonly faults?: readonly TurnFault[]
  readonly frames?: Frames
  /** Allocations a user may have (default 100). */
  readonly quota?: number
  /** `none`: relays for everybody. */
  readonly authentication?: 'none'
}

/** A TURN server on loopback. It takes the place of coturn where an emulator mints for one. */
export interface TurnServer {
  /** What credentials are made with: the expiry in the name, the credential an HMAC of the name. */
  readonly secret: string
  /** Over UDP, TCP and TLS, in this order. */
  readonly urls: string[]
  /** What came from clients: the methods, and what nobody should send. */
  readonly received: readonly string[]
  /** Allocations that nobody has given back. */
  open(): number
  /** How many allocations there have ever been. */
  total(): number
  close(): Promise<void>
}

/** Starts a server on free ports of 127.0.0.1. */
export async function startTurnServer(options: TurnServerOptions = {}): Promise<TurnServer> {
  const secret = randomBytes(32).toString('hex')
  const allocations = new Allocations(options.quota ?? 100)
  const requests = new Requests(secret, allocations, options.authentication !== 'none')
  const faults = new TurnFaults(options.faults ?? [])
  const received: string[] = []
  const handlers: Handlers = {
    onMessage: (client, bytes) => void receive(client, bytes, requests, faults, received),
    // A connection that ends takes its allocation along (RFC 8656, section 3.1); nothing of the kind on UDP.
    onGone: client => allocations.delete(client),
  }
  const frames = options.frames ?? 'whole'
  const udp = await listenUdp(handlers)
  const [tcp, tls] = [await listenTcp(false, frames, handlers), await listenTcp(true, frames, handlers)]
  const listeners = [udp, tcp, tls]
  return {
    secret,
    urls: [
      `turn:127.0.0.1:${udp.port}?transport=udp`,
      `turn:127.0.0.1:${tcp.port}?transport=tcp`,
      `turns:127.0.0.1:${tls.port}?transport=tcp`,
    ],
    received,
    open: () => allocations.size,
    total: () => allocations.total,
    async close() {
      allocations.clear()
      await Promise.all(listeners.splice(0).map(listener => listener.close()))
    },
  }
}

const USERNAME = 0x0006

function methodOf({ method }: StunMessage): TurnMethod {
  for (const name of ['binding', 'allocate', 'refresh', 'send', 'createPermission'] as const) {
    if (METHODS[name] === method) return name
  }
  throw new Error(`method ${method}`)
}

async function receive(
  client: Client,
  bytes: Buffer,
  requests: Requests,
  faults: TurnFaults,
  received: string[],
): Promise<void> {
  try {
    const message = readMessage(bytes)
    const method = methodOf(message)
    received.push(method)
    const fault = faults.take(method, message.attributes.has(USERNAME))
    await requests.handle(client, message, method, fault)
  } catch (error) {
    // No client has a reason to send such a thing: a test that looks will see it.
    received.push(String(error))
  }
}
