import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { describe } from 'vitest'
import { until } from '../emulator/ask.ts'
import type { Emulator } from '../emulator/emulator.ts'
import { cancelStep, type StepRun } from '../github-runner.ts'
import { NOTHING } from '../nothing.ts'
import { operationsOf } from './accounts.ts'
import { it, problemsOf, startCreate, startDelete } from './step.ts'

const OWN = { 'delete-after-job': 'always' }
const SIGNALS = ['SIGINT', 'SIGTERM'] as const
/** Milliseconds after the step was started, or after so many of its two requests, which take 40 ms each. */
const INSTANTS = [
  ...Array.from({ length: 3 }, (_, index) => ({ requests: 0, wait: index * 60 })),
  ...Array.from({ length: 4 }, (_, index) => ({ requests: 1, wait: index * 20 })),
  ...Array.from({ length: 11 }, (_, index) => ({ requests: 2, wait: index * 10 })),
]
const LATENCY = 40

/** What an emulator is left with that neither the log nor an output names. */
function unnamed(emulator: Emulator, runs: readonly StepRun[]): string[] {
  const told = runs.map(({ log, outputs }) => `${log} ${outputs.uid ?? ''}`).join('\n')
  return emulator.keys().flatMap(({ uid }) => (told.includes(uid) ? [] : [uid]))
}

