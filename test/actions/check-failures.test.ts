import { describe } from 'vitest'
import { until } from '../emulator/ask.ts'
import type { TurnFault } from '../emulator/turn/faults.ts'
import { cancelStep } from '../github-runner.ts'
import { check, iceServersOf, it, reportOf, startCheck, userOf } from './check-step.ts'
import { problemsOf } from './step.ts'

const SHORT = { timeout: '5' }
/** Time enough for what comes before, also on a busy machine. */
const LONG = { timeout: '20' }

describe.concurrent('a server that does not relay', () => {
  const FAULTS: readonly (readonly [TurnFault, RegExp, Record<string, string>?])[] = [
    [
      { on: 'allocate', kind: 'error', code: 300 },
      /refers to another one, to which nothing is sent.*\(300 Try/,
    ],
    [{ on: 'allocate', kind: 'error', code: 401, authenticated: true }, /credential.*\(401 Unauthorized\)/],
    [
      { on: 'allocate', kind: 'error', code: 486, authenticated: true },
      /quota.*\(486 Allocation Quota Reached/,
    ],
    [{ on: 'createPermission', kind: 'error', code: 403 }, /denies its own.*\(403 Forbidden\)/],
    [{ on: 'allocate', kind: 'error', code: 508, authenticated: true }, /see its log \(508 Insufficient Cap/],
    [{ on: 'allocate', kind: 'silence' }, /^Nothing came back: .*firewall.*within 5 seconds/, SHORT],
    [{ on: 'createPermission', kind: 'unsigned' }, /not signed with this credential/, LONG],
    [{ on: 'send', kind: 'silence' }, /gives relay addresses, but .*UDP ports/, LONG],
    [{ on: 'send', kind: 'altered' }, /arrived changed/],
  ]
  for (const [fault, expected, inputs] of FAULTS) {
    it(JSON.stringify(fault), async ({ turnWith, expect }) => {
      const turn = await turnWith({ faults: [fault] })
      const run = await check({ 'ice-servers': iceServersOf(turn), ...inputs })
      expect(run).toMatchObject({ exitCode: 1, unmasked: [] })
      const { relayed, report } = reportOf(run)
      expect(relayed).toEqual([])
      for (const { ok, error } of report)
        expect([ok, error]).toEqual([false, expect.stringMatching(expected)])
      // The same reason for all three is told once.
      expect(problemsOf(run)).toEqual([`TURN does not relay. ${turn.urls.join(', ')}: ${report[0]?.error}`])
      expect(turn.open()).toBe(0)
    })
  }

  it('words of a server that are none of STUN: too long, a command, and a secret', async ({
    turnWith,
    expect,
  }) => {
    const wordy = [
      ['x'.repeat(900), /see its log\.$/],
      ['\n::error::owned ##[group]\u001b[31m', /see its log \(508 {2}::error::owned ## \[group\] \[31m\)\.$/],
    ] as const
    for (const [words, expected] of wordy) {
      const turn = await turnWith({
        faults: [{ on: 'allocate', kind: 'error', code: 508, words, authenticated: true }],
      })
      const run = await check({ 'ice-servers': iceServersOf(turn, { urls: turn.urls[0] }) })
      expect(problemsOf(run)).toEqual([expect.stringMatching(expected)])
    }
  })

  it('an expired credential: when it expired, where the user name tells', async ({ turnWith, expect }) => {
    const turn = await turnWith()
    const user = userOf(turn, -90)
    const run = await check({ 'ice-servers': iceServersOf(turn, user) })
    const expiry = new Date(Number.parseInt(user.username, 10) * 1000).toISOString()
    expect(problemsOf(run)).toEqual([expect.stringContaining(`By its user name, it expired at ${expiry}.`)])
  })

  it('a certificate that is not trusted, and one for another host', async ({ turnWith, expect }) => {
    const turn = await turnWith()
    const url = turn.urls[2] ?? ''
    const untrusted = await check(
      { 'ice-servers': iceServersOf(turn, { urls: url }) },
      { env: { NODE_EXTRA_CA_CERTS: '' } },
    )
    expect(problemsOf(untrusted)).toEqual([
      expect.stringMatching(/certificate is not trusted here.*self-signed/),
    ])
    const urls = url.replace('127.0.0.1', '127.1')
    const other = await check({ 'ice-servers': iceServersOf(turn, { urls }) })
    expect(problemsOf(other)).toEqual([expect.stringMatching(/certificate is for another host.*altnames/)])
    expect(turn.received).toEqual([])
  })

  it('verifies the certificate also where the job tells Node.js not to', async ({ turnWith, expect }) => {
    const turn = await turnWith()
    const env = { NODE_EXTRA_CA_CERTS: '', NODE_TLS_REJECT_UNAUTHORIZED: '0' }
    const run = await check({ 'ice-servers': iceServersOf(turn, { urls: turn.urls[2] }) }, { env })
    expect(run.exitCode).toBe(1)
    expect(turn.received).toEqual([])
  })
})

/** Tells each host that is looked up. */
const LOOKUPS = `import dns from 'node:dns'
import { syncBuiltinESMExports } from 'node:module'
for (const owner of [dns, dns.promises]) {
  const { lookup } = owner
  owner.lookup = (...call) => (console.error('lookup of ' + call[0]), lookup(...call))
}
syncBuiltinESMExports()`

it('a host is looked up once, whatever the number of its URLs', async ({ turnWith, expect }) => {
  const turn = await turnWith()
  const urls = turn.urls.map(url => url.replace('127.0.0.1', 'localhost'))
  const nodeOptions = ['--import', `data:text/javascript,${encodeURIComponent(LOOKUPS)}`]
  const run = await check(
    { 'ice-servers': iceServersOf(turn, { urls }), require: 'udp, tcp' },
    { nodeOptions },
  )
  expect([run.log, run.exitCode]).toEqual([expect.any(String), 0])
  expect(run.stderr.match(/lookup of localhost/g)).toHaveLength(1)
})

describe.concurrent('a job that is cancelled', () => {
  it.skipIf(process.platform === 'win32')('gives back all allocations', async ({ turnWith, expect }) => {
    const turn = await turnWith({ faults: [{ on: 'send', kind: 'silence' }] })
    const step = startCheck({ 'ice-servers': iceServersOf(turn), timeout: '60' })
    await until(() => turn.open() === 6 && turn.received.filter(one => one === 'send').length >= 3)
    const run = await cancelStep(step)
    expect(run).toMatchObject({ exitCode: 1, signals: ['SIGINT'] })
    expect(problemsOf(run)).toEqual(['The job was cancelled.'])
    expect([run.summary, reportOf(run)]).toEqual(['', { relayed: [], report: [] }])
    expect(run.log).not.toContain('TURN')
    expect([turn.open(), turn.total()]).toEqual([0, 6])
  })
})
