import { describe, expect } from 'vitest'
import { until } from '../emulator/ask.ts'
import type { Emulator } from '../emulator/emulator.ts'
import { NOTHING } from '../nothing.ts'
import { names, operationsOf } from './accounts.ts'
import { it, runOrphaned, startOrphaned } from './orphaned-step.ts'
import { problemsOf, runDelete } from './step.ts'

const FOREVER = Number.POSITIVE_INFINITY

/** However fast the questions come. */
const perSecond = 10_000

/** Seeds so many pull requests with two keys each; those with an even number are closed. Returns the names of the others. */
function seedPulls(emulator: Emulator, count: number): string[] {
  const living: string[] = []
  for (let number = 1; number <= count; number++) {
    const isClosed = number % 2 === 0
    emulator.github.setPull(number, isClosed ? 'closed' : 'open')
    for (const name of [`octo/app#${number}`, `octo/app#${number}`]) {
      emulator.seedKey({ name })
      if (!isClosed) living.push(name)
    }
  }
  return living
}

describe.concurrent('many owners', () => {
  it('120 are asked about eight at a time, with progress now and then, and a reason for each key', async ({
    emulatorWith,
  }) => {
    const emulator = await emulatorWith({ perSecond, latency: 10 })
    const living = seedPulls(emulator, 120)
    const step = await runOrphaned(emulator, {}, emulator.clock.skipping())
    expect(step).toMatchObject({ exitCode: 0, annotations: [], outputs: { count: '120' } })
    expect(names(emulator)).toEqual(living)
    expect(operationsOf(emulator).filter(one => one === 'gh-pull')).toHaveLength(120)
    expect(emulator.peakConcurrency()).toBe(8)
    expect(step.log.match(/about \d+ of 120/g)).toEqual(['about 50 of 120', 'about 100 of 120'])
    expect(step.log.match(/^TURN key [0-9a-f]{32}, octo\/app#\d+: pull request closed\.$/gm)).toHaveLength(
      120,
    )
  })

  for (const [what, fault] of [
    ['429', { status: 429, retryAfter: 4 }],
    [
      '403 with Retry-After',
      { status: 403, retryAfter: 4, message: 'You have exceeded a secondary rate limit.' },
    ],
    [
      '403 with no requests left',
      { status: 403, headers: { 'X-RateLimit-Remaining': '0' }, message: 'API rate limit exceeded' },
    ],
  ] as const) {
    it(`a ${what} in the middle is survived`, async ({ emulatorWith }) => {
      const emulator = await emulatorWith({ perSecond, latency: 5 })
      const living = seedPulls(emulator, 40)
      const reset = String(Math.ceil(Date.now() / 1000) + 6)
      const headers = 'headers' in fault ? { ...fault.headers, 'X-RateLimit-Reset': reset } : {}
      emulator.injectFault({ on: 'gh-pull', skip: 16, times: 8, kind: 'error', ...fault, headers })
      const step = await runOrphaned(emulator, {}, emulator.clock.skipping())
      expect(step).toMatchObject({ exitCode: 0, annotations: [], outputs: { count: '40' } })
      expect(names(emulator)).toEqual(living)
      expect(step.log).toMatch(/Rate limited by GitHub: waiting \d+ seconds?\./)
      expect(operationsOf(emulator).filter(one => one === 'gh-pull')).toHaveLength(40 + 8)
    })
  }

  it('a limit that lasts longer than a step waits: what is proved goes, the rest stays, with when to come back', async ({
    emulatorWith,
  }) => {
    const emulator = await emulatorWith({ perSecond, latency: 5 })
    const living = seedPulls(emulator, 40)
    emulator.injectFault({
      on: 'gh-pull',
      skip: 20,
      times: FOREVER,
      kind: 'error',
      status: 429,
      retryAfter: 3000,
    })
    const step = await runOrphaned(emulator)
    const left = names(emulator)
    expect(left).toEqual(expect.arrayContaining(living))
    expect(left.length).toBe(80 - Number(step.outputs.count))
    expect(Number(step.outputs.count)).toBeGreaterThan(0)
    expect(problemsOf(step, 'warning')).toEqual([expect.stringContaining('Run this again in 3000 seconds')])
    expect(problemsOf(step, 'warning')[0]).toContain('19 more are kept too.')
    expect(operationsOf(emulator).filter(one => one === 'gh-pull').length).toBeLessThanOrEqual(28)
  })

  it('a cancelled job deletes nothing', async ({ emulatorWith }) => {
    const emulator = await emulatorWith({ perSecond })
    seedPulls(emulator, 60)
    emulator.injectFault({ on: 'gh-pull', kind: 'slow', delay: 20, times: FOREVER })
    const running = startOrphaned(emulator, {}, emulator.clock.stopped())
    await until(() => operationsOf(emulator).includes('gh-pull'))
    running.kill('SIGINT')
    emulator.clock.pass()
    const step = await running.done
    expect(step.exitCode).toBe(1)
    expect(problemsOf(step, 'warning')).toEqual([])
    expect(names(emulator)).toHaveLength(120)
    expect(operationsOf(emulator)).not.toContain('delete')
  })
})

const SEVERAL = /^Set exactly one of `uid`.*`orphaned`, not several/

describe.concurrent('what does not go with orphaned is refused before the first request', () => {
  it.for<[Record<string, string>, RegExp]>([
    [{ name: 'a' }, SEVERAL],
    [{ 'name-prefix': 'a' }, SEVERAL],
    [{ uid: '1'.repeat(32) }, SEVERAL],
    [{ environment: 'staging' }, SEVERAL],
    [{ store: 'repository' }, SEVERAL],
    [{ 'keep-latest': '1' }, /^`keep-latest` requires/],
    [{ orphaned: '' }, /^`orphaned` is empty: check the expression/],
    [{ orphaned: 'yes' }, /^`orphaned` must be true or false/],
    [{ 'github-token': '' }, /^`github-token` is missing. `orphaned` needs it to query GitHub/],
  ])('%j', async ([given, message], { emulator }) => {
    const step = await runOrphaned(emulator, given)
    expect(step).toMatchObject({ exitCode: 1, outputs: NOTHING })
    expect(problemsOf(step)[0]).toMatch(message)
    expect(emulator.requests).toEqual([])
  })

  it('a repository that is not told', async ({ emulator }) => {
    const step = await runOrphaned(emulator, {}, { runner: { GITHUB_REPOSITORY: '' } })
    expect(problemsOf(step)).toEqual([expect.stringContaining('`orphaned` needs GITHUB_REPOSITORY')])
    expect(emulator.requests).toEqual([])
  })

  it('orphaned: false beside a name is as if it were not there', async ({ emulator }) => {
    for (const name of ['a', 'octo/app#1']) emulator.seedKey({ name })
    const step = await runOrphaned(emulator, { orphaned: 'False', name: 'a' })
    expect(step).toMatchObject({ exitCode: 0, annotations: [] })
    expect(names(emulator)).toEqual(['octo/app#1'])
  })

  it("an environment needs another token than the workflow's own, and the error names the permission", async ({
    emulator,
  }) => {
    const inputs = { environment: 'staging' }
    const step = await runDelete(emulator, inputs, { runner: { GITHUB_API_URL: emulator.githubUrl } })
    expect(problemsOf(step)).toEqual([
      expect.stringMatching(/GITHUB_TOKEN never has it.*the repository permission Environments: write/),
    ])
  })
})