describe.concurrent('a signal while', () => {
  it('the response to a create hangs: the lost key is deleted', async ({ emulator, expect }) => {
    emulator.injectFault({ on: 'create', kind: 'no-response', effect: true })
    const step = startCreate(emulator, OWN, emulator.clock.stopped())
    await until(() => emulator.keys().length === 1)
    const run = await cancelStep(step, emulator.clock)
    expect(run).toMatchObject({ exitCode: 1, signals: ['SIGINT'], outputs: NOTHING })
    expect(problemsOf(run)).toEqual(['The job was cancelled.'])
    expect(operationsOf(emulator)).toEqual(['create', 'list', 'delete'])
    expect(emulator.keys()).toEqual([])
  })

  it('the response hangs under a name that others may use: the key is named', async ({
    emulator,
    expect,
  }) => {
    emulator.injectFault({ on: 'create', kind: 'no-response', effect: true })
    const step = startCreate(emulator, { name: 'n' }, emulator.clock.stopped())
    await until(() => emulator.keys().length === 1)
    const run = await cancelStep(step, emulator.clock)
    expect(run.exitCode).toBe(1)
    expect(operationsOf(emulator)).toEqual(['create', 'list'])
    expect(unnamed(emulator, [run])).toEqual([])
  })

  for (const [action, start, message] of [
    ['a step', startCreate, 'cleaning up ran out. The post step continues the cleanup.'],
    ['a step without post', startDelete, 'cleaning up ran out.'],
  ] as const) {
    it.skipIf(process.platform !== 'linux')(
      `${action} hangs for good: it ends itself before the runner sends SIGTERM`,
      async ({ emulator, expect }) => {
        const folder = mkdtempSync(join(tmpdir(), 'cancel-'))
        const summary = join(folder, 'fifo')
        // Nobody reads it, so opening it for writing takes forever.
        execFileSync('mkfifo', [summary])
        const { clock } = emulator
        const { env, ...options } = clock.stopped()
        if (start === startDelete) emulator.seedKey({ name: 'n' })
        const step = start(
          emulator,
          { name: 'n' },
          {
            ...options,
            env: { ...env, HANGING_RESOURCE: 'FSReqPromise' },
            runner: { GITHUB_STEP_SUMMARY: summary },
          },
        )
        await until(() => operationsOf(emulator).some(one => one !== 'list'))
        await clock.reach(clock.now() + 1)
        const run = await cancelStep(step, clock)
        rmSync(folder, { recursive: true })
        expect(run).toMatchObject({ conclusion: 'failure', signals: ['SIGINT'] })
        expect(problemsOf(run)).toEqual([`The job was cancelled, and the time for ${message}`])
      },
    )
  }

  it('the response is slow: it is awaited, and the key deleted', async ({ emulator, expect }) => {
    emulator.injectFault({ on: 'create', kind: 'slow', delay: 1500 })
    const step = startCreate(emulator, { name: 'n' }, emulator.clock.stopped())
    await until(() => emulator.keys().length === 1)
    const run = await cancelStep(step, emulator.clock)
    expect(run).toMatchObject({
      exitCode: 1,
      outputs: NOTHING,
      state: { create: expect.stringContaining('"phase":"rolled-back"') },
    })
    expect(operationsOf(emulator)).toEqual(['create', 'delete'])
    expect(problemsOf(run)).toEqual(['The job was cancelled.'])
  })

  it('everything hangs: the step ends in time, and post cleans up', async ({ emulator, expect }) => {
    emulator.injectFault({ on: 'create', kind: 'no-response', effect: true })
    emulator.injectFault({ on: 'list', kind: 'no-response' })
    const step = startCreate(emulator, OWN, emulator.clock.stopped())
    await until(() => emulator.keys().length === 1)
    const run = await cancelStep(step, emulator.clock)
    expect(run).toMatchObject({ exitCode: 1, signal: null, signals: ['SIGINT'], outputs: NOTHING })
    expect(run.log).toContain(emulator.keys()[0]?.name)
    const post = await run.post({ jobStatus: 'cancelled' })
    expect(post).toMatchObject({ exitCode: 0, annotations: [] })
    expect(emulator.keys()).toEqual([])
  })

  it('deleting hangs: the uid is named, and post deletes it', async ({ emulator, expect }) => {
    emulator.injectFault({ on: 'create', kind: 'slow', delay: 1500 })
    emulator.injectFault({ on: 'delete', kind: 'no-response' })
    const step = startCreate(emulator, { name: 'n' }, emulator.clock.stopped())
    await until(() => emulator.keys().length === 1)
    const run = await cancelStep(step, emulator.clock)
    expect(run.exitCode).toBe(1)
    expect(problemsOf(run).join('\n')).toContain(emulator.keys()[0]?.uid)
    expect(await run.post({ jobStatus: 'cancelled' })).toMatchObject({ exitCode: 0, annotations: [] })
    expect(emulator.keys()).toEqual([])
  })

  it('a rate limit is waited for: it ends at once', async ({ emulator, expect }) => {
    emulator.injectFault({ on: 'create', kind: 'error', status: 429, retryAfter: 200 })
    const step = startCreate(emulator, OWN, emulator.clock.stopped())
    await until(() => emulator.requests[0]?.status === 429)
    const run = await cancelStep(step, emulator.clock)
    expect(run).toMatchObject({
      exitCode: 1,
      signals: ['SIGINT'],
      state: { create: expect.stringContaining('"phase":"rolled-back"') },
    })
    expect(problemsOf(run)).toEqual(['The job was cancelled.'])
    expect(operationsOf(emulator)).toEqual(['create'])
  })

  it('there is no connection to be had: it ends at once', async ({ emulator, expect }) => {
    const step = startCreate({ apiUrl: 'http://127.0.0.9:9' }, OWN, emulator.clock.stopped())
    await new Promise(resolve =>
      step.child.stdout?.on('data', text => text.includes('Retrying') && resolve('')),
    )
    const run = await cancelStep(step, emulator.clock)
    expect(run.signals).toEqual(['SIGINT'])
    expect(problemsOf(run)).toEqual(['The job was cancelled.'])
    expect((await run.post({ jobStatus: 'cancelled' })).annotations).toEqual([])
  })

  it('the keys are listed: none is reused', async ({ emulator, expect }) => {
    emulator.seedKey({ name: 'n' })
    emulator.injectFault({ on: 'list', kind: 'slow', delay: 1500 })
    const step = startCreate(emulator, { name: 'n', 'if-exists': 'reuse' }, emulator.clock.stopped())
    await until(() => emulator.requests.length === 1)
    const run = await cancelStep(step, emulator.clock)
    expect(run).toMatchObject({ exitCode: 1, outputs: NOTHING })
    expect(problemsOf(run)).toEqual(['The job was cancelled.'])
  })

  it('the keys are listed: nothing is created', async ({ emulator, expect }) => {
    emulator.injectFault({ on: 'list', kind: 'slow', delay: 1500 })
    const step = startCreate(emulator, { 'if-exists': 'fail' }, emulator.clock.stopped())
    await until(() => emulator.requests.length === 1)
    const run = await cancelStep(step, emulator.clock)
    expect(problemsOf(run)).toEqual(['The job was cancelled.'])
    expect(operationsOf(emulator)).toEqual(['list'])
  })
})

describe.concurrent('a signal at any instant', () => {
  for (const [index, { requests, wait }] of INSTANTS.entries()) {
    const [signal, inputs] = [SIGNALS[index % 2] ?? 'SIGINT', index % 3 === 0 ? { name: 'n' } : OWN]
    it(`${signal} after ${requests} requests and ${wait} ms`, async ({ emulatorWith, expect }) => {
      const emulator = await emulatorWith({ latency: LATENCY })
      const step = startCreate(emulator, { ...inputs, 'if-exists': 'fail' })
      await until(() => emulator.requests.length >= requests)
      await sleep(wait)
      if (signal === 'SIGTERM') step.kill(signal)
      const run = await (signal === 'SIGINT' ? cancelStep(step) : step.done)
      const delivered = run.state.create?.includes('"phase":"published"') === true
      // A signal in the very last moment, when all is done, ends node itself.
      if (!delivered) expect(run.exitCode).not.toBe(0)
      expect(run.outputs.uid !== undefined).toBe(delivered)
      expect(unnamed(emulator, [run])).toEqual([])
      if (!delivered) expect(emulator.keys()).toEqual([])
    })
  }
})
