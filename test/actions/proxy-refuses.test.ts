import { once } from 'node:events'
import { createServer } from 'node:net'
import { afterAll, afterEach, beforeEach, describe } from 'vitest'
import { Clock } from '../clock/clock.ts'
import type { Emulator } from '../emulator/emulator.ts'
import { runStep } from '../github-runner.ts'
import { NOTHING } from '../nothing.ts'
import { runCreateWithEnvironment, runDeleteWithEnvironment } from './environment-step.ts'
import { type LoopbackProxy, startProxy } from './loopback-proxy.ts'
import { mintFrom } from './mint-step.ts'
import { create, it, problemsOf, runDelete } from './step.ts'

const HOST = 'service.invalid'
const URLS = { apiUrl: `https://${HOST}/client/v4` }
const KEY = { uid: 'a'.repeat(32), key: 'emulator-key-secret', 'rtc-url': `https://${HOST}/v1` }
const GITHUB = { GITHUB_API_URL: `https://${HOST}` }

let proxy: LoopbackProxy

beforeEach(async () => {
  proxy = await startProxy(407)
})
afterEach(() => proxy.close())

describe('a proxy that says nothing', () => {
  it('does not keep a step alive that has failed', async ({ emulator, expect }) => {
    const silent = createServer(socket => {
      socket.resume()
      void emulator.clock.holdBack({ socket }, Number.POSITIVE_INFINITY)
    })
    silent.listen(0, '127.0.0.1')
    await once(silent, 'listening')
    const address = silent.address()
    const { nodeOptions, env } = emulator.clock.skipping()
    const https_proxy = `http://127.0.0.1:${typeof address === 'object' ? address?.port : 0}`
    const started = emulator.clock.now()
    const run = await create(URLS, {}, { nodeOptions, env: { ...env, https_proxy } })
    silent.close()
    expect(problemsOf(run)).toEqual([expect.stringContaining('no response within 30 seconds')])
    // By the shared clock, whose time no slow machine lengthens.
    expect(emulator.clock.now() - started).toBeLessThan(60_000)
  })
})

describe('a proxy that asks for a password', () => {
  const time = new Clock()
  const clock = time.skipping()
  afterAll(() => time.close())
  const env = () => ({ https_proxy: `http://${proxy.host}`, ...clock.env })
  const options = () => ({ ...clock, env: env(), runner: GITHUB })
  for (const [what, run] of [
    ['delete', () => runDelete(URLS, { name: 'app' }, { ...clock, env: env() })],
    ['credentials', () => runStep('credentials', { ...clock, env: env(), inputs: KEY })],
  ] as const) {
    it(`is asked once by ${what}, and named`, async ({ expect }) => {
      const step = await run()
      expect(step).toMatchObject({ exitCode: 1, outputs: NOTHING })
      expect(problemsOf(step)).toEqual([
        expect.stringContaining('The proxy asks for a user name and password'),
      ])
      expect(proxy.seen).toEqual([`CONNECT ${HOST}:443`])
    })
  }

  for (const [what, run] of [
    ['the root action', runCreateWithEnvironment],
    ['delete', runDeleteWithEnvironment],
  ] as const) {
    it(`is asked once for each read of GitHub by ${what}, and named`, async ({ emulator, expect }) => {
      const step = await run(emulator, {}, options())
      expect(problemsOf(step)).toEqual([
        expect.stringContaining('The proxy asks for a user name and password'),
      ])
      // The public key, the variable and the secret, side by side with the list of keys.
      const toGitHub = proxy.seen.filter(line => line === `CONNECT ${HOST}:443`)
      expect(toGitHub).toHaveLength(3)
      expect(proxy.seen.length).toBeLessThanOrEqual(4)
      expect(emulator.requests.filter(({ method }) => method !== 'GET')).toEqual([])
    })
  }

  for (const [what, start] of [
    ['the root action', (emulator: Emulator) => create(emulator, { 'delete-after-job': 'always' })],
    [
      'credentials',
      (emulator: Emulator) =>
        mintFrom(emulator, emulator.seedKey({ name: 'n' }), { 'revoke-after-job': 'true' }),
    ],
  ] as const) {
    it(`is asked once by the post step of ${what}, and named`, async ({ emulator, expect }) => {
      const main = await start(emulator)
      const state = Object.entries(main.state).map(([name, value]) => [
        `STATE_${name}`,
        value.replaceAll(emulator.origin, `https://${HOST}`),
      ])
      const post = await main.post({ ...clock, env: env(), runner: Object.fromEntries(state) })
      expect(post.exitCode).toBe(0)
      expect(problemsOf(post, 'warning')).toEqual([
        expect.stringContaining('The proxy asks for a user name and password'),
      ])
      expect(proxy.seen).toEqual([`CONNECT ${HOST}:443`])
    })
  }
})
