import { setTimeout as sleep } from 'node:timers/promises'
import { createMasker } from '../github-runner/masker.ts'
import { fieldsOf, type ServiceResponse, send } from './request.ts'
import { keyName, type Run } from './run-name.ts'
import type { GitHubSettings, Settings } from './settings.ts'

/** A key that a trial created. */
export interface TrialKey {
  readonly uid: string
  readonly secret: string
}

interface Options {
  readonly body?: unknown
  readonly contentType?: string
  /** The whole header's value instead of the right one; null: none is sent. */
  readonly authorization?: string | null
}

/** The path of an environment, for {@link Trial.github}; the settings' own unless given. */
export function environmentPath(trial: Trial, environment = trial.githubSettings().environment): string {
  return `/environments/${encodeURIComponent(environment)}`
}

/** Thrown instead of a request once the run is to end. */
export class Stopped extends Error {
  override readonly message = 'stopped'
}

const MOST_WAIT_SECONDS = 300
const MOST_WAITS = 3

/** The services, and what one run knows of them. */
export class Trial {
  readonly settings: Settings
  readonly run: Run
  /** What `Retry-After` said, wherever a limit was reached. */
  readonly retryAfter: string[] = []
  readonly #stopping: AbortSignal
  readonly #masker
  #key: Promise<TrialKey> | undefined

  constructor(settings: Settings, run: Run, stopping: AbortSignal) {
    this.settings = settings
    this.run = run
    this.#stopping = stopping
    const { apiToken, accountId, github } = settings
    const secrets = [apiToken, accountId, github?.token, github?.tokenWithoutPermission]
    this.#masker = createMasker(secrets.filter(secret => secret !== undefined))
  }

  /** A call of Cloudflare's API; the path is what follows the base URL. */
  api(method: string, path: string, options: Options = {}): Promise<ServiceResponse> {
    const { apiUrl, apiToken } = this.settings
    return this.#send(method, `${apiUrl}${path}`, `Bearer ${apiToken}`, options)
  }

  /** A call on the account's TURN keys; the path is what follows `turn_keys`. */
  keys(method: string, path = '', options: Options = {}): Promise<ServiceResponse> {
    return this.api(method, `/accounts/${this.settings.accountId}/calls/turn_keys${path}`, options)
  }

  /** A POST of the credentials API; the path is what follows `credentials/`. */
  credentials({ uid, secret }: TrialKey, path: string, options: Options = {}): Promise<ServiceResponse> {
    const url = `${this.settings.rtcUrl}/turn/keys/${uid}/credentials/${path}`
    return this.#send('POST', url, `Bearer ${secret}`, options)
  }

  /** A call of GitHub's API; the path is what follows the repository's. */
  github(method: string, path: string, options: Options = {}): Promise<ServiceResponse> {
    const { url, repository, token } = this.githubSettings()
    return this.#send(method, `${url}/repos/${repository}${path}`, `token ${token}`, options)
  }

  githubSettings(): GitHubSettings {
    if (this.settings.github === undefined) throw new Error('LIVE_GITHUB_TOKEN is not set')
    return this.settings.github
  }

  /** Creates a key under this run's name. */
  async createKey(suffix: string): Promise<TrialKey & { readonly response: ServiceResponse }> {
    const response = await this.keys('POST', '', { body: { name: `${keyName(this.run)} ${suffix}` } })
    const { uid, secret, key } = fieldsOf(fieldsOf(response.json).result)
    const value = typeof secret === 'string' ? secret : key
    if (typeof uid !== 'string' || typeof value !== 'string')
      throw new Error(`no key was created (HTTP status ${response.status})`)
    this.hide(value)
    return { uid, secret: value, response }
  }

  /** A key that the facts share: none of them changes it. */
  key(): Promise<TrialKey> {
    this.#key ??= this.createKey('shared')
    return this.#key
  }

  /** Keeps a value out of the table and the report. */
  hide(value: string): void {
    this.#masker.add(value)
  }

  mask(text: string): string {
    return this.#masker.mask(text)
  }

  /** Waits, unless the run is to end. */
  async sleep(milliseconds: number): Promise<void> {
    await sleep(milliseconds, undefined, { signal: this.#stopping }).catch(() => {
      throw new Stopped()
    })
  }

  async #send(method: string, url: string, right: string, options: Options): Promise<ServiceResponse> {
    const { authorization = right, ...rest } = options
    for (let waits = 0; ; waits++) {
      if (this.#stopping.aborted) throw new Stopped()
      const response = await send({ method, url, authorization: authorization ?? undefined, ...rest })
      const wait = response.headers.get('retry-after')
      if (response.status !== 429 || wait === null || waits === MOST_WAITS) return response
      this.retryAfter.push(wait)
      await this.sleep(Math.min(Number(wait) || 60, MOST_WAIT_SECONDS) * 1000)
    }
  }
}
