import { afterAll, beforeAll, describe } from 'vitest'
import { NOTHING } from '../nothing.ts'
import { type LoopbackProxy, startProxy } from './loopback-proxy.ts'
import { create, it, problemsOf } from './step.ts'

const CLOSED = 'http://127.0.0.9:9'
let refusing: LoopbackProxy

beforeAll(async () => {
  refusing = await startProxy(407)
})
afterAll(() => refusing.close())

async function withProxy<T>(body: (proxy: LoopbackProxy) => Promise<T>): Promise<T> {
  const proxy = await startProxy()
  try {
    return await body(proxy)
  } finally {
    proxy.close()
  }
}

describe.concurrent('a proxy', () => {
  for (const name of ['http_proxy', 'HTTP_PROXY', 'https_proxy', 'HTTPS_PROXY']) {
    it(`in ${name} never carries http, which is loopback`, async ({ emulatorWith, expect }) => {
      const emulator = await emulatorWith({ transport: 'http' })
      await withProxy(async proxy => {
        const run = await create(emulator, {}, { env: { [name]: `http://${proxy.host}` } })
        expect(run).toMatchObject({ exitCode: 0, annotations: [] })
        expect(proxy.seen).toEqual([])
      })
    })
  }

  for (const [what, variables] of [
    ['https_proxy', (host: string) => ({ https_proxy: `http://${host}` })],
    ['HTTPS_PROXY', (host: string) => ({ HTTPS_PROXY: `http://${host}` })],
    ['one without a scheme', (host: string) => ({ https_proxy: host })],
    ['the lower case before the upper', (host: string) => ({ https_proxy: host, HTTPS_PROXY: CLOSED })],
    ['no_proxy for another host', (host: string) => ({ https_proxy: host, no_proxy: 'x.invalid' })],
  ] as const) {
    it(`carries https in a tunnel: ${what}`, async ({ emulator, expect }) => {
      await withProxy(async proxy => {
        const run = await create(emulator, {}, { env: variables(proxy.host) })
        expect(run).toMatchObject({ exitCode: 0, annotations: [], outputs: { outcome: 'created' } })
        expect(proxy.seen).toEqual([`CONNECT ${new URL(emulator.origin).host}`])
      })
    })
  }

  it('in http_proxy alone is not used for https', async ({ emulator, expect }) => {
    await withProxy(async proxy => {
      const run = await create(emulator, {}, { env: { http_proxy: `http://${proxy.host}` } })
      expect(run.exitCode).toBe(0)
      expect(proxy.seen).toEqual([])
    })
  })

  for (const name of ['no_proxy', 'NO_PROXY']) {
    it(`is passed by for the hosts in ${name}`, async ({ emulator, expect }) => {
      const env = { http_proxy: CLOSED, https_proxy: CLOSED, [name]: 'x.invalid,127.0.0.1' }
      const run = await create(emulator, { 'delete-after-job': 'always' }, { env })
      expect(run.exitCode).toBe(0)
      expect((await run.post()).annotations).toEqual([])
      expect(emulator.keys()).toEqual([])
    })
  }

  it('carries what post sends too', async ({ emulator, expect }) => {
    await withProxy(async proxy => {
      const env = { https_proxy: proxy.host }
      const run = await create(emulator, { 'delete-after-job': 'always' }, { env })
      expect((await run.post()).annotations).toEqual([])
      expect(emulator.keys()).toEqual([])
      expect(proxy.seen).toHaveLength(2)
    })
  })

  for (const [what, written, meant, masked] of [
    ['percent-encoded', 'proxy%40pass', 'proxy@pass', true],
    ['with a % of its own', 'proxy%pass', 'proxy%pass', true],
    ['of 3 characters, which would mask parts of uids', 'abc', 'abc', false],
  ] as const) {
    it(`has a password ${what}`, async ({ emulator, expect }) => {
      await withProxy(async proxy => {
        const env = { https_proxy: `http://user:${written}@${proxy.host}` }
        const run = await create(emulator, {}, { env })
        expect(run.exitCode).toBe(0)
        for (const form of [written, meant]) expect(run.masks.includes(form)).toBe(masked)
        expect(proxy.authorizations).toEqual([`Basic ${Buffer.from(`user:${meant}`).toString('base64')}`])
      })
    })
  }

  it('that refuses a tunnel is named, and surely nothing was created', async ({ emulator, expect }) => {
    const env = { https_proxy: `http://user:proxy-pass@${refusing.host}` }
    const clock = emulator.clock.skipping()
    const target = { apiUrl: 'https://cloudflare.invalid/client/v4' }
    const run = await create(target, {}, { ...clock, env: { ...env, ...clock.env } })
    expect(run).toMatchObject({
      exitCode: 1,
      outputs: NOTHING,
      state: { create: expect.stringContaining('"phase":"rolled-back"') },
    })
    expect(problemsOf(run)).toEqual([expect.stringContaining('The proxy asks for a user name and password')])
    expect(problemsOf(run)[0]).toContain('no connection to cloudflare.invalid')
    expect(run.stdout.replace(/^::add-mask::.*$/gm, '')).not.toContain('proxy-pass')
    expect(refusing.seen).toEqual(['CONNECT cloudflare.invalid:443'])
  })

  it('whose password is in another encoding is named, without it', async ({ emulator, expect }) => {
    const run = await create(emulator, {}, { env: { https_proxy: 'http://user:proxy-p%E4ss@host:1' } })
    expect(problemsOf(run)).toEqual([
      expect.stringMatching(/^The environment variable https_proxy has .* not percent-encoded as UTF-8\.$/),
    ])
    expect(run.stdout.replace(/^::add-mask::.*$/gm, '')).not.toContain('proxy-p')
    expect(emulator.requests).toEqual([])
  })

  it('that is no URL fails the step without its password', async ({ emulator, expect }) => {
    const run = await create(emulator, {}, { env: { https_proxy: 'http://user:proxy-pass@host:port' } })
    expect(problemsOf(run)).toEqual([expect.stringContaining('https_proxy is not a URL')])
    expect(run.masks).toContain('proxy-pass')
    expect(run.stdout.replace(/^::add-mask::.*$/gm, '')).not.toContain('proxy-pass')
    expect(emulator.requests).toEqual([])
  })
})
