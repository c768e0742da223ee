import type { Clock } from '../clock/clock.ts'
import type { Certificate } from './certificate.ts'
import type { IssuedCredential } from './cloudflare/credentials.ts'
import type { Coturn } from './cloudflare/ice-servers.ts'
import type { StoredKey } from './cloudflare/key-store.ts'
import type { SecretField } from './cloudflare/keys.ts'
import type { Pages } from './cloudflare/pages.ts'
import { ACCOUNT_ID, OTHER_ACCOUNT_ID, TOKENS } from './cloudflare/tokens.ts'
import type { SeededUsage } from './cloudflare/usage.ts'
import type { StoredWorker } from './cloudflare/worker-store.ts'
import { control } from './control.ts'
import type { Fault } from './faults.ts'
import { GITHUB_TOKENS, type GithubSide } from './github/github.ts'
import type { RecordedRequest } from './requests.ts'
import { routeOf } from './routes.ts'
import { listen, portOf, stop, type Transport } from './server.ts'
import { createServices, handle, reset, type Services } from './services.ts'

export type { StoredKey, StoredWorker }
export { ACCOUNT_ID, GITHUB_TOKENS, OTHER_ACCOUNT_ID, TOKENS }

/** How an emulator differs from the services as they are today. */
export interface EmulatorOptions {
  /** 0, the default, takes a free one. */
  port?: number
  /** Default `http`; the certificate of `https` is in CERTIFICATE_FILE, unless another is given. */
  transport?: Transport
  certificate?: Certificate
  /** Where create's response has the secret (default `secret`, as on the live API). */
  secretField?: SecretField
  /** What `generate-ice-servers` responds with (default `array`). */
  mintForm?: 'array' | 'object'
  /** Milliseconds before the effect of each request. */
  latency?: number
  /** Requests a token in a window of seconds (default 1,200 in 300). */
  quota?: { limit: number; window: number }
  /** Requests a second from one address (default 200). */
  perSecond?: number
  /** Milliseconds during which the credentials API does not know a new key. */
  mintDelay?: number
  mintDelayStatus?: 401 | 404
  /** Milliseconds that Cloudflare's clock is ahead of this machine's; negative: behind. */
  cloudflareClockOffset?: number
  /** The same for GitHub's clock. */
  githubClockOffset?: number
  /** What Cloudflare stores for a name that it is given (default: the same); to trim or cut it, for one. */
  storedName?: (name: string) => string
  /** How a list without a key comes (default `array`). */
  emptyList?: 'array' | 'null'
  /** Holds a request until it resolves; only then is anything decided about it. */
  gate?: (request: RecordedRequest) => Promise<void> | void
  /** Mint for a real coturn. */
  turn?: Coturn
}

/** A running emulator, as a test in the same process sees it. */
export interface Emulator {
  readonly origin: string
  readonly apiUrl: string
  readonly rtcUrl: string
  readonly githubUrl: string
  readonly requests: RecordedRequest[]
  /** Oldest first. */
  keys(accountId?: string): StoredKey[]
  credentials(): IssuedCredential[]
  /** With an empty `created`, Cloudflare gives no times of it. */
  seedKey(key: { name: string; uid?: string; created?: string; accountId?: string }): StoredKey
  /** What was relayed with a key, at an ISO 8601 time; the key need not exist. */
  seedUsage(row: SeededUsage): void
  /** As if deleted in the dashboard. */
  removeKey(uid: string): void
  worker(name: string): StoredWorker | undefined
  /** Sets members of a Worker; one of that name that does not exist is deployed first. */
  setWorker(name: string, members?: Partial<StoredWorker>): StoredWorker
  removeWorker(name: string): void
  readonly pages: Pick<Pages, 'add' | 'addPreviews' | 'deployments'>
  injectFault(fault: Fault): void
  readonly github: GithubSide
  /** The time of its services, and of steps that are to share it. */
  readonly clock: Clock
  /** The most requests in progress at once so far. */
  peakConcurrency(): number
  /** Kills open connections too. */
  close(): Promise<void>
}

function controlApiOf(
  services: Services,
): Omit<Emulator, 'origin' | 'apiUrl' | 'rtcUrl' | 'githubUrl' | 'close'> {
  const { cloudflare, github, faultQueue, requests, clock } = services
  return {
    requests: requests.list,
    keys: accountId => cloudflare.store.all(accountId),
    credentials: () => cloudflare.credentials.all(),
    seedKey: key => cloudflare.store.seed({ accountId: ACCOUNT_ID, ...key }),
    seedUsage: row => cloudflare.usage.seed(row),
    removeKey: uid => cloudflare.remove(uid),
    worker: name => cloudflare.wrangler.workers.get(ACCOUNT_ID, name),
    setWorker: (name, members) => cloudflare.wrangler.workers.set(ACCOUNT_ID, name, members),
    pages: cloudflare.wrangler.pages,
    removeWorker: name => cloudflare.wrangler.workers.remove(ACCOUNT_ID, name),
    injectFault: fault => faultQueue.add(fault),
    github,
    clock,
    peakConcurrency: () => requests.peak,
  }
}

/** Starts an emulator on loopback. */
export async function startEmulator(options: EmulatorOptions = {}): Promise<Emulator> {
  const { transport = 'http' } = options
  const services = createServices(options)
  const controlApi = controlApiOf(services)
  const remote = {
    ...controlApi,
    environments: () => services.github.environments(),
    reset: () => reset(services),
  }
  const serve: Parameters<typeof listen>[2] = async (call, response) => {
    if (!call.path.startsWith('/emulator/'))
      return handle(services, call, routeOf(call.method, call.path), response)
    const { status, headers, body } = control(remote, call)
    response.writeHead(status, headers).end(body)
  }
  const server = await listen(options.port ?? 0, transport, serve, options.certificate)
  const origin = `${transport === 'http' ? 'http' : 'https'}://127.0.0.1:${portOf(server)}`
  const urls = { apiUrl: `${origin}/client/v4`, rtcUrl: `${origin}/v1`, githubUrl: `${origin}/github` }
  return { origin, ...urls, ...controlApi, close: () => stop(server) }
}
