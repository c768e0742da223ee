import { describe } from 'vitest'
import type { Emulator } from '../emulator/emulator.ts'
import type { StepOptions, StepRun } from '../github-runner.ts'
import { runCreateWithEnvironment, runDeleteWithEnvironment, seedPair } from './environment-step.ts'
import { startProxy } from './loopback-proxy.ts'
import { mintFrom, mintNew } from './mint-step.ts'
import { create, it, problemsOf, runDelete } from './step.ts'

type Options = Pick<StepOptions, 'env'>

/** Every way of ours to each service, main and post. */
const STEPS: readonly [string, (emulator: Emulator, options: Options) => Promise<StepRun[]>][] = [
  [
    'create, which mints, and its post',
    async (emulator, options) => {
      const main = await mintNew(emulator, { 'delete-after-job': 'always' }, options)
      return [main, await main.post()]
    },
  ],
  [
    'credentials, and its post',
    async (emulator, options) => {
      const key = emulator.seedKey({ name: 'app' })
      const main = await mintFrom(emulator, key, { 'revoke-after-job': 'true' }, options)
      return [main, await main.post()]
    },
  ],
  [
    'delete',
    async (emulator, options) => {
      emulator.seedKey({ name: 'app' })
      return [await runDelete(emulator, { name: 'app' }, options)]
    },
  ],
  [
    'create with an environment, on Cloudflare and GitHub',
    async (emulator, options) => [await runCreateWithEnvironment(emulator, {}, options)],
  ],
  [
    'delete with an environment, on Cloudflare and GitHub',
    async (emulator, options) => {
      seedPair(emulator)
      return [await runDeleteWithEnvironment(emulator, {}, options)]
    },
  ],
]

describe.concurrent('through TLS', () => {
  for (const [what, run] of STEPS) {
    it(`${what}: HTTP/1.1, also where the server offers HTTP/2`, async ({ emulatorWith, expect }) => {
      const emulator = await emulatorWith({ transport: 'https with HTTP/2' })
      for (const step of await run(emulator, {})) expect(step).toMatchObject({ exitCode: 0, annotations: [] })
      expect(emulator.requests.length).toBeGreaterThan(0)
      expect(new Set(emulator.requests.map(({ httpVersion }) => httpVersion))).toEqual(new Set(['1.1']))
    })

    it(`${what}: all of it in a proxy's tunnel`, async ({ emulator, expect }) => {
      const proxy = await startProxy()
      const env = { https_proxy: `http://user:proxy-pass@${proxy.host}` }
      for (const step of await run(emulator, { env })) {
        expect(step).toMatchObject({ exitCode: 0, annotations: [] })
      }
      proxy.close()
      expect(new Set(proxy.seen)).toEqual(new Set([`CONNECT ${new URL(emulator.origin).host}`]))
      expect(emulator.requests.length).toBeGreaterThan(0)
    })

    it(`${what}: a certificate that is not trusted is named, and nothing is sent`, async ({
      emulator,
      expect,
    }) => {
      const [main] = await run(emulator, { env: { NODE_EXTRA_CA_CERTS: '' } })
      if (main === undefined) throw new Error('no step ran')
      expect(main.exitCode).toBe(1)
      expect(problemsOf(main)[0]).toMatch(
        /no connection to 127\.0\.0\.1:\d+ \(self-signed certificate.*set NODE_EXTRA_CA_CERTS to/,
      )
      // It is no use to try again.
      expect(main.log).not.toContain('Retrying')
      expect(emulator.requests).toEqual([])
    })
  }

  it('an untrusted certificate at the proxy is not that of the service', async ({ emulator, expect }) => {
    const proxy = await startProxy()
    const env = { https_proxy: proxy.host, NODE_EXTRA_CA_CERTS: '' }
    const run = await create(emulator, {}, { env })
    proxy.close()
    expect(problemsOf(run)[0]).toContain('NODE_EXTRA_CA_CERTS')
    expect(emulator.requests).toEqual([])
  })
})
