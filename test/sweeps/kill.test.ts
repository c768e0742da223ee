import { once } from 'node:events'
import { setTimeout as sleep } from 'node:timers/promises'
import { beforeAll, describe, expect } from 'vitest'
import { type Inputs, it, startCreate } from '../actions/step.ts'
import { type Emulator, startEmulator } from '../emulator/emulator.ts'
import type { RunningStep, StepRun } from '../github-runner.ts'

const OWN = { 'delete-after-job': 'always' }
const GIVEN = { 'delete-after-job': 'failure', name: 'app' }

/** 50 instants spread over main's time, for each of the two. */
const INSTANTS = [OWN, GIVEN].flatMap(given =>
  Array.from({ length: 50 }, (_, index) => ({ part: index / 49, given })),
)

/** Starts a main with two requests whose responses take a while, and waits for its first line: nothing was sent before. */
async function begin(emulator: Emulator, given: Inputs): Promise<RunningStep> {
  emulator.injectFault({ on: 'create', kind: 'slow', delay: 20 })
  emulator.injectFault({ on: 'mint', kind: 'slow', delay: 20 })
  const running = startCreate(emulator, { 'rtc-url': emulator.rtcUrl, ttl: '60', ...given })
  if (running.child.stdout) await once(running.child.stdout, 'data')
  expect(emulator.requests).toEqual([])
  return running
}

/** Milliseconds from the first line to the end. */
async function duration(): Promise<number> {
  const emulator = await startEmulator({ transport: 'https' })
  const running = await begin(emulator, GIVEN)
  const start = performance.now()
  await running.done
  await emulator.close()
  return performance.now() - start
}

interface Killed {
  /** How many keys there were before the post step. */
  made: number
  main: StepRun
  post: StepRun
}

async function kill(emulator: Emulator, given: Inputs, part: number): Promise<Killed> {
  const running = await begin(emulator, given)
  await sleep(part * whole)
  running.kill('SIGKILL')
  const main = await running.done
  const made = emulator.keys().length
  const post = await main.post({ jobStatus: 'cancelled' })
  expect(post.exitCode).toBe(0)
  return { made, main, post }
}

let whole = 0
const killed: Killed[] = []

beforeAll(async () => {
  whole = Math.max(...(await Promise.all([duration(), duration(), duration()])))
})

describe.concurrent('a step that is killed leaves no key that nothing names', () => {
  it.for(INSTANTS)('at $part of its time, given $given', async ({ part, given }, { emulator }) => {
    const run = await kill(emulator, given, part)
    const told = run.post.annotations.map(({ message }) => message).join('\n')
    const unnamed = emulator.keys().filter(({ uid }) => !told.includes(uid))
    expect(given === OWN ? emulator.keys() : unnamed).toEqual([])
    killed.push(run)
  })
})

it('these instants hit a main that waited for its key, and one that had it', () => {
  const phases = killed.filter(({ made }) => made > 0).map(({ main }) => main.state.create)
  expect(phases.join()).toContain('"phase":"requested"')
  expect(phases.join()).toContain('"phase":"created"')
})
