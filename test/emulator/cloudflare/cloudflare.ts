import { randomBytes } from 'node:crypto'
import { type EmulatedResponse, type IncomingRequest, plain } from '../emulated-response.ts'
import type { Edge } from '../request-context.ts'
import type { Route } from '../routes.ts'
import { Credentials, type MintOptions } from './credentials.ts'
import { failure, noRoute, throttled } from './envelope.ts'
import { KeyStore } from './key-store.ts'
import { Keys, type KeysOptions } from './keys.ts'
import { RateLimit } from './rate-limit.ts'
import { accountOf, analyticsOf, bearerOf, malformed, refusal, unknownToken } from './tokens.ts'
import { Usage } from './usage.ts'
import { userCall } from './user.ts'
import { areaOf, WRANGLER_READS, Wrangler } from './wrangler.ts'

interface CloudflareOptions extends MintOptions, KeysOptions {
  readonly quota: { limit: number; window: number }
  readonly perSecond: number
}

/** The operations that change nothing. */
const READS: readonly Route['operation'][] = ['list', 'get', ...WRANGLER_READS]

/** Cloudflare's APIs over one set of keys, and the analytics of what these relayed. */
export class Cloudflare {
  readonly store: KeyStore
  readonly wrangler = new Wrangler()
  readonly credentials: Credentials
  readonly usage = new Usage()
  readonly #keys: Keys
  readonly #limit: RateLimit
  readonly #now: () => number

  constructor(options: CloudflareOptions) {
    this.store = new KeyStore(options.now)
    this.#now = options.now
    this.credentials = new Credentials(this.store, options)
    this.#keys = new Keys(this.store, options, uid => this.remove(uid))
    this.#limit = new RateLimit(options.quota, options.perSecond)
  }

  /** Deletes a key and ends what was minted from it. */
  remove(uid: string): void {
    this.store.remove(uid)
    this.credentials.endAllOf(uid)
  }

  clear(): void {
    this.store.clear()
    this.wrangler.clear()
    this.credentials.clear()
    this.usage.clear()
    this.#limit.clear()
  }

  /** Only the management API counts requests. */
  edge(route: Route, call: IncomingRequest): Edge {
    const now = this.#now
    const always = { 'cf-ray': `${randomBytes(8).toString('hex')}-EMU` }
    if (route.host !== 'api') return { now, headers: always, blocked: undefined }
    const { headers, retryAfter } = this.#limit.take(bearerOf(call.headers.authorization) ?? '', now())
    const blocked = retryAfter ? throttled(retryAfter) : undefined
    return { now, headers: { ...always, ...headers }, blocked }
  }

  async respond(route: Route, call: IncomingRequest): Promise<EmulatedResponse> {
    return route.host === 'rtc' ? this.#rtc(route, call) : this.#api(route, call)
  }

  async #api(route: Route, call: IncomingRequest): Promise<EmulatedResponse> {
    const { account, uid = '' } = route.params
    const path = call.path.split('?', 1)[0] ?? ''
    if (route.operation === 'unknown') return noRoute(path, 400)
    if (account !== undefined && !/^[0-9a-f]{32}$/i.test(account)) return noRoute(path, 404)
    const header = call.headers.authorization
    const bad = malformed(header)
    if (bad) return bad
    if (route.operation === 'wrong-method') return methodNotAllowed()
    if (route.operation === 'graphql') return this.#graphql(bearerOf(header) ?? '', call.body)
    const response = this.wrangler.respondWithoutToken(route, call)
    if (response) return response
    if (account === undefined) return userCall(route, bearerOf(header) ?? '')
    const area = areaOf(route)
    const level = READS.includes(route.operation) ? 'read' : 'write'
    const refused = refusal(bearerOf(header) ?? '', account, area, level)
    if (refused) return refused
    if (area !== 'calls') return this.wrangler.respond(route, call)
    return this.#onKeys(route, account, uid, call.body)
  }

  #onKeys(route: Route, account: string, uid: string, body: string): EmulatedResponse {
    if (route.operation === 'create') return this.#keys.create(account, body)
    if (route.operation === 'list') return this.#keys.list(account)
    if (route.operation === 'get') return this.#keys.get(account, uid)
    if (route.operation === 'update') return this.#keys.update(account, uid, body)
    return this.#keys.delete(account, uid)
  }

  /** Which account a query is about, only the query says. */
  async #graphql(bearer: string, body: string): Promise<EmulatedResponse> {
    if (accountOf(bearer) === undefined) return unknownToken()
    // The package is large, and most tests need none of it.
    const { respondToQuery } = await import('./analytics.ts')
    return respondToQuery(body, { accountId: analyticsOf(bearer), usage: this.usage })
  }

  #rtc(route: Route, call: IncomingRequest): EmulatedResponse {
    const { uid = '', username = '' } = route.params
    const header = call.headers.authorization
    if (route.operation === 'wrong-method') return plain(405, 'Method Not Allowed')
    if (route.operation === 'unknown') return plain(404, 'Not Found')
    if (route.operation === 'revoke') return this.credentials.revoke(uid, header, username)
    return this.credentials.mint(uid, header, call.body, route.operation === 'mint-older')
  }
}

function methodNotAllowed(): EmulatedResponse {
  const message = 'Method not allowed for this authentication scheme'
  return failure(405, [{ code: 10405, message }])
}
