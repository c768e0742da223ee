import { createHash, createHmac, randomBytes } from 'node:crypto'
import type { Allocations, Client } from './allocations.ts'
import type { TurnFault, TurnMethod } from './faults.ts'
import { errorOf, respond, type TurnResponse } from './responses.ts'
import { METHODS, portOfLoopback, type StunMessage, writeMessage, xorLoopback } from './stun.ts'

const ATTRIBUTE = {
  username: 0x0006,
  lifetime: 0x000d,
  xorPeerAddress: 0x0012,
  data: 0x0013,
  realm: 0x0014,
  nonce: 0x0015,
  xorRelayedAddress: 0x0016,
  requestedTransport: 0x0019,
} as const
const REALM = Buffer.from('emulator.test')
const [INDICATION, SUCCESS] = [0x0010, 0x0100]
const UDP = 17

type Attributes = TurnResponse['attributes']

/** Answers requests, and relays. RFC 8489, section 9.2.4, and RFC 8656. */
export class Requests {
  readonly #secret: string
  readonly #allocations: Allocations
  readonly #isClosed: boolean
  readonly #nonces = new Set<string>()

  constructor(secret: string, allocations: Allocations, isClosed: boolean) {
    this.#secret = secret
    this.#allocations = allocations
    this.#isClosed = isClosed
  }

  async handle(client: Client, message: StunMessage, method: TurnMethod, fault: TurnFault | undefined) {
    if (message.kind === 'indication') return this.#relay(client, message, fault)
    const response = this.#refusal(message, method, fault) ?? (await this.#carryOut(client, message, method))
    respond(client, message.id, response, fault)
  }

  /** Why a request is refused before anything is done; undefined when it is not. */
  #refusal(message: StunMessage, method: TurnMethod, fault: TurnFault | undefined): TurnResponse | undefined {
    const key = this.#keyOf(message)
    if (fault?.kind === 'stale-nonce') return errorOf(message, 438, [[ATTRIBUTE.nonce, this.#nonce()]])
    if (fault?.kind === 'error')
      return errorOf(message, fault.code, [], fault.unsigned ? undefined : key, fault.words)
    if (!this.#isClosed || method === 'binding') return undefined
    const challenge: Attributes = [
      [ATTRIBUTE.realm, REALM],
      [ATTRIBUTE.nonce, this.#nonce()],
    ]
    if (!message.attributes.has(ATTRIBUTE.username)) return errorOf(message, 401, challenge)
    if (!this.#nonces.has(String(message.attributes.get(ATTRIBUTE.nonce))))
      return errorOf(message, 438, challenge)
    if (!key || !message.isSignedWith(key)) return errorOf(message, 401, challenge)
    return undefined
  }

  #nonce(): Buffer {
    const nonce = randomBytes(16).toString('hex')
    this.#nonces.add(nonce)
    return Buffer.from(nonce)
  }

  /** The key of the user that a request names, while its credential is valid. */
  #keyOf({ attributes }: StunMessage): Buffer | undefined {
    const username = String(attributes.get(ATTRIBUTE.username) ?? '')
    if (!(Number.parseInt(username, 10) * 1000 > Date.now())) return undefined
    const credential = createHmac('sha1', this.#secret).update(username).digest('base64')
    return createHash('md5').update(`${username}:${REALM}:${credential}`).digest()
  }

  async #carryOut(client: Client, message: StunMessage, method: TurnMethod): Promise<TurnResponse> {
    const { attributes, method: number } = message
    const key = this.#isClosed && method !== 'binding' ? this.#keyOf(message) : undefined
    const success = (...values: Attributes[number][]) => ({ type: number | SUCCESS, attributes: values, key })
    const allocation = this.#allocations.of(client)
    if (method === 'binding') return success()
    if (method === 'allocate') return this.#allocate(client, message, key)
    if (!allocation) return errorOf(message, 437, [], key)
    if (method === 'refresh') {
      const lifetime = attributes.get(ATTRIBUTE.lifetime) ?? Buffer.from([0, 0, 2, 88])
      if (lifetime.readUInt32BE() === 0) this.#allocations.delete(client)
      return success([ATTRIBUTE.lifetime, lifetime])
    }
    portOfLoopback(attributes.get(ATTRIBUTE.xorPeerAddress) ?? Buffer.alloc(0))
    allocation.isPermitted = true
    return success()
  }

  async #allocate(client: Client, message: StunMessage, key: Buffer | undefined): Promise<TurnResponse> {
    const username = String(message.attributes.get(ATTRIBUTE.username))
    const transaction = message.id.toString('hex')
    const existing = this.#allocations.of(client)
    if (existing && existing.transaction !== transaction) return errorOf(message, 437, [], key)
    if (message.attributes.get(ATTRIBUTE.requestedTransport)?.[0] !== UDP)
      return errorOf(message, 442, [], key)
    if (!existing && this.#allocations.isQuotaReached(username)) return errorOf(message, 486, [], key)
    const onData = (data: Buffer, port: number) => {
      const values: Attributes = [
        [ATTRIBUTE.xorPeerAddress, xorLoopback(port)],
        [ATTRIBUTE.data, data],
      ]
      client.send(writeMessage(METHODS.data | INDICATION, randomBytes(12), values))
    }
    const { port } = existing ?? (await this.#allocations.create(client, username, transaction, onData))
    const values: Attributes = [
      [ATTRIBUTE.xorRelayedAddress, xorLoopback(port)],
      [ATTRIBUTE.lifetime, Buffer.from([0, 0, 2, 88])],
    ]
    return { type: METHODS.allocate | SUCCESS, attributes: values, key }
  }

  /** Sends the data of a Send indication on, from the client's relay address; without a permission it is lost. */
  #relay(client: Client, { attributes }: StunMessage, fault: TurnFault | undefined): void {
    const allocation = this.#allocations.of(client)
    const data = Buffer.from(attributes.get(ATTRIBUTE.data) ?? Buffer.alloc(0))
    const port = portOfLoopback(attributes.get(ATTRIBUTE.xorPeerAddress) ?? Buffer.alloc(0))
    if (fault?.kind === 'altered') data.writeUInt8(data.readUInt8(7) ^ 1, 7)
    if (allocation?.isPermitted && fault?.kind !== 'silence') allocation.relay.send(data, port, '127.0.0.1')
  }
}
