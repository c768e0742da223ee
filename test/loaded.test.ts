import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { create, it } from './actions/step.ts'
import { createInWorker, deployWorker } from './actions/worker-step.ts'
import { type Loaded, RECORD_LOADED, readLoaded } from './github-runner/loaded.ts'
import { ACTION_FOLDERS, runStep, type StepRun } from './github-runner.ts'

const DIST = join(import.meta.dirname, '../dist')
const NEVER = ['http2', 'https', 'child_process', 'worker_threads', 'inspector', 'zlib']
const NETWORK = [...NEVER, 'http', '_http_client', 'tls', 'perf_hooks']
/** What takes milliseconds to load, and what each step is spared that outputs nothing. */
const SLOW = ['crypto', 'Intl.DateTimeFormat', 'Intl.NumberFormat']

let folder = ''
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'loaded-'))
})
afterAll(() => rmSync(folder, { recursive: true }))

/** Runs a step, and says what it loaded. */
async function record(
  name: string,
  run: (options: { env: Record<string, string>; nodeOptions: string[] }) => Promise<StepRun>,
): Promise<{ step: StepRun; loaded: Loaded }> {
  const path = join(folder, name)
  const step = await run({ env: { LOADED: path }, nodeOptions: [...RECORD_LOADED] })
  return { step, loaded: readLoaded(path) }
}

function modulesIn({ builtins }: Loaded, names: readonly string[]): string[] {
  return builtins.filter(name => names.includes(name))
}

/** What each step loads before it is known what it has to do. */
const ENTRY = ['index.js', 'lazy-crypto.js', 'lazy-fs.js']

/** The classes of undici, octokit, libsodium and src/turn that the chunks among some files hold. */
function clientsIn(files: readonly string[]): string[] {
  const text = files.map(file => readFileSync(join(DIST, file), 'utf8')).join('\n')
  return text.match(/class (EnvHttpProxyAgent|Octokit|TurnClient)\b|crypto_box_seal\b/g) ?? []
}

