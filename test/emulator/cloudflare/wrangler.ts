import type { EmulatedResponse, IncomingRequest } from '../emulated-response.ts'
import type { Route } from '../routes.ts'
import { AssetStore } from './asset-store.ts'
import { assetCall, beginAssets } from './assets.ts'
import { deployCall } from './deploys.ts'
import { Pages } from './pages.ts'
import { previewCall } from './previews.ts'
import type { Area } from './tokens.ts'
import { WorkerStore } from './worker-store.ts'
import { workerCall } from './workers.ts'

type Operation = Route['operation']

/** The operations that change nothing. */
export const WRANGLER_READS: readonly Operation[] = [
  'worker',
  'worker-secrets',
  'worker-service',
  'worker-deployments',
  'worker-bindings',
  'worker-subdomain',
  'worker-preview',
  'worker-preview-deployment',
]

const ON_SECRETS: readonly Operation[] = ['worker', 'worker-patch', 'worker-secrets', 'worker-secrets-bulk']
const ON_ASSETS: readonly Operation[] = [
  'assets-upload',
  'pages-assets-upload',
  'pages-check-missing',
  'pages-upsert-hashes',
]

/** Which permission an operation needs. */
export function areaOf({ operation }: Route): Area {
  if (operation.startsWith('pages')) return 'pages'
  return operation.startsWith('worker') ? 'workers' : 'calls'
}

/** What Wrangler works on: Workers with their previews, and Pages. */
export class Wrangler {
  readonly workers = new WorkerStore()
  readonly #assets = new AssetStore()
  readonly pages = new Pages(this.#assets)

  /** Authorization is settled before, but for assets, which come with a token of their own. */
  async respond(route: Route, call: IncomingRequest): Promise<EmulatedResponse> {
    const { operation } = route
    if (operation.startsWith('pages')) return this.pages.respond(route, call)
    if (operation === 'worker-assets') return beginAssets(this.#assets, call)
    if (operation.startsWith('worker-preview')) return previewCall(this.workers, this.#assets, route, call)
    if (ON_SECRETS.includes(operation)) return workerCall(this.workers, route, call)
    return deployCall(this.workers, this.#assets, route, call)
  }

  /** The response to a call that needs no API token; undefined when it is none. */
  respondWithoutToken(route: Route, call: IncomingRequest): Promise<EmulatedResponse> | undefined {
    return ON_ASSETS.includes(route.operation) ? assetCall(this.#assets, route, call) : undefined
  }

  clear(): void {
    for (const part of [this.workers, this.#assets, this.pages]) part.clear()
  }
}
