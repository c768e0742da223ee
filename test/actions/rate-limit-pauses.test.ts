import { describe } from 'vitest'
import type { Emulator } from '../emulator/emulator.ts'
import type { Operation } from '../emulator/faults.ts'
import { NOTHING } from '../nothing.ts'
import { operationsOf } from './accounts.ts'
import { PLACES, runCreateWithEnvironment } from './environment-step.ts'
import { mintFrom } from './mint-step.ts'
import { create, it, problemsOf, runDelete } from './step.ts'

/** The pauses that a step took, in seconds. */
function pausesOf(log: string): number[] {
  return [...log.matchAll(/Rate limited by \w+: waiting (\d+) seconds?\./g)].map(([, seconds]) =>
    Number(seconds),
  )
}

/** What is throttled for good, by which step, and the pauses that fit into 5 minutes. */
const THROTTLED: readonly [Operation, (emulator: Emulator) => ReturnType<typeof create>][] = [
  ['create', emulator => create(emulator, {}, emulator.clock.skipping())],
  ['mint', emulator => mintFrom(emulator, emulator.seedKey({ name: 'n' }), {}, emulator.clock.skipping())],
  ['list', emulator => runDelete(emulator, { name: 'n' }, emulator.clock.skipping())],
]

describe.concurrent('a 429 without Retry-After', () => {
  for (const [on, run] of THROTTLED) {
    it(`to ${on} is waited out with growing pauses, and few requests`, async ({ emulator, expect }) => {
      emulator.injectFault({ on, kind: 'error', status: 429, times: Number.POSITIVE_INFINITY })
      const step = await run(emulator)
      expect(step).toMatchObject({ exitCode: 1, outputs: NOTHING })
      expect(problemsOf(step)).toEqual([expect.stringContaining('Run this again in')])
      const pauses = pausesOf(step.log)
      expect(pauses).toEqual(pauses.toSorted((a, b) => a - b))
      expect(pauses[0]).toBeLessThan(5)
      expect(new Set(operationsOf(emulator))).toEqual(new Set([on]))
      expect(operationsOf(emulator).length).toBeGreaterThan(5)
      expect(operationsOf(emulator).length).toBeLessThan(12)
    })
  }

  it('to a post step too', async ({ emulator, expect }) => {
    const main = await create(emulator, { 'delete-after-job': 'always' })
    emulator.requests.length = 0
    emulator.injectFault({ on: 'delete', kind: 'error', status: 429, times: Number.POSITIVE_INFINITY })
    const post = await main.post(emulator.clock.skipping())
    expect(problemsOf(post, 'warning')).toEqual([expect.stringContaining(main.outputs.uid ?? '')])
    expect(post.exitCode).toBe(0)
    expect(new Set(operationsOf(emulator))).toEqual(new Set(['delete']))
    expect(operationsOf(emulator).length).toBeLessThan(12)
  })

  for (const { where, place } of PLACES) {
    it(`from GitHub, for ${where}: a minute each, as GitHub's docs say`, async ({ emulator, expect }) => {
      emulator.injectFault({
        on: 'gh-public-key',
        kind: 'error',
        status: 429,
        times: Number.POSITIVE_INFINITY,
      })
      const run = await runCreateWithEnvironment(emulator, place, emulator.clock.skipping())
      expect(run.exitCode).toBe(1)
      for (const pause of pausesOf(run.log)) expect(pause).toBeGreaterThan(50)
      const throttled = operationsOf(emulator).filter(operation => operation === 'gh-public-key')
      expect(throttled.length).toBeGreaterThan(1)
      expect(throttled.length).toBeLessThan(8)
      expect(emulator.requests.filter(({ method }) => method !== 'GET')).toEqual([])
    })
  }
})

/** A time sync that moves the clock by an hour whenever somebody looks. */
const JUMPING = `let jump = 0; const { now } = Date; Date.now = () => now() + 3_600_000 * ++jump`

describe.concurrent('a time sync while a step waits', () => {
  const nodeOptions = ['--import', `data:text/javascript,${encodeURIComponent(JUMPING)}`]
  for (const [what, run] of [
    ['create', (emulator: Emulator) => create(emulator, {}, { nodeOptions })],
    [
      'mint',
      (emulator: Emulator) => mintFrom(emulator, emulator.seedKey({ name: 'n' }), {}, { nodeOptions }),
    ],
    ['list', (emulator: Emulator) => runDelete(emulator, { name: 'n' }, { nodeOptions })],
  ] as const) {
    it(`does not shorten the wait: ${what}`, async ({ emulator, expect }) => {
      emulator.injectFault({ on: what, kind: 'error', status: 429, retryAfter: 1 })
      const step = await run(emulator)
      expect(step).toMatchObject({ exitCode: 0, annotations: [] })
      expect(pausesOf(step.log)).toHaveLength(1)
      expect(operationsOf(emulator).slice(0, 2)).toEqual([what, what])
    })
  }
})
