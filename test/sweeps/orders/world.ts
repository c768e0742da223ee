import { ACCOUNT_ID } from '../../emulator/cloudflare/tokens.ts'
import type { EmulatedResponse } from '../../emulator/emulated-response.ts'
import { routeOf } from '../../emulator/routes.ts'
import { createServices, respond, type Services } from '../../emulator/services.ts'
import type { Pending } from './job.ts'

/** What is stored when the first job starts. */
export type Start = 'nothing' | 'a healthy pair' | 'a torn pair'

/** One step of an order: a request of a job, or several that it sent side by side. */
export interface Step {
  readonly job: number
  /** What is asked for, and about which key; `pause` is the end of a pause. */
  readonly operations: readonly string[]
}

const OLD = '2026-01-01T00:00:00Z'
const [UID, SECRET] = ['TURN_KEY_ID', 'TURN_KEY_API_TOKEN']
const UNLIMITED = { quota: { limit: 1e9, window: 300 }, perSecond: 1e9 }

/** Cloudflare and GitHub, in this process, as several jobs see them. */
export class World {
  /** The environment that stores the pair; empty for the repository. */
  readonly environment: string
  readonly services: Services = createServices(UNLIMITED)
  /** It stands still but for what an order says: an order comes to the same each time. */
  #now = Date.parse('2026-06-01T00:00:00Z')
  /** Keys by uid: the same key has the same name in each run. */
  readonly #names = new Map<string, string>()

  constructor(environment: string, start: Start) {
    this.environment = environment
    this.services.clock.now = () => this.#now
    const { github } = this.services
    const old = this.#seed('old')
    if (start === 'nothing') return
    github.setVariable(environment, UID, old.uid, OLD)
    github.setSecret(environment, SECRET, old.secret, OLD)
    if (start === 'a torn pair')
      github.setSecret(environment, SECRET, this.#seed('torn').secret, '2026-01-01T00:00:09Z')
  }

  /** What a pending request is for. */
  describe({ request }: Pending): string {
    if (!request) return 'pause'
    const { operation, params } = routeOf(request.method, request.path)
    return `${operation} ${this.#names.get(params.uid ?? '') ?? ''}`.trim()
  }

  /** Carries a request out. So many `seconds` pass before it, and `late` ones before its response leaves. */
  async carryOut({ request }: Pending, seconds: number, late: number): Promise<EmulatedResponse> {
    if (!request) return { status: 0, headers: {}, body: '' }
    const { cloudflare } = this.services
    this.#now += seconds * 1000
    const route = routeOf(request.method, request.path)
    const response = await respond(this.services, request, route)
    this.#now += late * 1000
    if (route.operation === 'create') {
      const key = cloudflare.store.all(ACCOUNT_ID).find(({ uid }) => !this.#names.has(uid))
      this.#names.set(key?.uid ?? '', `key ${this.#names.size}`)
    }
    const date = Date.parse(String(response.headers.Date)) + late * 1000
    return { ...response, headers: { ...response.headers, Date: new Date(date).toUTCString() } }
  }

  /** What is wrong with what is stored; empty for a whole pair, and for none that anybody would take for one. */
  problem(): string {
    const content = this.services.github.environment(this.environment)
    const [uid, secret] = [content?.variables[UID], content?.secrets[SECRET]]
    if (!uid || !secret || uid.updatedAt < secret.updatedAt) return ''
    const key = this.services.cloudflare.store.get(uid.value)
    if (!key) return `the variable names a deleted key, ${this.#names.get(uid.value)}`
    return key.secret === secret.value ? '' : 'the pair is torn'
  }

  /** Whether a whole pair is stored, and its key is there. */
  isWhole(): boolean {
    const content = this.services.github.environment(this.environment)
    return (
      content?.variables[UID] !== undefined && content.secrets[SECRET] !== undefined && this.problem() === ''
    )
  }

  #seed(name: string) {
    const key = { accountId: ACCOUNT_ID, name: this.environment ? 'octo/app:staging' : 'octo/app' }
    const seeded = this.services.cloudflare.store.seed({ ...key, created: OLD })
    this.#names.set(seeded.uid, name)
    return seeded
  }
}
