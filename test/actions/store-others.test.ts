import { describe } from 'vitest'
import type { Emulator } from '../emulator/emulator.ts'
import { wholeSeconds } from '../emulator/github/responses.ts'
import type { RunningStep } from '../github-runner.ts'
import {
  beforeLook,
  environmentContents,
  keyOf,
  PLACES,
  runCreateWithEnvironment,
  runDeleteWithEnvironment,
  seedPair,
  startCreateWithEnvironment,
  storeAnother,
  UID,
  writesOf,
} from './environment-step.ts'
import { it, problemsOf } from './step.ts'

const [REMOVE, PUT, POST] = ['gh-variable-delete', 'gh-secret-put', 'gh-variable-post'] as const

type Key = ReturnType<typeof storeAnother>

/** As `storeAnother`, so much later that its time says so. */
const storeWhole = (emulator: Emulator, at: string, name: string): Key =>
  storeAnother(emulator, at, name, wholeSeconds(Date.now() + 60_000))

describe.concurrent.each(PLACES)('what another job stores in $where meanwhile', ({ place, at, name }) => {
  const create = { ...place, 'if-exists': 'create' }

  it('stays, where this step only puts back what it removed', async ({ emulatorWith, expect }) => {
    let other: Key | undefined
    const emulator: Emulator = await emulatorWith({
      gate: ({ operation }) => {
        const isPutBack = writesOf(emulator).includes(POST)
        if (operation === 'gh-secret-get' && isPutBack) other ??= storeWhole(emulator, at, name)
      },
    })
    seedPair(emulator, { at })
    emulator.injectFault({ on: PUT, kind: 'error', status: 422 })
    const run = await runCreateWithEnvironment(emulator, { ...place, 'if-exists': 'replace' })
    expect(problemsOf(run)).toEqual([expect.not.stringContaining('was removed')])
    expect(environmentContents(emulator, at)).toEqual(other)
  })

  it('after the response to the variable was lost: the key that it may have taken for the stored one is not stored again', async ({
    emulatorWith,
    expect,
  }) => {
    let posts = 0
    const emulator: Emulator = await emulatorWith({
      gate: ({ operation }) => {
        if (operation !== POST || ++posts !== 2) return
        const [mine] = emulator.keys()
        storeWhole(emulator, at, name)
        // Its rotation.
        emulator.removeKey(mine?.uid ?? '')
      },
    })
    emulator.injectFault({ on: POST, kind: 'response-lost' })
    const run = await runCreateWithEnvironment(emulator, create, emulator.clock.skipping())
    expect(run).toMatchObject({ exitCode: 0, annotations: [] })
    expect(environmentContents(emulator, at)).toEqual(keyOf(emulator, run))
    expect(writesOf(emulator).filter(operation => operation === 'create')).toHaveLength(2)
  })

  it('stays, where this step stored first, was refused, and cannot remove the variable', async ({
    emulatorWith,
    expect,
  }) => {
    let other: Key | undefined
    let removals = 0
    const emulator: Emulator = await emulatorWith({
      gate: ({ operation }) => {
        if (operation === POST) emulator.github.setVariable(at, UID, 'of another job')
        if (operation === REMOVE && ++removals === 3) other = storeWhole(emulator, at, name)
      },
    })
    emulator.injectFault({ on: REMOVE, kind: 'error', status: 502, times: 3 })
    const run = await runCreateWithEnvironment(emulator, create, emulator.clock.skipping())
    expect(run.exitCode).toBe(1)
    expect(problemsOf(run)).toEqual([expect.not.stringContaining('was removed')])
    expect(environmentContents(emulator, at)).toEqual(other)
  })
})

describe.concurrent.each(PLACES)('a variable of $where beside a secret of this step', ({ place, at }) => {
  /** The step wrote its secret, and fails to create the variable: another job's is there. */
  function refusesVariable(emulator: Emulator): void {
    emulator.github.setVariable(at, UID, 'of another job')
    emulator.injectFault({ on: POST, kind: 'error', status: 422 })
  }

  it('is removed soon, where the look at it hangs', async ({ emulatorWith, expect }) => {
    const emulator: Emulator = await emulatorWith({
      gate: ({ operation }) => {
        if (operation === PUT) refusesVariable(emulator)
      },
    })
    emulator.injectFault({ on: 'gh-secret-get', kind: 'no-response', skip: 1 })
    // In real time: the limit of the look is a signal's.
    const run = await runCreateWithEnvironment(emulator, place)
    expect(run.log).not.toContain('no connection')
    expect(problemsOf(run)).toEqual([expect.stringMatching(/422.* was removed, so the next run/)])
    expect(environmentContents(emulator, at).uid).toBeUndefined()
  })

  it('is removed, where the job is cancelled during that look', async ({ emulatorWith, expect }) => {
    let running: RunningStep | undefined
    const emulator: Emulator = await emulatorWith({
      gate: ({ operation }) => {
        if (operation === PUT) refusesVariable(emulator)
        if (operation === 'gh-secret-get' && writesOf(emulator).includes(POST)) running?.kill('SIGINT')
      },
    })
    emulator.injectFault({ on: 'gh-secret-get', kind: 'no-response', skip: 1 })
    running = startCreateWithEnvironment(emulator, place, emulator.clock.skipping())
    expect((await running.done).exitCode).toBe(1)
    expect(environmentContents(emulator, at).uid).toBeUndefined()
  })
})

describe.concurrent.each(PLACES)("a key of $where that another job's pair has replaced", ({ place, at }) => {
  it('is left to post, where it cannot be deleted', async ({ emulatorWith, expect }) => {
    const emulator = await beforeLook(emulatorWith, ({ github, injectFault }) => {
      github.setVariable(at, UID, 'of another job')
      injectFault({ on: 'delete', kind: 'error', status: 503, times: 6 })
    })
    const run = await runCreateWithEnvironment(
      emulator,
      { ...place, 'if-exists': 'create' },
      emulator.clock.skipping(),
    )
    expect(problemsOf(run)).toEqual([
      expect.stringMatching(/^Could not delete the TURN key .* the post step retries/),
    ])
    expect((await run.post({ jobStatus: 'failure' })).annotations).toEqual([])
    expect(emulator.keys()).toEqual([])
  })
})

describe.concurrent.each(PLACES)('delete, with $where', ({ place, selector, at, name }) => {
  it('removes a variable that another job created while a response was lost, and says so', async ({
    emulatorWith,
    expect,
  }) => {
    let removals = 0
    const emulator: Emulator = await emulatorWith({
      gate: ({ operation }) => {
        if (operation === REMOVE && ++removals === 2) storeWhole(emulator, at, name)
      },
    })
    seedPair(emulator, { at })
    emulator.injectFault({ on: REMOVE, kind: 'response-lost' })
    const run = await runDeleteWithEnvironment(emulator, selector, emulator.clock.skipping())
    expect(run.exitCode).toBe(0)
    expect(problemsOf(run, 'warning')).toEqual([
      expect.stringMatching(/^Another job stored a TURN key in .* run that job again\.$/),
    ])
    const next = await runCreateWithEnvironment(emulator, place)
    expect(next.outputs.outcome).toBe('created')
  })
})
