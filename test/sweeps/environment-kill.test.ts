import { setTimeout as sleep } from 'node:timers/promises'
import { describe, expect } from 'vitest'
import {
  environmentContents,
  PLACES,
  runCreateWithEnvironment,
  seedPair,
  startCreateWithEnvironment,
  writesOf,
} from '../actions/environment-step.ts'
import { it } from '../actions/step.ts'
import { until } from '../emulator/ask.ts'
import type { Emulator } from '../emulator/emulator.ts'
import type { Operation } from '../emulator/faults.ts'
import { cancelStep, type RunningStep, type StepRun } from '../github-runner.ts'
import { NOTHING } from '../nothing.ts'

/** Main sends 10 requests, each worked on 8 ms after it came: before that, about then, and when the response is there. */
const INSTANTS = Array.from({ length: 40 }, (_, index) => ({
  request: 1 + Math.floor(index / 4),
  after: (index % 4) * 6,
  signal: index % 2 === 0 ? ('SIGKILL' as const) : ('SIGINT' as const),
  isRotation: index % 4 < 2,
}))

type Place = (typeof PLACES)[number]

function begin(emulator: Emulator, { place, at }: Place, isRotation: boolean): RunningStep {
  if (isRotation) seedPair(emulator, { at })
  return startCreateWithEnvironment(emulator, { ...place, ...(isRotation && { 'if-exists': 'replace' }) })
}

/** Runs the post step, and checks what is promised of both sides, whatever happened to main. */
async function checkLeft({ at }: Place, emulator: Emulator, main: StepRun): Promise<StepRun> {
  const before = environmentContents(emulator, at)
  const made = emulator.keys()
  const post = await main.post({ jobStatus: 'cancelled' })
  expect(post.exitCode).toBe(0)
  const told = [main.log, JSON.stringify(main.outputs), post.log].join('\n')
  const mine = emulator.keys().filter(({ created }) => !created.startsWith('2026-01-01'))
  expect(mine.filter(({ uid }) => !told.includes(uid))).toEqual([])
  const secrets = emulator.keys().map(({ secret }) => secret)
  expect([undefined, ...secrets]).toContain(before.secret)
  expect(made.map(({ secret }) => secret)).toEqual(expect.arrayContaining(secrets))
  return post
}

const phases: string[] = []

describe.concurrent.each(PLACES)(
  'a step that ends early leaves no key unnamed, and $where no secret of a deleted key',
  place => {
    it.for(INSTANTS)('$signal $after ms after request $request', async (instant, { emulatorWith }) => {
      const emulator = await emulatorWith({ latency: 8 })
      const running = begin(emulator, place, instant.isRotation)
      await until(() => emulator.requests.length >= instant.request)
      await sleep(instant.after)
      running.kill(instant.signal)
      const main = await running.done
      await checkLeft(place, emulator, main)
      phases.push(/"phase":"([\w-]+)"/.exec(main.state.create ?? '')?.[1] ?? 'none')
    })
  },
)

it('these instants hit a main before there was a key, and while it was stored', () => {
  expect(phases).toContain('none')
  expect(phases).toContain('storing')
})

describe.concurrent('what main leaves to its post step', () => {
  it('is written as one value, phase by phase', async ({ emulator }) => {
    const { files } = await runCreateWithEnvironment(emulator)
    const phases = [...files.state.matchAll(/"phase":"([\w-]+)"/g)].map(([, phase]) => phase)
    expect(phases).toEqual(['rolled-back', 'requested', 'created', 'storing', 'stored', 'published'])
  })
})

/** What hangs when the job is cancelled, and whether the key is kept. */
const HANGS: readonly [Operation, boolean, boolean][] = [
  ['gh-public-key', false, false],
  ['create', true, true],
  ['gh-secret-put', false, true],
  ['gh-secret-put', true, true],
  ['gh-variable-post', false, true],
  ['gh-variable-post', true, true],
]

describe.concurrent.each(PLACES)('a job that stores in $where and is cancelled while a request', place => {
  it.for(HANGS)('%s hangs, done: %s', async ([on, effect, stays], { emulator }) => {
    emulator.injectFault({ on, kind: 'no-response', effect })
    const running = startCreateWithEnvironment(emulator, place.place, emulator.clock.stopped())
    await until(() => emulator.requests.some(({ operation }) => operation === on))
    const main = await cancelStep(running, emulator.clock)
    expect(main).toMatchObject({ exitCode: 1, signal: null, outputs: NOTHING })
    const post = await checkLeft(place, emulator, main)
    expect(emulator.keys()).toHaveLength(stays ? 1 : 0)
    const isStored = on.startsWith('gh-') && stays
    if (isStored) expect(main.log).toContain(`The TURN key ${emulator.keys()[0]?.uid} is kept`)
    expect(post.log.includes('The next run with `if-exists: reuse` keeps the pair if it is whole')).toBe(
      isStored,
    )
    expect(writesOf(emulator).filter(write => write === on)).toHaveLength(on === 'gh-public-key' ? 0 : 1)
    if (on !== 'create') expect(writesOf(emulator).at(-1) ?? on).toBe(on)
  })

  it('is slow: it is awaited, and the key that it created is deleted', async ({ emulator }) => {
    emulator.injectFault({ on: 'create', kind: 'slow', delay: 200 })
    const running = startCreateWithEnvironment(emulator, place.place, emulator.clock.stopped())
    await until(() => emulator.keys().length === 1)
    const main = await cancelStep(running, emulator.clock)
    expect(main.exitCode).toBe(1)
    expect(emulator.keys()).toEqual([])
    expect(environmentContents(emulator, place.at)).toEqual({ uid: undefined, secret: undefined })
    expect((await main.post({ jobStatus: 'cancelled' })).annotations).toEqual([])
  })
})
