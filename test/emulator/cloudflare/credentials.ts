import { type EmulatedResponse, isObject, json, parsed, plain } from '../emulated-response.ts'
import { type Coturn, oneServer, separateServers, userOf } from './ice-servers.ts'
import type { KeyStore } from './key-store.ts'

/** The longest life of a credential, in seconds: 48 hours. */
const LONGEST = 172_800

/** A credential that was minted. */
export interface IssuedCredential {
  readonly uid: string
  readonly username: string
  readonly credential: string
  readonly ttl: number
  readonly customIdentifier: string | undefined
  /** ISO 8601. */
  readonly expiresAt: string
  readonly revoked: boolean
}

/** How minting behaves; see the emulator's options. */
export interface MintOptions {
  readonly mintForm: 'array' | 'object'
  readonly mintDelay: number
  readonly mintDelayStatus: 401 | 404
  /** Its clock: milliseconds since 1970. */
  readonly now: () => number
  readonly turn: Coturn | undefined
}

/** The credentials API. The facts give its statuses and no bodies for its errors: they are plain text here. */
export class Credentials {
  readonly #store: KeyStore
  readonly #options: MintOptions
  #issued: IssuedCredential[] = []

  constructor(store: KeyStore, options: MintOptions) {
    this.#store = store
    this.#options = options
  }

  all(): IssuedCredential[] {
    return [...this.#issued]
  }

  /** `older` is the call `generate`, which always responds with one object. */
  mint(uid: string, authorization: string | undefined, body: string, older: boolean): EmulatedResponse {
    const refused = this.#refusal(uid, authorization)
    if (refused) return refused
    const wanted = wish(body)
    if (typeof wanted === 'string') return plain(400, wanted)
    const expiry = Math.floor(this.#options.now() / 1000) + wanted.ttl
    const { turn, mintForm } = this.#options
    const user = userOf(expiry, turn)
    const expiresAt = new Date(expiry * 1000).toISOString()
    this.#issued.push({ uid, ...user, ...wanted, expiresAt, revoked: false })
    const single = older || mintForm === 'object'
    return json(201, { iceServers: single ? oneServer(user, turn) : separateServers(user, turn) })
  }

  revoke(uid: string, authorization: string | undefined, username: string): EmulatedResponse {
    const refused = this.#refusal(uid, authorization)
    if (refused) return refused
    const known = this.#issued.some(
      item => item.uid === uid && item.username === username && this.#isLive(item),
    )
    if (!known) return plain(404, 'Not Found')
    this.#end(item => item.uid === uid && item.username === username)
    return plain(204)
  }

  /** Ends everything minted from a key, as deleting the key does. */
  endAllOf(uid: string): void {
    this.#end(item => item.uid === uid)
  }

  clear(): void {
    this.#issued = []
  }

  #isLive(item: IssuedCredential): boolean {
    return !item.revoked && Date.parse(item.expiresAt) > this.#options.now()
  }

  #end(which: (item: IssuedCredential) => boolean): void {
    this.#issued = this.#issued.map(item => (which(item) ? { ...item, revoked: true } : item))
  }

  /** The bearer is the key's own secret: an API token is as wrong as anything else. */
  #refusal(uid: string, authorization: string | undefined): EmulatedResponse | undefined {
    const key = this.#store.get(uid)
    if (!key) return plain(404, 'Not Found')
    const { mintDelay, mintDelayStatus } = this.#options
    if (this.#store.age(uid) < mintDelay) {
      return plain(mintDelayStatus, mintDelayStatus === 401 ? 'Unauthorized' : 'Not Found')
    }
    const given = /^bearer (.+)$/i.exec(authorization ?? '')?.[1]
    return given === key.secret ? undefined : plain(401, 'Unauthorized')
  }
}

/** What a body asks for, or what is wrong with it. */
function wish(body: string): { ttl: number; customIdentifier: string | undefined } | string {
  const content = parsed(body)
  if (!isObject(content)) return 'Bad Request: malformed JSON'
  const { ttl, customIdentifier } = content
  if (typeof ttl !== 'number' || !Number.isInteger(ttl) || ttl < 1 || ttl > LONGEST) {
    return `Bad Request: ttl must be an integer from 1 to ${LONGEST}`
  }
  if (customIdentifier !== undefined && typeof customIdentifier !== 'string') {
    return 'Bad Request: customIdentifier must be a string'
  }
  return { ttl, customIdentifier }
}
