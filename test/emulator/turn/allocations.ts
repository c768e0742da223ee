import { createSocket, type Socket } from 'node:dgram'
import { once } from 'node:events'

/** A client by the connection that its messages come on. */
export interface Client {
  readonly key: string
  readonly isUdp: boolean
  send(bytes: Buffer): void
  /** Sends from another address; only on UDP. */
  sendFromElsewhere(bytes: Buffer): void
  close(): void
}

/** A relay address of a client. */
export interface Allocation {
  readonly client: Client
  readonly username: string
  readonly relay: Socket
  readonly port: number
  /** The transaction that made it, and what was responded: a request that is sent again gets the same. */
  readonly transaction: string
  /** Whether packets from 127.0.0.1 are let through. */
  isPermitted: boolean
}

/** All allocations of a server, one a client at most. RFC 8656, section 7. */
export class Allocations {
  readonly #byClient = new Map<string, Allocation>()
  readonly #quota: number
  /** How many there have ever been. */
  total = 0

  constructor(quota: number) {
    this.#quota = quota
  }

  get size(): number {
    return this.#byClient.size
  }

  of(client: Client): Allocation | undefined {
    return this.#byClient.get(client.key)
  }

  isQuotaReached(username: string): boolean {
    return [...this.#byClient.values()].filter(one => one.username === username).length >= this.#quota
  }

  /** Opens a relay address. What comes in there is handed on while it is permitted. */
  async create(
    client: Client,
    username: string,
    transaction: string,
    onData: (data: Buffer, port: number) => void,
  ): Promise<Allocation> {
    const relay = createSocket('udp4')
    relay.bind(0, '127.0.0.1')
    await once(relay, 'listening')
    const allocation = {
      client,
      username,
      relay,
      port: relay.address().port,
      transaction,
      isPermitted: false,
    }
    relay.on('message', (data, { port }) => {
      if (allocation.isPermitted) onData(data, port)
    })
    this.#byClient.set(client.key, allocation)
    this.total++
    return allocation
  }

  delete(client: Client): void {
    this.of(client)?.relay.close()
    this.#byClient.delete(client.key)
  }

  clear(): void {
    for (const { client } of [...this.#byClient.values()]) this.delete(client)
  }
}