describe.concurrent('a step', () => {
  for (const action of ACTION_FOLDERS) {
    test(`of ${action} whose inputs are wrong loads nothing that sends requests`, async () => {
      const { step, loaded } = await record(`wrong-${action}-`, options => runStep(action, options))
      const launcher = action === '.' ? 'create.js' : `${action}.js`
      expect(step.exitCode).toBe(1)
      expect(loaded.files.slice(0, 4).toSorted()).toEqual([launcher, ...ENTRY].toSorted())
      expect(clientsIn(loaded.files)).toEqual([])
      // check's outputs are set whatever happens, and @actions/core needs crypto for that.
      const needed = action === 'check' ? ['crypto'] : []
      expect(modulesIn(loaded, [...NETWORK, ...SLOW])).toEqual(needed)
    })
  }

  for (const [action, launcher] of [
    ['.', 'create-post.js'],
    ['credentials', 'credentials-post.js'],
  ] as const) {
    test(`of ${action} with nothing to do in post loads nothing that sends requests`, async () => {
      const main = await runStep(action)
      const { step, loaded } = await record(launcher, options => main.post(options))
      expect(step.log).toMatch(/nothing to clean up/)
      expect(loaded.files.toSorted()).toEqual([launcher, ...ENTRY].toSorted())
      expect(modulesIn(loaded, [...NETWORK, ...SLOW])).toEqual([])
    })
  }

  it('whose post keeps the key loads nothing that sends requests', async ({ emulator }) => {
    const main = await create(emulator)
    const { step, loaded } = await record('kept', options => main.post(options))
    expect(step.log).toContain('is kept')
    expect(loaded.files.slice(0, 4).toSorted()).toEqual(['create-post.js', ...ENTRY].toSorted())
    expect(clientsIn(loaded.files)).toEqual([])
    expect(modulesIn(loaded, [...NETWORK, ...SLOW])).toEqual([])
  })

  it('that creates a key loads no HTTP/2, no child process, and nothing of GitHub', async ({ emulator }) => {
    const { step, loaded } = await record('create', options => create(emulator, {}, options))
    expect(step.outputs.outcome).toBe('created')
    expect(
      modulesIn(loaded, [...NEVER, 'http', '_http_client', 'perf_hooks', 'Intl.DateTimeFormat']),
    ).toEqual([])
    expect(clientsIn(loaded.files)).toEqual(['class EnvHttpProxyAgent'])
    expect(modulesIn(loaded, ['dgram', 'dns/promises'])).toEqual([])
  })

  test('that checks given ICE servers loads the TURN client, and nothing of HTTP', async () => {
    const inputs = { 'ice-servers': '{"urls":"turn:127.0.0.1:1","username":"u","credential":"c"}' }
    const { step, loaded } = await record('check', options => runStep('check', { ...options, inputs }))
    expect(step.outputs.relayed).toBe('[]')
    expect(clientsIn(loaded.files)).toEqual(['class TurnClient'])
    expect(modulesIn(loaded, ['http2', 'https', 'http', '_http_client'])).toEqual([])
  })

  it('that stores a key in a Worker loads nothing of GitHub either', async ({ emulator }) => {
    deployWorker(emulator, 'worker')
    const { step, loaded } = await record('worker', options =>
      createInWorker(emulator, 'worker', {}, options),
    )
    expect(step.outputs.outcome).toBe('created')
    expect(clientsIn(loaded.files)).toEqual(['class EnvHttpProxyAgent'])
  })

  it('reaches nothing that was left out, whatever the job asks of undici and Node', async ({ emulator }) => {
    const asked = ['UNDICI_USE_MILO', 'UNDICI_NO_WASM_SIMD', 'JEST_WORKER_ID']
    const all = Object.fromEntries(asked.map(name => [name, '1']))
    const wishes: Record<string, string>[] = [
      ...asked.map(name => ({ [name]: '1' })),
      { ...all, NODE_DEBUG: 'undici,http2,fetch,websocket', NODE_OPTIONS: '--pending-deprecation' },
      { NODE_USE_ENV_PROXY: '1', NODE_OPTIONS: '--max-http-header-size=16384' },
    ]
    for (const env of wishes) {
      const run = await create(emulator, {}, { env })
      expect(run, JSON.stringify(env)).toMatchObject({ exitCode: 0, outputs: { outcome: 'created' } })
      expect(run.stdout + run.stderr).not.toContain('left out')
    }
  })
})

/** The functions that a module exports, however deep; a class counts as one. */
function functionsOf(exported: unknown): unknown[] {
  if (typeof exported === 'function') return [exported]
  return typeof exported === 'object' && exported !== null ? Object.values(exported).flatMap(functionsOf) : []
}

describe('what is left out of the bundle', () => {
  test('fails, and says so', async () => {
    const messages: string[] = []
    for (const chunk of readdirSync(DIST).filter(name => name.endsWith('.index.js'))) {
      const { modules } = await import(pathToFileURL(join(DIST, chunk)).href)
      for (const define of Object.values<(module: { exports: unknown }) => void>(modules)) {
        if (!/^function leftOut\(/m.test(String(define))) continue
        const module = { exports: {} }
        define(module)
        messages.push(...functionsOf(module.exports).flatMap(failureOf))
      }
    }
    const named = messages.map(text => /undici\/lib\/(.*) is left out of this bundle/.exec(text)?.[1] ?? text)
    expect(new Set(named)).toEqual(
      new Set([
        'core/tree.js',
        'dispatcher/client-h2.js',
        'dispatcher/parser-h1.js',
        'web/fetch/body.js',
        'web/webidl/index.js',
      ]),
    )
  })
})

/** What calling a function that stands in for another throws, if it does. */
function failureOf(stub: unknown): string[] {
  try {
    if (typeof stub === 'function') stub()
    return []
  } catch (error) {
    return [String(error)]
  }
}
