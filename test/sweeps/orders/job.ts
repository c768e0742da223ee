import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Dispatcher } from 'undici'
import { vi } from 'vitest'
import { RateLimitWaiter } from '../../../src/http/rate-limit.ts'
import type { ActionContext } from '../../../src/runner/run.ts'
import { ACCOUNT_ID, TOKENS } from '../../emulator/cloudflare/tokens.ts'
import type { EmulatedResponse, IncomingRequest } from '../../emulator/emulated-response.ts'
import { GITHUB_TOKENS } from '../../emulator/github/tokens.ts'
import { createCommandFiles } from '../../github-runner/command-files.ts'
import { readPairs } from '../../github-runner/pairs.ts'
import { hostEnvironment, inputVariables, runnerVariables } from '../../github-runner.ts'
import { type OwnProcess, runAs } from './process.ts'

type Phase = (context: ActionContext) => Promise<void>

/** The root action, with module state of its own: one instance for each job that runs at a time. */
export interface Instance {
  readonly main: Phase
  readonly post: Phase
  resetState(): void
}

/** Loads the root action again. */
export async function loadInstance(): Promise<Instance> {
  vi.resetModules()
  const { main } = await import('../../../src/actions/create/main.ts')
  const { post } = await import('../../../src/actions/create/post.ts')
  const { currentCreateState, updateCreateState } = await import('../../../src/actions/create/state.ts')
  const initial = currentCreateState()
  return { main, post, resetState: () => updateCreateState(initial) }
}

/** What a job waits for: a response, or, without a request, the end of a pause. */
export interface Pending {
  readonly request: IncomingRequest | undefined
  resolve(response: EmulatedResponse): void
}

/** One job of a workflow: a step that stores a key, then its post step. */
export class Job {
  readonly pending: Pending[] = []
  readonly printed: string[] = []
  /** Why main failed. */
  error: unknown
  hasEnded = false
  isKilled = false
  outputs: Readonly<Record<string, string>> = {}
  readonly #folder = mkdtempSync(join(tmpdir(), 'job-'))

  /** Starts it. Nothing of it is random, and it goes on only as its requests are responded to. */
  constructor(instance: Instance, inputs: Readonly<Record<string, string>>) {
    void this.#run(instance, inputs).finally(() => {
      this.hasEnded = true
      rmSync(this.#folder, { recursive: true, force: true })
    })
  }

  /** It sends and hears nothing more. */
  kill(): void {
    this.isKilled = true
    rmSync(this.#folder, { recursive: true, force: true })
  }

  async #run(instance: Instance, inputs: Readonly<Record<string, string>>): Promise<void> {
    await this.#phase('before', async () => instance.resetState(), {}, {})
    const state = await this.#phase('main', instance.main, inputs, {}).catch(error => {
      this.error = error
      return {}
    })
    const jobStatus = this.error === undefined ? 'success' : 'failure'
    if (!('create' in state)) return
    await this.#phase('post', instance.post, { ...inputs, 'job-status': jobStatus }, state)
  }

  async #phase(
    name: string,
    phase: Phase,
    inputs: Readonly<Record<string, string>>,
    state: object,
  ): Promise<object> {
    const folder = join(this.#folder, name)
    const files = createCommandFiles(folder)
    const own: OwnProcess = {
      printed: this.printed,
      wait: () => new Promise(resolve => this.pending.push({ request: undefined, resolve: () => resolve() })),
      env: {
        ...hostEnvironment(),
        ...runnerVariables(folder, { name: 'push', payload: {} }),
        ...inputVariables({ ...INPUTS, ...inputs }),
        ...Object.fromEntries(Object.entries(state).map(([key, value]) => [`STATE_${key}`, value])),
        ...files.variables,
        GITHUB_API_URL: 'http://127.0.0.1/github',
      },
    }
    try {
      await runAs(own, () => phase(this.#context(inputs['job-status'] ?? '')))
    } finally {
      if (!this.isKilled)
        this.outputs = { ...this.outputs, ...Object.fromEntries(readPairs(files.read().output)) }
    }
    return Object.fromEntries(readPairs(files.read().state))
  }

  #context(jobStatus: string): ActionContext {
    const { signal } = new AbortController()
    const budget = { remainingMs: 300_000 }
    const info = (text: string) => void this.printed.push(text)
    const dispatcher = async () => this.#dispatcher as Dispatcher
    return {
      drain: signal,
      abort: signal,
      cleanup: signal,
      jobStatus,
      createClient: (service, target) => ({
        ...target,
        dispatcher,
        rateLimitWaiter: new RateLimitWaiter(service, budget, info),
        drain: signal,
        signal,
        info,
        debug: () => {},
        redact: text => text,
      }),
    }
  }

  /** In place of the socket. */
  readonly #dispatcher: Pick<Dispatcher, 'dispatch'> = {
    dispatch: ({ method, path, headers, body }, handler) => {
      const controller = { abort: () => {} } as unknown as Dispatcher.DispatchController
      handler.onRequestStart?.(controller, {})
      const request = {
        method,
        path,
        headers: lowerCase(headers),
        body: String(body ?? ''),
        httpVersion: '1.1',
      }
      const resolve = (response: EmulatedResponse) => {
        handler.onResponseStart?.(controller, response.status, lowerCase(response.headers), '')
        handler.onResponseData?.(controller, Buffer.from(response.body))
        handler.onResponseEnd?.(controller, {})
      }
      this.pending.push({ request, resolve })
      return true
    },
  }
}

const INPUTS = {
  'account-id': ACCOUNT_ID,
  'api-token': TOKENS.write,
  'api-url': 'http://127.0.0.1/client/v4',
  'github-token': GITHUB_TOKENS.full,
  'keep-previous': '0',
  'delete-after-job': 'never',
}

function lowerCase(headers: unknown): Record<string, string> {
  const entries = Object.entries(headers as Record<string, string>)
  return Object.fromEntries(entries.map(([name, value]) => [name.toLowerCase(), value]))
}
