import { afterAll, beforeAll, describe } from 'vitest'
import { TOKENS } from '../emulator/emulator.ts'
import { create, it, problemsOf } from './create-step.ts'
import { type LoopbackProxy, startProxy } from './loopback-proxy.ts'
import { fast, operationsOf } from './scene.ts'

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
  for (const [what, variables] of [
    ['http_proxy', (host: string) => ({ http_proxy: `http://${host}` })],
    ['HTTP_PROXY', (host: string) => ({ HTTP_PROXY: `http://${host}` })],
    ['one without a scheme', (host: string) => ({ http_proxy: host })],
    ['the lower case before the upper', (host: string) => ({ http_proxy: host, HTTP_PROXY: CLOSED })],
    ['no_proxy for another host', (host: string) => ({ http_proxy: host, no_proxy: 'x.invalid' })],
  ] as const) {
    it(`is used: ${what}`, async ({ emulator, expect }) => {
      await withProxy(async proxy => {
        const run = await create(emulator, {}, { env: variables(proxy.host) })
        expect(run).toMatchObject({ exitCode: 0, annotations: [] })
        expect(operationsOf(emulator)).toEqual(['create'])
        expect(proxy.seen).toEqual([expect.stringMatching(/^POST http:/)])
      })
    })
  }

  for (const name of ['no_proxy', 'NO_PROXY']) {
    it(`is passed by for the hosts in ${name}`, async ({ emulator, expect }) => {
      const env = { http_proxy: CLOSED, https_proxy: CLOSED, [name]: 'x.invalid,127.0.0.1' }
      const run = await create(emulator, { 'delete-after-job': 'always' }, { env })
      expect(run.exitCode).toBe(0)
      expect((await run.post()).annotations).toEqual([])
      expect(emulator.keys()).toEqual([])
    })
  }

  it('is passed by when only https has one', async ({ emulator, expect }) => {
    expect(await create(emulator, {}, { env: { https_proxy: CLOSED } })).toMatchObject({ exitCode: 0 })
  })

  it('is used in main and post, its password masked, as written and as meant', async ({
    emulator,
    expect,
  }) => {
    await withProxy(async proxy => {
      const env = { http_proxy: `http://user:proxy%40pass@${proxy.host}` }
      const run = await create(emulator, { 'delete-after-job': 'always' }, { env, debug: true })
      const post = await run.post()
      expect(run.masks).toEqual(expect.arrayContaining(['proxy%40pass', 'proxy@pass', TOKENS.write]))
      expect(post.masks).toEqual(expect.arrayContaining(['proxy%40pass', 'proxy@pass', TOKENS.write]))
      const basic = `Basic ${Buffer.from('user:proxy@pass').toString('base64')}`
      expect(proxy.authorizations).toEqual([basic, basic])
      expect(emulator.requests.map(({ headers }) => headers['proxy-authorization'])).toEqual([
        undefined,
        undefined,
      ])
    })
  })

  it('that refuses a tunnel is named, and surely nothing was created', async ({ expect }) => {
    const env = { https_proxy: `http://user:proxy-pass@${refusing.host}` }
    const clock = fast(40)
    const target = { apiUrl: 'https://cloudflare.invalid/client/v4' }
    const run = await create(target, {}, { ...clock, env: { ...env, ...clock.env } })
    expect(run).toMatchObject({ exitCode: 1, outputs: {}, state: { phase: 'undone' } })
    expect(problemsOf(run)).toEqual([expect.stringContaining('Check https_proxy, http_proxy and no_proxy')])
    expect(problemsOf(run)[0]).toContain('no connection to cloudflare.invalid')
    expect(run.stdout.replace(/^::add-mask::.*$/gm, '')).not.toContain('proxy-pass')
    expect(new Set(refusing.seen)).toEqual(new Set(['CONNECT cloudflare.invalid:443']))
  })

  it('carries https in a tunnel', async ({ emulator, expect }) => {
    await withProxy(async proxy => {
      const clock = fast(40)
      const env = { https_proxy: `http://user:proxy-pass@${proxy.host}`, ...clock.env }
      const apiUrl = emulator.apiUrl.replace('http:', 'https:')
      const run = await create({ apiUrl }, {}, { ...clock, env })
      // The emulator speaks no TLS: that the two do not understand each other shows that they were connected.
      expect(problemsOf(run)[0]).toMatch(/no connection to 127\.0\.0\.1:\d+ \(.*SSL/)
      expect(proxy.seen[0]).toBe(`CONNECT ${new URL(emulator.origin).host}`)
      expect(proxy.authorizations[0]).toMatch(/^Basic /)
    })
  })

  it('that is no URL fails the step without its password', async ({ emulator, expect }) => {
    const run = await create(emulator, {}, { env: { https_proxy: 'http://user:proxy-pass@host:port' } })
    expect(problemsOf(run)).toEqual([expect.stringContaining('https_proxy is not a URL')])
    expect(run.masks).toContain('proxy-pass')
    expect(run.stdout.replace(/^::add-mask::.*$/gm, '')).not.toContain('proxy-pass')
    expect(emulator.requests).toEqual([])
  })
})
