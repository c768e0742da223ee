import { createHash, randomBytes } from 'node:crypto'
import { formatAddress } from './address.ts'
import { type Connection, sendUntilReceivedOrAborted } from './connection.ts'
import { TurnError, type TurnFailureKind, type TurnStage } from './error.ts'
import { type Attributes, CLASS, encodeMessage, hasIntegrity, METHOD, type Message } from './message.ts'

/** RFC 8489, section 14.8; RFC 8656, section 19. */
const KINDS: Record<number, TurnFailureKind> = { 300: 'alternate', 401: 'unauthorized', 486: 'quota' }
const FORBIDDEN = 403
const MAX_CHALLENGES = 4
const UDP = Buffer.from([17, 0, 0, 0])

/** A client of a TURN server (RFC 8656) with a long-term credential. What it waits for ends with a signal's reason. */
export class TurnClient {
  /** Why the server does not relay, if nothing more comes. */
  stage: TurnStage = 'no-response'
  readonly #connection: Connection
  readonly #user: readonly [name: string, credential: string]
  readonly #signal: AbortSignal
  #identity: Attributes = {}
  #key: Buffer | undefined
  #mayBeAllocated = false

  constructor(connection: Connection, username: string, credential: string, signal: AbortSignal) {
    this.#connection = connection
    this.#user = [username, credential]
    this.#signal = signal
  }

  /** Sends the one request that needs no credential. */
  bind = (): Promise<unknown> => this.#request(METHOD.binding)

  /** Allocates a relay address. */
  async allocate(): Promise<Buffer> {
    const { xorRelayedAddress } = (await this.#request(METHOD.allocate, { requestedTransport: UDP })).attributes
    if (xorRelayedAddress && formatAddress(xorRelayedAddress)) return xorRelayedAddress
    throw new TurnError('refused', 'the response has no relay address')
  }

  /** Lets through what comes from another relay address. */
  permit = (peer: Buffer): Promise<unknown> => this.#request(METHOD.createPermission, { xorPeerAddress: peer })

  /** Sends data to another client, from relay address to relay address, until it has arrived. */
  async relay(data: Buffer, xorPeerAddress: Buffer, receiver: TurnClient): Promise<void> {
    this.stage = 'not-relayed'
    // A relay address may have had another owner, whose packets are of other lengths.
    const isData = ({ type, attributes }: Message) =>
      type === (METHOD.data | CLASS.indication) && attributes.data?.length === data.length
    const send = () => this.#connection.send(encodeMessage(METHOD.send | CLASS.indication, { xorPeerAddress, data }))
    const { attributes } = await sendUntilReceivedOrAborted(receiver.#connection, isData, send, this.#signal, true)
    if (!attributes.data?.equals(data)) throw new TurnError('altered', 'other bytes arrived than were sent')
  }

  /** Gives the allocation back where there may be one, within 3 seconds (or else it ends by itself); disconnects. */
  async release(): Promise<void> {
    const refresh = [METHOD.refresh, { lifetime: Buffer.alloc(4) }, AbortSignal.timeout(3000)] as const
    if (this.#mayBeAllocated) await this.#request(...refresh).catch(() => {})
    this.#connection.close()
  }

  /** Sends a request: with the credential once the server has asked for it, and again when its nonce is stale. */
  async #request(method: number, attributes: Attributes = {}, signal = this.#signal): Promise<Message> {
    for (let challenges = 0; ; challenges++) {
      const response = await this.#exchange(method, attributes, signal)
      const code = errorCode(response)
      const isChallenge = code === 438 || (code === 401 && !this.#key)
      if (method === METHOD.allocate) this.#mayBeAllocated = isChallenge || code === undefined
      if (code === undefined) return response
      if (isChallenge && challenges < MAX_CHALLENGES && this.#identify(response.attributes)) continue
      // Of anything but a peer's address, it says something else.
      const isPeerDenied = code === FORBIDDEN && method === METHOD.createPermission
      const kind = isPeerDenied ? 'forbidden' : (KINDS[code] ?? 'refused')
      throw new TurnError(kind, `${code} ${response.attributes.errorCode?.subarray(4)}`)
    }
  }

  #exchange(method: number, attributes: Attributes, signal: AbortSignal): Promise<Message> {
    const [id, key] = [randomBytes(12), this.#key]
    const request = encodeMessage(method, { ...attributes, ...this.#identity }, id, key)
    const isResponse = (message: Message) => {
      const isOurs = (message.type & ~CLASS.indication) === (method | CLASS.success) && message.transactionId.equals(id)
      // A server need not sign these two. RFC 8489, section 9.2.5.
      const isGenuine = !key || hasIntegrity(message, key) || [401, 438].includes(errorCode(message) ?? 0)
      if (isOurs) this.stage = isGenuine ? 'stopped-responding' : 'unsigned'
      return isOurs && isGenuine
    }
    return sendUntilReceivedOrAborted(this.#connection, isResponse, () => this.#connection.send(request), signal)
  }

  /** Takes the realm and the nonce of a challenge; false when it has none. */
  #identify({ nonce, realm = this.#identity.realm }: Attributes): boolean {
    const [username, credential] = this.#user
    if (!realm || !nonce) return false
    this.#identity = { username: Buffer.from(username), nonce, realm }
    this.#key = createHash('md5').update(`${username}:`).update(realm).update(`:${credential}`).digest()
    return true
  }
}

/** The error code of a response (RFC 8489, section 14.8); undefined when it is a success. */
const errorCode = ({ type, attributes: { errorCode: value } }: Message): number | undefined =>
  (type & CLASS.error) === CLASS.error ? ((value?.[2] ?? 0) & 7) * 100 + (value?.[3] ?? 0) : undefined
