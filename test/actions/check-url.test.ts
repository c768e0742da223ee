import { describe } from 'vitest'
import { until } from '../emulator/ask.ts'
import { cancelStep } from '../github-runner.ts'
import { check, type DeployedResponse, iceServersOf, it, reportOf, startCheck } from './check-step.ts'
import { startProxy } from './loopback-proxy.ts'
import { problemsOf } from './step.ts'

const PAGE = { status: 200, body: '<!doctype html><h1>Hello</h1>', headers: { 'content-type': 'text/html' } }

describe.concurrent('check with `url`', () => {
  it('asks the server once, as the README says it responds, and checks what it gives', async ({
    turnWith,
    deployed,
    expect,
  }) => {
    const turn = await turnWith()
    const body = JSON.stringify({ iceServers: JSON.parse(iceServersOf(turn)) })
    const server = await deployed('https', { status: 200, body })
    const run = await check({ url: `${server.url}?room=1` })
    expect(run).toMatchObject({ exitCode: 0, annotations: [], unmasked: [] })
    expect(reportOf(run).relayed).toEqual(['udp', 'tcp', 'tls'])
    expect(server.requests).toMatchObject([{ path: '/ice-servers?room=1' }])
    expect(server.requests[0]?.headers).not.toHaveProperty('authorization')
    const [{ username, credential }] = JSON.parse(body).iceServers
    expect(run.masks).toEqual([credential, username])
  })

  it('sends `authorization` as it is', async ({ turnWith, deployed, expect }) => {
    const turn = await turnWith()
    const server = await deployed('http', { status: 200, body: iceServersOf(turn) })
    const run = await check({ url: server.url, authorization: 'Bearer emulated-token' })
    expect(run).toMatchObject({ exitCode: 0, annotations: [], unmasked: [] })
    expect(server.requests[0]?.headers.authorization).toBe('Bearer emulated-token')
  })

  it('through the proxy, which TURN does not take', async ({ turnWith, deployed, expect }) => {
    const [turn, proxy] = [await turnWith(), await startProxy()]
    const server = await deployed('https', { status: 200, body: iceServersOf(turn) })
    const run = await check({ url: server.url }, { env: { https_proxy: `http://${proxy.host}` } })
    proxy.close()
    expect(run).toMatchObject({ exitCode: 0, annotations: [] })
    expect(proxy.seen).toEqual([`CONNECT ${new URL(server.url).host}`])
  })

  const WAITED: readonly (readonly [string, DeployedResponse])[] = [
    ['404', { status: 404, body: 'Not found' }],
    ['a page with 404', { ...PAGE, status: 404 }],
    ['500', { status: 500 }],
    ['503', { status: 503, body: '{"error":"starting"}' }],
    ['a page with 200', PAGE],
    ['an empty response', { status: 200 }],
    ['no response', 'reset'],
  ]
  for (const [name, first] of WAITED) {
    it(`waits for a deployment: ${name}`, async ({ turnWith, deployed, clock, expect }) => {
      const turn = await turnWith()
      const server = await deployed('https', first, first, { status: 200, body: iceServersOf(turn) })
      const run = await check({ url: server.url }, clock.skipping())
      expect(run).toMatchObject({ exitCode: 0, annotations: [] })
      expect(server.requests).toHaveLength(3)
      expect(run.log.match(/Retrying for up to 60 seconds/g)).toHaveLength(1)
    })
  }

  it('waits for no longer than 60 seconds, and outputs nothing then', async ({ deployed, clock, expect }) => {
    const server = await deployed('https', PAGE)
    const run = await check({ url: server.url }, clock.skipping())
    expect(run.exitCode).toBe(1)
    expect(problemsOf(run)).toEqual([
      expect.stringMatching(
        /^Could not get the ICE servers from 127.*HTTP status 200, and a page instead of JSON/,
      ),
    ])
    expect(reportOf(run)).toEqual({ relayed: [], report: [] })
    expect(server.requests.length).toBeGreaterThan(10)
    expect(run.log).not.toContain('Hello')
  })

  it('waits for a server that takes no connections yet', async ({ deployed, clock, expect }) => {
    const server = await deployed('https', PAGE)
    const run = await check({ url: server.url.replace(/:\d+/, ':1') }, clock.skipping())
    expect(problemsOf(run)).toEqual([expect.stringMatching(/no connection to 127\.0\.0\.1:1 .*ECONNREFUSED/)])
  })

  const FINAL: readonly (readonly [DeployedResponse, RegExp])[] = [
    [{ status: 401, body: '{}' }, /HTTP status 401\. Set `authorization`/],
    [{ status: 403, body: 'no' }, /HTTP status 403\. Set `authorization`/],
    [
      { ...PAGE, status: 401 },
      /HTTP status 401, and a page instead of JSON\. The page comes from something in front/,
    ],
    [{ status: 400 }, /HTTP status 400\. Check `url`/],
    [
      { status: 302, headers: { location: 'https://login.example/?to=secret-path' } },
      /HTTP status 302, a redirect to login\.example\. Redirects are not followed/,
    ],
  ]
  for (const [response, expected] of FINAL) {
    it(`is final: ${JSON.stringify(response)}`, async ({ deployed, expect }) => {
      const server = await deployed('https', response)
      const run = await check({ url: server.url, authorization: 'Bearer emulated-token' })
      expect(run).toMatchObject({ exitCode: 1, unmasked: [] })
      expect(problemsOf(run)).toEqual([expect.stringMatching(expected)])
      expect(run.log).not.toContain('secret-path')
      expect(server.requests).toHaveLength(1)
      expect(reportOf(run)).toEqual({ relayed: [], report: [] })
    })
  }

  it('JSON without a TURN server is final', async ({ deployed, expect }) => {
    const server = await deployed('https', { status: 200, body: '{"error":"no such room"}' })
    const run = await check({ url: server.url })
    expect(problemsOf(run)).toEqual(['There is no TURN server among the ICE servers.'])
    expect(server.requests).toHaveLength(1)
  })

  it('a rate limit is waited for', async ({ turnWith, deployed, clock, expect }) => {
    const turn = await turnWith()
    const limited = { status: 429, headers: { 'retry-after': '90' } }
    const server = await deployed('https', limited, { status: 200, body: iceServersOf(turn) })
    const run = await check({ url: server.url }, clock.skipping())
    expect(run).toMatchObject({ exitCode: 0, annotations: [] })
    expect(run.log).toMatch(/Rate limited by 127.*: waiting 90 seconds/)
  })

  it.skipIf(process.platform === 'win32')('a cancelled job waits no longer', async ({ deployed, expect }) => {
    const server = await deployed('https', { status: 404 })
    const step = startCheck({ url: server.url })
    await until(() => server.requests.length === 2)
    const run = await cancelStep(step)
    expect(run).toMatchObject({ exitCode: 1, signals: ['SIGINT'] })
    expect(problemsOf(run)).toEqual(['The job was cancelled.'])
  })
})
