import { randomBytes } from 'node:crypto'
import type { Files } from './asset-store.ts'

/** What was uploaded: the modules and the static assets. */
export interface Code {
  readonly mainModule: string
  readonly modules: Files
  readonly assets: Files
}

/** A preview of a Worker; its environment is absent until something is deployed to it. */
export interface StoredPreview {
  readonly id: string
  readonly name: string
  /** What it began with: the base configuration's, values included. */
  readonly base: Readonly<Record<string, unknown>>
  readonly deployment?: { readonly code: Code; readonly env: Readonly<Record<string, unknown>> }
}

/** A Worker with all that only Cloudflare knows of it. */
export interface StoredWorker {
  readonly id: string
  readonly name: string
  readonly secrets: Readonly<Record<string, string>>
  /** Names of its environment that its Wrangler file gives a value. */
  readonly vars: readonly string[]
  /** What each new preview starts with, values included; absent until somebody sets it. */
  readonly previewsBaseConfig?: unknown
  /** Whether the version that was uploaded last is the one that is deployed. */
  readonly isLatestDeployed: boolean
  readonly code?: Code
  readonly previews: readonly StoredPreview[]
}

/** The Workers of all accounts. */
export class WorkerStore {
  readonly #workers = new Map<string, StoredWorker>()

  get(account: string, name: string): StoredWorker | undefined {
    return this.#workers.get(`${account}/${name}`)
  }

  /** Sets members of a Worker. One of that name that does not exist is deployed first. */
  set(account: string, name: string, members: Partial<StoredWorker> = {}): StoredWorker {
    const id = randomBytes(16).toString('hex')
    const fresh = { id, name, secrets: {}, vars: [], isLatestDeployed: true, previews: [] }
    const worker = { ...fresh, ...this.get(account, name), ...members }
    this.#workers.set(`${account}/${name}`, worker)
    return worker
  }

  remove(account: string, name: string): void {
    this.#workers.delete(`${account}/${name}`)
  }

  clear(): void {
    this.#workers.clear()
  }
}
