import { describe } from 'vitest'
import type { Emulator } from '../emulator/emulator.ts'
import type { StepRun } from '../github-runner.ts'
import {
  REPOSITORY,
  runCreateWithEnvironment,
  runDeleteWithEnvironment,
  seedPair,
} from './environment-step.ts'
import { startProxy } from './loopback-proxy.ts'
import { mintFrom } from './mint-step.ts'
import { create, it, runDelete } from './step.ts'

type Variables = Readonly<Record<string, string>>

/** The same step with https: this emulator speaks none, but a proxy sees where the step wants to connect. */
const https = (url: string) => url.replace('http:', 'https:')

/** What main left for post, with https. */
function httpsState({ state }: StepRun): Variables {
  return Object.fromEntries(
    Object.entries(state).map(([name, value]) => [`STATE_${name}`, value.replaceAll('http:', 'https:')]),
  )
}

/** The steps that send requests, besides the root action's main, with a proxy in their environment. */
const STEPS: Readonly<
  Record<string, (emulator: Emulator, proxy: Variables, isHttps: boolean) => Promise<StepRun>>
> = {
  delete: (emulator, proxy, isHttps) =>
    runDelete(
      { apiUrl: isHttps ? https(emulator.apiUrl) : emulator.apiUrl },
      { name: 'n' },
      withProxy(emulator, proxy),
    ),
  credentials: (emulator, proxy, isHttps) =>
    mintFrom(
      emulator,
      emulator.seedKey({ name: 'n' }),
      { 'rtc-url': isHttps ? https(emulator.rtcUrl) : emulator.rtcUrl },
      withProxy(emulator, proxy),
    ),
  "the root action's post": async (emulator, proxy, isHttps) => {
    const main = await create(emulator, { 'delete-after-job': 'always' })
    return main.post({ ...withProxy(emulator, proxy), ...(isHttps && { runner: httpsState(main) }) })
  },
  "credentials' post": async (emulator, proxy, isHttps) => {
    const main = await mintFrom(emulator, emulator.seedKey({ name: 'n' }), { 'revoke-after-job': 'true' })
    return main.post({ ...withProxy(emulator, proxy), ...(isHttps && { runner: httpsState(main) }) })
  },
  'the root action to GitHub, for an environment': (emulator, proxy, isHttps) =>
    runCreateWithEnvironment(emulator, {}, onGitHub(emulator, proxy, isHttps)),
  'the root action to GitHub, for the repository': (emulator, proxy, isHttps) =>
    runCreateWithEnvironment(emulator, REPOSITORY, onGitHub(emulator, proxy, isHttps)),
  'delete to GitHub': (emulator, proxy, isHttps) => {
    seedPair(emulator)
    return runDeleteWithEnvironment(emulator, {}, onGitHub(emulator, proxy, isHttps))
  },
}

function withProxy(
  { clock }: Emulator,
  proxy: Variables,
): { nodeOptions: string[]; env: Record<string, string> } {
  const { nodeOptions, env } = clock.skipping()
  return { nodeOptions, env: { ...env, ...proxy } }
}

function onGitHub(emulator: Emulator, proxy: Variables, isHttps: boolean) {
  const { githubUrl } = emulator
  return { ...withProxy(emulator, proxy), runner: { GITHUB_API_URL: isHttps ? https(githubUrl) : githubUrl } }
}

for (const [what, run] of Object.entries(STEPS)) {
  describe.concurrent(`a proxy, and ${what}`, () => {
    it('http to loopback never goes through it', async ({ emulatorWith, expect }) => {
      const emulator = await emulatorWith({ transport: 'http' })
      const proxy = await startProxy()
      const url = `http://${proxy.host}`
      const step = await run(emulator, { http_proxy: url, https_proxy: url }, false)
      proxy.close()
      expect(step).toMatchObject({ exitCode: 0, annotations: [] })
      expect(proxy.seen).toEqual([])
      expect(emulator.requests).not.toEqual([])
    })

    it('https does not go through http_proxy alone', async ({ emulatorWith, expect }) => {
      const emulator = await emulatorWith({ transport: 'http' })
      const proxy = await startProxy()
      const url = `http://${proxy.host}`
      const step = await run(emulator, { http_proxy: url, HTTP_PROXY: url }, true)
      proxy.close()
      expect(step.annotations.map(({ message }) => message).join()).toMatch(/no connection to 127\.0\.0\.1/)
      expect(proxy.seen).toEqual([])
    })

    for (const [password, meant, isMasked] of [
      ['proxy%pass', 'proxy%pass', true],
      ['xyz', 'xyz', false],
    ] as const) {
      it(`https goes through https_proxy with the password ${password}`, async ({ emulatorWith, expect }) => {
        const emulator = await emulatorWith({ transport: 'http' })
        const proxy = await startProxy()
        const step = await run(emulator, { https_proxy: `http://user:${password}@${proxy.host}` }, true)
        proxy.close()
        expect(proxy.seen[0]).toBe(`CONNECT ${new URL(emulator.origin).host}`)
        expect(proxy.authorizations[0]).toBe(`Basic ${Buffer.from(`user:${meant}`).toString('base64')}`)
        expect(step.masks.includes(password)).toBe(isMasked)
        expect(step.stdout.replace(/^::add-mask::.*$/gm, '')).not.toContain(password)
      })
    }
  })
}
