import { describe } from 'vitest'
import { REFUSAL_REASONS, type RefusalReason } from '../emulator/github/refusals.ts'
import { names } from './accounts.ts'
import { environmentContents, runCreateWithEnvironment, seedPair } from './environment-step.ts'
import { it, runOrphaned } from './orphaned-step.ts'
import { create, problemsOf } from './step.ts'

const STORE = 'Environments: write'
const LACKING: readonly RefusalReason[] = [
  'integration',
  'personal access token',
  'no rights',
  'integration, as the last request of the hour',
]
const LIMITS: readonly RefusalReason[] = ['rate limit', 'secondary rate limit']
const OTHERS = REFUSAL_REASONS.filter(reason => ![...LACKING, ...LIMITS].includes(reason))

describe.concurrent("a hint never contradicts GitHub's words", () => {
  for (const reason of [...LACKING, ...OTHERS]) {
    const isLacking = LACKING.includes(reason)
    it(`${reason}: ${isLacking ? 'a permission is missing' : 'no permission is asked for'}`, async ({
      emulator,
      expect,
    }) => {
      seedPair(emulator)
      emulator.injectFault({ on: 'gh-public-key', kind: 'refusal', reason })
      const [problem, ...others] = problemsOf(await runCreateWithEnvironment(emulator))
      expect(others).toEqual([])
      expect(problem).toMatch(/GitHub responded with HTTP status (403|422): /)
      expect(problem?.includes(STORE)).toBe(isLacking)
      expect(/lacks permission/.test(problem ?? '')).toBe(isLacking)
      expect(problem).not.toContain('rate limit')
    })

    it(`${reason}, in orphaned`, async ({ emulator, expect }) => {
      emulator.github.setPull(1, 'closed')
      emulator.seedKey({ name: 'octo/app#1' })
      emulator.injectFault({ on: 'gh-pull', kind: 'refusal', reason })
      const step = await runOrphaned(emulator)
      const [problem, ...others] = problemsOf(step, 'warning')
      expect(others).toEqual([])
      expect(/add `pull-requests: read`/.test(problem ?? '')).toBe(isLacking)
      expect(names(emulator)).toEqual(['octo/app#1'])
    })
  }
})

describe.concurrent('a rate limit is no missing permission', () => {
  it('that lasts an hour says when to come back', async ({ emulator, expect }) => {
    emulator.github.setPull(1, 'closed')
    emulator.seedKey({ name: 'octo/app#1' })
    emulator.injectFault({ on: 'gh-pull', kind: 'refusal', reason: 'rate limit' })
    const step = await runOrphaned(emulator)
    const [problem = ''] = problemsOf(step, 'warning')
    expect(problem).toMatch(/API rate limit exceeded.* Run this again in \d+ seconds, after \d{4}-/)
    expect(problem).not.toContain('permission')
    emulator.injectFault({ on: 'gh-public-key', kind: 'refusal', reason: 'rate limit' })
    expect(problemsOf(await runCreateWithEnvironment(emulator))[0]).not.toContain('permission')
  })

  it('that is over soon is waited for', async ({ emulator, expect }) => {
    const { uid, secret } = seedPair(emulator)
    emulator.injectFault({ on: 'gh-public-key', kind: 'refusal', reason: 'secondary rate limit' })
    const run = await runCreateWithEnvironment(emulator, {}, emulator.clock.skipping())
    expect(run).toMatchObject({ exitCode: 0, outputs: { outcome: 'reused', uid } })
    expect(run.log).toContain('Rate limited by GitHub: waiting 60 seconds.')
    expect(environmentContents(emulator)).toEqual({ uid, secret })
  })
})

describe.concurrent('a wait that no date can say', () => {
  for (const seconds of ['9999999999999', '9'.repeat(400)]) {
    it(`Retry-After of ${seconds.length} digits`, async ({ emulator, expect }) => {
      emulator.injectFault({ on: 'create', kind: 'error', status: 429, retryAfter: seconds })
      const [problem] = problemsOf(await runCreateWithEnvironment(emulator))
      expect(problem).toMatch(/HTTP status 429\. .* Run this again in 31536000 seconds, after \d{4}-/)
    })
  }

  it("Cloudflare's quota", async ({ emulator, expect }) => {
    emulator.injectFault({
      on: 'create',
      kind: 'error',
      status: 429,
      headers: { ratelimit: '"default";r=0;t=9999999999999' },
    })
    const [problem] = problemsOf(await runCreateWithEnvironment(emulator))
    expect(problem).toMatch(/Run this again in \d+ seconds, after \d{4}-/)
  })

  it("GitHub's quota", async ({ emulator, expect }) => {
    const headers = { 'x-ratelimit-remaining': '0', 'x-ratelimit-reset': '9999999999999999' }
    emulator.injectFault({ on: 'gh-public-key', kind: 'error', status: 403, message: '', headers })
    const [problem] = problemsOf(await runCreateWithEnvironment(emulator))
    expect(problem).toMatch(/Run this again in \d+ seconds, after \d{4}-/)
  })

  it('and a clock of a server that is none is no clock', async ({ emulator, expect }) => {
    emulator.injectFault({ on: 'mint', kind: 'headers', set: { Date: 'Sat, 13 Sep 275760 00:00:00 GMT' } })
    const inputs = { ttl: '60', 'if-exists': 'replace' }
    const run = await runCreateWithEnvironment(emulator, inputs)
    expect(run).toMatchObject({ exitCode: 0, annotations: [] })
    expect(Math.abs(Date.parse(run.outputs['expires-at'] ?? '') - Date.now())).toBeLessThan(120_000)
  })
})

describe.concurrent('a token that a server repeats is redacted before the text is cut', () => {
  for (const after of [970, 979]) {
    it(`by Cloudflare, across the 1,000th character: ${after}`, async ({ emulator, expect }) => {
      emulator.injectFault({ on: 'create', kind: 'echo-secret', after })
      const [problem = ''] = problemsOf(await create(emulator))
      expect(problem).toContain('x'.repeat(900))
      expect(problem).not.toContain('emula')
      expect(problem.length).toBeLessThan(2000)
    })

    it(`by GitHub, across the 1,000th character: ${after}`, async ({ emulator, expect }) => {
      emulator.injectFault({ on: 'gh-public-key', kind: 'echo-secret', after })
      const [problem = ''] = problemsOf(await runCreateWithEnvironment(emulator))
      expect(problem).toContain('x'.repeat(900))
      expect(problem).not.toContain('emula')
      expect(problem.length).toBeLessThan(2000)
    })
  }
})
