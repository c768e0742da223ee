import { describe } from 'vitest'
import { NOTHING } from '../nothing.ts'
import { check, iceServersOf, it, reportOf, userOf } from './check-step.ts'
import { problemsOf } from './step.ts'
import { normalised } from './transcript.ts'

describe.concurrent('check', () => {
  it('relays over UDP, TCP and TLS, and says so in the log, the outputs and the summary', async ({
    turnWith,
    expect,
  }) => {
    const turn = await turnWith()
    const run = await check({ 'ice-servers': iceServersOf(turn), require: 'udp, TCP,tls' })
    expect(run).toMatchObject({ exitCode: 0, annotations: [], state: NOTHING, unmasked: [] })
    const told = (text: string) => normalised(text).replaceAll(/\d+ ms/g, '<n> ms')
    expect(told(run.log).replaceAll(/ {2,}/g, '  ')).toMatchInlineSnapshot(`
      "Checking 3 URLs for up to 10 seconds.
      URL  Transport  Allocated in  Relayed in  Result
      turn:127.0.0.1:<port>?transport=udp  UDP  <n> ms  <n> ms  Relays, by way of 127.0.0.1:<port>.
      turn:127.0.0.1:<port>?transport=tcp  TCP  <n> ms  <n> ms  Relays, by way of 127.0.0.1:<port>.
      turns:127.0.0.1:<port>?transport=tcp  TLS  <n> ms  <n> ms  Relays, by way of 127.0.0.1:<port>."
    `)
    expect(told(run.summary)).toMatchInlineSnapshot(`
      "<h3>TURN relays</h3>
      <table><tr><th>Relayed</th><td>UDP, TCP, TLS</td></tr><tr><th>Required</th><td>UDP, TCP, TLS</td></tr></table>
      <table><tr><th>URL</th><th>Transport</th><th>Allocated in</th><th>Relayed in</th><th>Result</th></tr><tr><td>turn:127.0.0.1:<port>?transport=udp</td><td>UDP</td><td><n> ms</td><td><n> ms</td><td>Relays, by way of 127.0.0.1:<port>.</td></tr><tr><td>turn:127.0.0.1:<port>?transport=tcp</td><td>TCP</td><td><n> ms</td><td><n> ms</td><td>Relays, by way of 127.0.0.1:<port>.</td></tr><tr><td>turns:127.0.0.1:<port>?transport=tcp</td><td>TLS</td><td><n> ms</td><td><n> ms</td><td>Relays, by way of 127.0.0.1:<port>.</td></tr></table>
      <p><a href="https://dash.cloudflare.com/?to=/:account/realtime/turn">TURN keys in the Cloudflare dashboard</a></p>
      "
    `)
    const { relayed, report } = reportOf(run)
    expect(relayed).toEqual(['udp', 'tcp', 'tls'])
    expect(report.map(({ url }) => url)).toEqual(turn.urls)
    for (const entry of report) {
      expect(entry).toEqual({
        url: entry.url,
        transport: entry.transport,
        ok: true,
        milliseconds: expect.any(Number),
        relayAddress: expect.stringMatching(/^127\.0\.0\.1:\d+$/),
      })
    }
    expect([turn.open(), turn.total()]).toEqual([0, 6])
  })

  it('masks the users before anything else, and nothing besides', async ({ turnWith, expect }) => {
    const turn = await turnWith()
    const [one, other] = [userOf(turn), userOf(turn, 200)]
    const servers = [{ urls: 'stun:127.0.0.1:1' }, { urls: turn.urls[0], ...one }, { urls: [], ...other }]
    const run = await check({ 'ice-servers': JSON.stringify(servers) }, { masks: [], debug: true })
    expect(run).toMatchObject({ exitCode: 0, unmasked: [] })
    expect(run.masks).toEqual([one.credential, one.username])
  })

  const FORMS: readonly (readonly [string, (server: object) => unknown])[] = [
    ['an array', server => [server]],
    ['one server', server => server],
    ['an array in iceServers', server => ({ iceServers: [server] })],
    ['one server in iceServers', server => ({ iceServers: server })],
    ['one URL', server => ({ ...server, urls: Object(server).urls[0] })],
  ]
  for (const [name, form] of FORMS) {
    it(`takes ${name}`, async ({ turnWith, expect }) => {
      const turn = await turnWith()
      const [server] = JSON.parse(iceServersOf(turn))
      const run = await check({ 'ice-servers': JSON.stringify(form(server)) })
      expect(run).toMatchObject({ exitCode: 0, annotations: [] })
      expect(reportOf(run).relayed).toContain('udp')
    })
  }

  it('fails when a required transport does not relay, although another one does', async ({
    turnWith,
    expect,
  }) => {
    const turn = await turnWith()
    const closed = await turnWith()
    await closed.close()
    const urls = [turn.urls[0], closed.urls[1]]
    const run = await check({ 'ice-servers': iceServersOf(turn, { urls }), require: 'udp,tcp,tls' })
    expect(run).toMatchObject({ exitCode: 1, conclusion: 'failure' })
    expect(problemsOf(run).map(normalised)).toMatchInlineSnapshot(`
      [
        "TURN does not relay over TCP, TLS. No URL of the ICE servers is for TLS. turn:127.0.0.1:<port>?transport=tcp: The server cannot be reached: the host or the port is wrong, the server is down, or a firewall between this runner and the server blocks the port (connect ECONNREFUSED 127.0.0.1:<port>).",
      ]
    `)
    const { relayed, report } = reportOf(run)
    expect(relayed).toEqual(['udp'])
    expect(report.map(({ ok }) => ok)).toEqual([true, false])
    expect(run.summary).toContain('<td>UDP, TCP, TLS</td>')
  })

  it('without `require`, one transport is enough', async ({ turnWith, expect }) => {
    const turn = await turnWith({ faults: [{ on: 'send', kind: 'silence', times: 0 }] })
    const urls = ['turn:127.0.0.1:1?transport=tcp', turn.urls[1], 'turns:127.0.0.1:1?transport=tcp']
    const run = await check({ 'ice-servers': iceServersOf(turn, { urls }) })
    expect(run).toMatchObject({ exitCode: 0, annotations: [] })
    expect(reportOf(run)).toMatchObject({
      relayed: ['tcp'],
      report: [{ ok: false }, { ok: true }, { ok: false }],
    })
  })

  it('a STUN server that does not respond fails nothing', async ({ turnWith, expect }) => {
    const turn = await turnWith()
    const stun = turn.urls[0]?.replace(/^turn:(.*)\?.*$/, 'stun:$1')
    const urls = [stun, 'stun:127.0.0.1:1', turn.urls[0]]
    const run = await check({ 'ice-servers': iceServersOf(turn, { urls }) })
    expect(run).toMatchObject({ exitCode: 0, annotations: [] })
    const { relayed, report } = reportOf(run)
    expect(relayed).toEqual(['udp'])
    expect(report).toMatchObject([{ ok: true }, { ok: false }, { ok: true }])
    expect(report[0]).not.toHaveProperty('relayAddress')
  })

  it('what cannot be checked is told, and is not ok', async ({ turnWith, expect }) => {
    const turn = await turnWith()
    const urls = ['turns:127.0.0.1:5349?transport=udp', 'turn://127.0.0.1', turn.urls[0]]
    const run = await check({ 'ice-servers': iceServersOf(turn, { urls }) })
    expect(run.exitCode).toBe(0)
    expect(reportOf(run).report).toEqual([
      {
        url: urls[0],
        transport: 'dtls',
        ok: false,
        milliseconds: 0,
        error: expect.stringMatching(/^Not checked/),
      },
      { url: urls[1], transport: '', ok: false, milliseconds: 0, error: expect.stringMatching(/malformed/) },
      expect.objectContaining({ ok: true }),
    ])
  })

  it('a server without a username or a credential is not asked', async ({ turnWith, expect }) => {
    const turn = await turnWith()
    const run = await check({ 'ice-servers': JSON.stringify({ urls: turn.urls, username: 'emulated-user' }) })
    expect(run.exitCode).toBe(1)
    expect(problemsOf(run)).toEqual([expect.stringMatching(/without a username and a credential/)])
    expect(turn.received).toEqual([])
  })

  it('fails when there is no TURN server', async ({ expect }) => {
    for (const servers of [{ iceServers: [] }, { urls: 'stun:127.0.0.1:1' }, 'text', 7, null]) {
      const run = await check({ 'ice-servers': JSON.stringify(servers) })
      expect(run.exitCode).toBe(1)
      expect(problemsOf(run)).toEqual([expect.stringMatching(/^There is no TURN server among the ICE/)])
      expect(reportOf(run).relayed).toEqual([])
    }
  })

  it('warns of port 53, which browsers block', async ({ turnWith, expect }) => {
    const turn = await turnWith()
    const urls = [turn.urls[1], 'turn:127.0.0.1:53?transport=tcp']
    const run = await check({ 'ice-servers': iceServersOf(turn, { urls }) })
    expect(run.exitCode).toBe(0)
    expect(problemsOf(run, 'warning')).toEqual([expect.stringContaining('turn:127.0.0.1:53?transport=tcp')])
  })
})
