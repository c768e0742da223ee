import { describe } from 'vitest'
import {
  environmentContents,
  keyOf,
  PLACES,
  runCreateWithEnvironment,
  writesOf,
} from '../actions/environment-step.ts'
import { startProxy } from '../actions/loopback-proxy.ts'
import { it, problemsOf } from '../actions/step.ts'
import type { Fault } from '../emulator/faults.ts'

const PUT = 'gh-secret-put'
const HOUR = 3600

/** So many seconds after now, as GitHub says when a quota is renewed. */
function renewedIn(seconds: number): Record<string, string> {
  const reset = Math.ceil(Date.now() / 1000) + seconds
  return { 'x-ratelimit-remaining': '0', 'x-ratelimit-reset': String(reset) }
}

/** What GitHub responds with, and for how many seconds the step waits. */
const WAITS: readonly [what: string, fault: Fault, wait: RegExp][] = [
  ['429 with Retry-After', { on: PUT, kind: 'error', status: 429, retryAfter: 10 }, /waiting 10 seconds/],
  ['403 with Retry-After', { on: PUT, kind: 'error', status: 403, retryAfter: 11 }, /waiting 11 seconds/],
  [
    '403, quota used up',
    { on: PUT, kind: 'error', status: 403, headers: renewedIn(40) },
    /waiting [1-4]?\d seconds?\./,
  ],
  [
    '403, a secondary limit without a time',
    { on: PUT, kind: 'error', status: 403, message: 'You have exceeded a secondary rate limit.' },
    /waiting 60 seconds/,
  ],
  ['429 without a time', { on: 'gh-public-key', kind: 'error', status: 429 }, /waiting 60 seconds/],
  [
    '429 to a POST',
    { on: 'gh-variable-post', kind: 'error', status: 429, retryAfter: 5 },
    /waiting 5 seconds/,
  ],
]

describe.concurrent.each(PLACES)("GitHub's rate limits, for $where", ({ place, at }) => {
  for (const [what, fault, wait] of WAITS) {
    it(`${what}: waited for`, async ({ emulator, expect }) => {
      emulator.injectFault(fault)
      const run = await runCreateWithEnvironment(emulator, place, emulator.clock.skipping())
      expect(run).toMatchObject({ exitCode: 0, annotations: [] })
      expect(run.log).toMatch(/Rate limited by GitHub: waiting/)
      expect(run.log).toMatch(wait)
      expect(environmentContents(emulator, at)).toEqual(keyOf(emulator, run))
      expect(emulator.keys()).toHaveLength(1)
    })
  }

  for (const [what, fault] of [
    ['429', { status: 429, retryAfter: 301 }],
    ['403', { status: 403, headers: renewedIn(HOUR) }],
  ] as const) {
    it(`${what}, more than 5 minutes: when to come back`, async ({ emulator, expect }) => {
      emulator.injectFault({ on: 'gh-public-key', kind: 'error', ...fault })
      const run = await runCreateWithEnvironment(emulator, place)
      expect(problemsOf(run)).toEqual([
        expect.stringMatching(/Run this again in \d+ seconds, after \d{4}-\d\d-\d\dT/),
      ])
      expect(writesOf(emulator)).toEqual([])
    })
  }

  it("and Cloudflare's are added up", async ({ emulator, expect }) => {
    emulator.injectFault({ on: 'gh-public-key', kind: 'error', status: 429, retryAfter: 10 })
    emulator.injectFault({ on: 'create', kind: 'error', status: 429, retryAfter: 291 })
    const run = await runCreateWithEnvironment(emulator, place, emulator.clock.skipping())
    expect(problemsOf(run)).toEqual([expect.stringContaining('Run this again in 291 seconds')])
    expect(emulator.keys()).toEqual([])
  })
})

describe.concurrent('GitHub in trouble', () => {
  it('a GET is attempted three times at most', async ({ emulator, expect }) => {
    emulator.injectFault({ on: 'gh-public-key', kind: 'html', status: 502, times: 2 })
    emulator.injectFault({ on: 'gh-variable-get', kind: 'error', status: 503, times: 3, message: 'down' })
    const run = await runCreateWithEnvironment(emulator, {}, emulator.clock.skipping())
    const [problem] = problemsOf(run)
    expect(problem).toContain('HTTP status 503: down')
    expect(problem).toContain("The fault is on GitHub's side: see https://www.githubstatus.com")
    expect(problem).toMatch(/\(request [0-9A-F:]+\)/)
    const asked = emulator.requests.map(({ operation }) => operation)
    expect(asked.filter(operation => operation === 'gh-public-key')).toHaveLength(3)
    expect(asked.filter(operation => operation === 'gh-variable-get')).toHaveLength(3)
    expect(emulator.keys()).toEqual([])
  })

  it('a redirect is not followed', async ({ emulator, emulatorWith, expect }) => {
    const other = await emulatorWith({})
    const location = `${other.githubUrl}/repos/octo/app/environments/staging`
    emulator.injectFault({ on: 'gh-public-key', kind: 'redirect', status: 301, location })
    const run = await runCreateWithEnvironment(emulator)
    expect(problemsOf(run)).toEqual([expect.stringContaining('was the repository renamed or moved?')])
    expect(other.requests).toEqual([])
    expect(writesOf(emulator)).toEqual([])
  })

  it('no connection: retried for 15 seconds', async ({ emulator, expect }) => {
    const run = await runCreateWithEnvironment(
      emulator,
      {},
      { ...emulator.clock.skipping(), runner: { GITHUB_API_URL: 'http://127.0.0.9:9' } },
    )
    expect(problemsOf(run)).toEqual([expect.stringContaining('no connection to 127.0.0.9:9')])
    expect(run.log).toContain('Retrying for 15 seconds')
    expect(writesOf(emulator)).toEqual([])
  })
})

describe.concurrent('a proxy', () => {
  it('carries the requests to GitHub in a tunnel', async ({ emulator, expect }) => {
    const proxy = await startProxy()
    const env = { https_proxy: proxy.host }
    const run = await runCreateWithEnvironment(emulator, {}, { env })
    proxy.close()
    expect(run.exitCode).toBe(0)
    expect(new Set(proxy.seen)).toEqual(new Set([`CONNECT ${new URL(emulator.origin).host}`]))
  })
})
