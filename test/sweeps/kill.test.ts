import { once } from 'node:events'
import { setTimeout as sleep } from 'node:timers/promises'
import { beforeAll, describe, expect, test } from 'vitest'
import { startAccount } from '../actions/accounts.ts'
import type { Emulator } from '../emulator/emulator.ts'
import { type RunningStep, type StepRun, startStep } from '../github-runner.ts'

const OWN = { 'delete-after-job': 'always' }
const GIVEN = { 'delete-after-job': 'failure', name: 'app' }

/** 50 instants spread over main's time, for each of the two. */
const INSTANTS = [OWN, GIVEN].flatMap(given =>
  Array.from({ length: 50 }, (_, index) => ({ part: index / 49, given })),
)

/** Starts a main with two requests whose responses take a while, and waits for its first line: nothing was sent before. */
async function begin(given: Record<string, string>): Promise<{ emulator: Emulator; running: RunningStep }> {
  const { emulator, account } = await startAccount()
  emulator.injectFault({ on: 'create', kind: 'slow', delay: 20 })
  emulator.injectFault({ on: 'mint', kind: 'slow', delay: 20 })
  const running = startStep('.', { inputs: { ...account, 'rtc-url': emulator.rtcUrl, ttl: '60', ...given } })
  if (running.child.stdout) await once(running.child.stdout, 'data')
  expect(emulator.requests).toEqual([])
  return { emulator, running }
}

/** Milliseconds from the first line to the end. */
async function duration(): Promise<number> {
  const { running } = await begin(GIVEN)
  const start = performance.now()
  await running.done
  return performance.now() - start
}

interface Killed {
  emulator: Emulator
  /** How many keys there were before the post step. */
  made: number
  main: StepRun
  post: StepRun
}

async function kill(given: Record<string, string>, part: number): Promise<Killed> {
  const { emulator, running } = await begin(given)
  await sleep(part * whole)
  running.kill('SIGKILL')
  const main = await running.done
  const made = emulator.keys().length
  const post = await main.post({ jobStatus: 'cancelled' })
  expect(post.exitCode).toBe(0)
  return { emulator, made, main, post }
}

let whole = 0
const killed: Killed[] = []

beforeAll(async () => {
  whole = Math.max(...(await Promise.all([duration(), duration(), duration()])))
})

describe.concurrent('a step that is killed leaves no key that nothing names', () => {
  test.each(INSTANTS)('at $part of its time, given $given', async ({ part, given }) => {
    const run = await kill(given, part)
    const told = run.post.annotations.map(({ message }) => message).join('\n')
    const unnamed = run.emulator.keys().filter(({ uid }) => !told.includes(uid))
    expect(given === OWN ? run.emulator.keys() : unnamed).toEqual([])
    killed.push(run)
  })
})

test('these instants hit a main that waited for its key, and one that had it', () => {
  const phases = killed.filter(({ made }) => made > 0).map(({ main }) => main.state.create)
  expect(phases.join()).toContain('"phase":"requested"')
  expect(phases.join()).toContain('"phase":"created"')
})
