import { mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe } from 'vitest'
import { until } from '../emulator/ask.ts'
import type { Emulator } from '../emulator/emulator.ts'
import type { Fault } from '../emulator/faults.ts'
import { wholeSeconds } from '../emulator/github/responses.ts'
import type { RunningStep } from '../github-runner.ts'
import { ago } from './accounts.ts'
import {
  beforeLook,
  environmentContents,
  keyOf,
  PLACES,
  runCreateWithEnvironment,
  SECRET,
  seedPair,
  startCreateWithEnvironment,
  storeAnother,
  UID,
  writesOf,
} from './environment-step.ts'
import { it, problemsOf } from './step.ts'

const [REMOVE, PUT, POST] = ['gh-variable-delete', 'gh-secret-put', 'gh-variable-post'] as const
const REPLACE = { 'if-exists': 'replace' }

describe.concurrent.each(PLACES)('a variable of $where that was removed', ({ place, at }) => {
  const replace = { ...place, ...REPLACE }

  for (const [what, fault] of [
    ['throttled', { on: 'gh-variable-get', kind: 'error', status: 429, retryAfter: 301 }],
    ['refused', { on: 'gh-variable-get', kind: 'error', status: 403 }],
  ] satisfies (readonly [string, Fault])[]) {
    it(`is put back where the response was lost, and the look at it is ${what}`, async ({
      emulator,
      expect,
    }) => {
      const { uid, secret } = seedPair(emulator, { at })
      emulator.injectFault({ on: REMOVE, kind: 'response-lost' })
      emulator.injectFault({ ...fault, skip: 1 })
      const run = await runCreateWithEnvironment(emulator, replace, emulator.clock.skipping())
      expect(problemsOf(run)).toEqual([
        expect.stringMatching(/^Could not remove the variable .* a response was lost/),
      ])
      expect(environmentContents(emulator, at)).toEqual({ uid, secret })
      expect(emulator.keys().map(key => key.uid)).toEqual([uid])
    })
  }

  it('is put back where the response was lost, and the job is cancelled', async ({
    emulatorWith,
    expect,
  }) => {
    let running: RunningStep | undefined
    let removals = 0
    const emulator: Emulator = await emulatorWith({
      gate: ({ operation }) => {
        if (operation === REMOVE && ++removals === 2) running?.kill('SIGINT')
      },
    })
    const { uid, secret } = seedPair(emulator, { at })
    emulator.injectFault({ on: REMOVE, kind: 'response-lost' })
    running = startCreateWithEnvironment(emulator, replace, emulator.clock.skipping())
    await running.done
    const [key] = emulator.keys().filter(one => one.uid !== uid)
    expect([
      { uid, secret },
      { uid: key?.uid, secret: key?.secret },
    ]).toContainEqual(environmentContents(emulator, at))
  })

  it.runIf(process.platform === 'linux')(
    'is put back where the state cannot be written any more, and the new key is deleted',
    async ({ emulatorWith, expect }) => {
      const folder = mkdtempSync(join(tmpdir(), 'state-'))
      const state = join(folder, 'state')
      writeFileSync(state, '')
      const emulator = await emulatorWith({
        gate: ({ operation }) => {
          if (operation !== REMOVE) return
          rmSync(state, { force: true })
          symlinkSync('/dev/full', state)
        },
      })
      const { uid, secret } = seedPair(emulator, { at })
      const run = await runCreateWithEnvironment(emulator, replace, { runner: { GITHUB_STATE: state } })
      expect(problemsOf(run)).toEqual([expect.stringContaining('ENOSPC')])
      expect(environmentContents(emulator, at)).toEqual({ uid, secret })
      expect(emulator.keys().map(key => key.uid)).toEqual([uid])
      rmSync(folder, { recursive: true })
    },
  )

  it('is put back at once where the job is cancelled while it waits for a rate limit', async ({
    emulator,
    expect,
  }) => {
    const { uid, secret } = seedPair(emulator, { at })
    for (const on of [PUT, POST]) emulator.injectFault({ on, kind: 'error', status: 429, retryAfter: 20 })
    const step = startCreateWithEnvironment(emulator, replace, emulator.clock.stopped())
    await until(() => writesOf(emulator).includes(POST))
    step.kill('SIGINT')
    emulator.clock.pass()
    expect((await step.done).exitCode).toBe(1)
    expect(environmentContents(emulator, at)).toEqual({ uid, secret })
    expect(emulator.keys().map(key => key.uid)).toEqual([uid])
  })

  it('is put back, and the error says where that cannot be checked', async ({ emulator, expect }) => {
    const { uid } = seedPair(emulator, { at })
    emulator.injectFault({ on: PUT, kind: 'error', status: 422 })
    emulator.injectFault({ on: 'gh-secret-get', kind: 'error', status: 403, skip: 2 })
    const run = await runCreateWithEnvironment(emulator, replace)
    expect(problemsOf(run)).toEqual([
      expect.stringMatching(/422.* was put back, but another job may have written/),
    ])
    expect(environmentContents(emulator, at).uid).toBe(uid)
  })

  it("was put back for a rate limit, and cannot be removed beside another job's secret: the error says that it is there", async ({
    emulatorWith,
    expect,
  }) => {
    let removals = 0
    const emulator: Emulator = await emulatorWith({
      gate: ({ operation }) => {
        if (operation === REMOVE && ++removals === 2) emulator.github.setSecret(at, SECRET, 'of another job')
      },
    })
    const { uid } = seedPair(emulator, { at })
    emulator.injectFault({ on: PUT, kind: 'error', status: 429, retryAfter: 20 })
    emulator.injectFault({ on: 'gh-secret-get', kind: 'error', status: 403, skip: 2 })
    emulator.injectFault({ on: REMOVE, kind: 'error', status: 403, skip: 1, times: 2 })
    const run = await runCreateWithEnvironment(emulator, replace, emulator.clock.skipping())
    expect(problemsOf(run)).toEqual([
      expect.stringMatching(/403.* was put back, but another job may have written/),
    ])
    expect(environmentContents(emulator, at).uid).toBe(uid)
  })

  it("is another job's by now: the error says nothing of it, and the next run keeps that pair", async ({
    emulatorWith,
    expect,
  }) => {
    let other: { uid: string } | undefined
    const emulator: Emulator = await emulatorWith({
      gate: ({ operation }) => {
        if (operation === PUT) other ??= storeAnother(emulator, at, 'other')
      },
    })
    const { secret } = seedPair(emulator, { at })
    emulator.injectFault({ on: PUT, kind: 'error', status: 422 })
    const now = environmentContents(emulator, at)
    expect(now.secret).toBe(secret)
    const run = await runCreateWithEnvironment(emulator, replace)
    expect(problemsOf(run)).toEqual([expect.not.stringContaining('stores a new key')])
    const next = await runCreateWithEnvironment(emulator, place)
    expect(next.outputs).toMatchObject({ outcome: 'reused', uid: other?.uid })
  })
})

describe.concurrent.each(PLACES)('a secret of $where whose first write was lost', ({ place, at }) => {
  it('keeps its key, where the job is cancelled and the second write is refused', async ({
    emulator,
    expect,
  }) => {
    emulator.injectFault({ on: PUT, kind: 'slow', delay: 600 })
    emulator.injectFault({ on: PUT, kind: 'error', status: 422 })
    const step = startCreateWithEnvironment(emulator, place, emulator.clock.stopped())
    await until(() => writesOf(emulator).includes(PUT))
    step.kill('SIGINT')
    emulator.clock.pass()
    const run = await step.done
    expect(run.exitCode).toBe(1)
    const { secret } = environmentContents(emulator, at)
    expect(emulator.keys().map(key => key.secret)).toEqual([secret])
  })

  it('keeps its key, where the response is lost, the job cancelled, and the second write refused', async ({
    emulatorWith,
    expect,
  }) => {
    let running: RunningStep | undefined
    const emulator: Emulator = await emulatorWith({
      gate: ({ operation }) => {
        if (operation === PUT) running?.kill('SIGINT')
      },
    })
    emulator.injectFault({ on: PUT, kind: 'response-lost' })
    emulator.injectFault({ on: PUT, kind: 'error', status: 422 })
    running = startCreateWithEnvironment(emulator, place, emulator.clock.skipping())
    const run = await running.done
    expect(run.exitCode).toBe(1)
    const { secret } = environmentContents(emulator, at)
    expect(emulator.keys().map(key => key.secret)).toEqual([secret])
    await run.post({ jobStatus: 'cancelled' })
    expect(emulator.keys()).toHaveLength(1)
  })
})

describe.concurrent.each(PLACES)('a rate limit of $where', ({ place, at }) => {
  const replace = { ...place, ...REPLACE }

  it('that never ends: the step does, and the pair is as it was', async ({ emulator, expect }) => {
    const { uid, secret } = seedPair(emulator, { at })
    emulator.injectFault({
      on: PUT,
      kind: 'error',
      status: 429,
      retryAfter: 6,
      times: Number.POSITIVE_INFINITY,
    })
    const run = await runCreateWithEnvironment(emulator, replace, emulator.clock.skipping())
    expect(run.exitCode).toBe(1)
    expect(environmentContents(emulator, at)).toEqual({ uid, secret })
    expect(emulator.keys().map(key => key.uid)).toEqual([uid])
  })

  it("during which another job stores its pair, and then this one's secret is refused: that pair is put back", async ({
    emulatorWith,
    expect,
  }) => {
    let puts = 0
    let other: { uid: string; secret: string } | undefined
    const emulator: Emulator = await emulatorWith({
      gate: ({ operation }) => {
        if (operation === PUT && ++puts === 1) emulator.github.setSecret(at, SECRET, 'of another job')
        // The other job creates its variable while this one waits.
        if (operation === 'gh-variable-get' && puts === 1 && other === undefined) {
          const long = wholeSeconds(Date.now() - 60_000)
          other = emulator.seedKey({ name: 'other' })
          emulator.github.setSecret(at, SECRET, other.secret, long)
          emulator.github.setVariable(at, UID, other.uid, long)
        }
      },
    })
    seedPair(emulator, { at })
    emulator.injectFault({ on: PUT, kind: 'error', status: 429, retryAfter: 12 })
    emulator.injectFault({ on: PUT, kind: 'error', status: 422 })
    const run = await runCreateWithEnvironment(emulator, replace, emulator.clock.skipping())
    expect(run.exitCode).toBe(1)
    expect(environmentContents(emulator, at)).toEqual({ uid: other?.uid, secret: other?.secret })
  })

  it('that comes ten times is no other job: it stores in the end', async ({ emulator, expect }) => {
    seedPair(emulator, { at })
    emulator.injectFault({ on: PUT, kind: 'error', status: 429, retryAfter: 12, times: 10 })
    const run = await runCreateWithEnvironment(emulator, replace, emulator.clock.skipping())
    expect(run).toMatchObject({ exitCode: 0, annotations: [] })
    expect(environmentContents(emulator, at)).toEqual(keyOf(emulator, run))
  })

  it("during which another job stores its pair: that job's variable never stands beside this one's secret", async ({
    emulatorWith,
    expect,
  }) => {
    const during: { uid: string | undefined; secret: string | undefined }[] = []
    let other: { uid: string; secret: string } | undefined
    const emulator: Emulator = await emulatorWith({
      gate: ({ operation }) => {
        if (operation === PUT) other ??= storeAnother(emulator, at, 'other')
        during.push(environmentContents(emulator, at))
      },
    })
    seedPair(emulator, { at })
    emulator.injectFault({ on: PUT, kind: 'error', status: 429, retryAfter: 12 })
    const run = await runCreateWithEnvironment(emulator, replace, emulator.clock.skipping())
    expect(environmentContents(emulator, at)).toEqual(keyOf(emulator, run))
    const { uid, secret } = other ?? {}
    expect(during.filter(pair => pair.uid === uid && pair.secret !== secret)).toEqual([])
  })
})

describe.concurrent.each(PLACES)('overtaken in $where', ({ place, at, name }) => {
  it('by a job whose rotation deleted the key: a new key is stored, and the pair is whole', async ({
    emulatorWith,
    expect,
  }) => {
    const emulator = await beforeLook(emulatorWith, ({ seedKey, github, keys, removeKey }) => {
      const [mine] = keys()
      const other = seedKey({ name })
      const later = wholeSeconds(Date.now() + 3000)
      github.setSecret(at, SECRET, other.secret, later)
      github.setVariable(at, UID, other.uid, later)
      removeKey(mine?.uid ?? '')
    })
    const run = await runCreateWithEnvironment(emulator, { ...place, ...REPLACE }, emulator.clock.skipping())
    expect(run).toMatchObject({ exitCode: 0, annotations: [] })
    expect(environmentContents(emulator, at)).toEqual(keyOf(emulator, run))
  })

  it('by a job that is done, and there is no next key: the pair of that job stays', async ({
    emulatorWith,
    expect,
  }) => {
    let other: { uid: string; secret: string } | undefined
    const emulator = await beforeLook(emulatorWith, ({ seedKey, github, injectFault }) => {
      other = seedKey({ name })
      const later = wholeSeconds(Date.now() + 3000)
      github.setSecret(at, SECRET, other.secret, later)
      github.setVariable(at, UID, other.uid, later)
      injectFault({ on: 'create', kind: 'error', status: 400 })
    })
    const run = await runCreateWithEnvironment(
      emulator,
      { ...place, 'if-exists': 'create' },
      emulator.clock.skipping(),
    )
    expect(problemsOf(run)).toEqual([expect.not.stringContaining(UID)])
    expect((await run.post({ jobStatus: 'failure' })).annotations).toEqual([])
    expect(environmentContents(emulator, at)).toEqual({ uid: other?.uid, secret: other?.secret })
    expect(emulator.keys().map(key => key.uid)).toEqual([other?.uid])
  })

  it('by a job that has written the secret only: its variable is removed before the next secret is written', async ({
    emulatorWith,
    expect,
  }) => {
    const emulator = await beforeLook(emulatorWith, ({ github }) => {
      github.removeVariable(at, UID)
      github.setSecret(at, SECRET, 'of another job', wholeSeconds(Date.now() + 3000))
    })
    const inputs = { ...place, 'if-exists': 'create' }
    const run = await runCreateWithEnvironment(emulator, inputs, emulator.clock.skipping())
    const writes = ['create', PUT, POST, REMOVE, 'delete', 'create', REMOVE, PUT, POST]
    expect(writesOf(emulator)).toEqual(writes)
    expect(environmentContents(emulator, at)).toEqual(keyOf(emulator, run))
  })

  for (const [what, on, count, faults] of [
    ['and there is no next key', 'create', 2, [{ on: 'create', kind: 'error', status: 400 }]],
    [
      'and the second look fails',
      'gh-variable-get',
      3,
      [{ on: 'gh-secret-get', kind: 'error', status: 403, skip: 1 }],
    ],
  ] as const) {
    it(`by a job that is done a moment later, ${what}: its pair stays`, async ({ emulatorWith, expect }) => {
      let other: { uid: string; secret: string } | undefined
      const later = wholeSeconds(Date.now() + 600_000)
      const emulator: Emulator = await emulatorWith({
        gate: ({ operation, method }) => {
          const { github, seedKey, injectFault, requests } = emulator
          if (other && operation === on && requests.filter(one => one.operation === on).length === count) {
            github.setVariable(at, UID, other.uid, later)
          }
          if (other || method !== 'GET' || !writesOf(emulator).includes(POST)) return
          other = seedKey({ name })
          if (on === 'create') github.removeVariable(at, UID)
          github.setSecret(at, SECRET, other.secret, later)
          faults.forEach(injectFault)
        },
      })
      const inputs = { ...place, 'if-exists': 'create' }
      const run = await runCreateWithEnvironment(emulator, inputs, emulator.clock.skipping())
      expect(run.exitCode).toBe(1)
      expect(problemsOf(run)).toEqual([expect.not.stringMatching(/is kept|was removed/)])
      expect((await run.post({ jobStatus: 'failure' })).annotations).toEqual([])
      expect(environmentContents(emulator, at)).toEqual({ uid: other?.uid, secret: other?.secret })
      expect(emulator.keys().map(key => key.uid)).toEqual([other?.uid])
    })
  }

  it('perhaps, and the second look fails: no variable is left beside a secret of this step', async ({
    emulatorWith,
    expect,
  }) => {
    const emulator = await beforeLook(emulatorWith, ({ github, injectFault }) => {
      github.setVariable(at, UID, 'of another job')
      injectFault({ on: 'gh-secret-get', kind: 'error', status: 403, skip: 1 })
    })
    const run = await runCreateWithEnvironment(emulator, place, emulator.clock.skipping())
    expect(problemsOf(run)).toEqual([
      expect.stringMatching(
        /was stored in .*, but a first look did not confirm that, and the second one failed\. .* is kept, because .* was removed, so /,
      ),
    ])
    await run.post({ jobStatus: 'failure' })
    expect(emulator.keys()).toHaveLength(1)
    expect(environmentContents(emulator, at).uid).toBeUndefined()
  })

  it('and the secret of the next key is refused: neither key is left', async ({ emulatorWith, expect }) => {
    const emulator = await beforeLook(emulatorWith, ({ github, injectFault }) => {
      github.setVariable(at, UID, 'of another job')
      injectFault({ on: PUT, kind: 'error', status: 422 })
    })
    const inputs = { ...place, 'if-exists': 'create' }
    const run = await runCreateWithEnvironment(emulator, inputs, emulator.clock.skipping())
    expect(problemsOf(run)).toEqual([expect.not.stringContaining('is kept')])
    expect((await run.post({ jobStatus: 'failure' })).annotations).toEqual([])
    expect(emulator.keys()).toEqual([])
    expect(environmentContents(emulator, at).uid).toBeUndefined()
    expect(writesOf(emulator).at(-1)).toBe('delete')
  })
})

const MINUTE = 60_000

describe.concurrent.each(PLACES)('two pairs in $where', ({ place, at, name }) => {
  const replace = { ...place, ...REPLACE }
  const other = { ...replace, 'uid-variable': 'WEB_ID', 'key-secret': 'WEB_TOKEN' }

  /** Seeds the second pair. */
  function seedOther({ seedKey, github }: Emulator): { uid: string } {
    const key = seedKey({ name, created: ago(60 * MINUTE) })
    github.setSecret(at, 'WEB_TOKEN', key.secret, '2026-01-01T00:00:00Z')
    github.setVariable(at, 'WEB_ID', key.uid, '2026-01-01T00:00:00Z')
    return key
  }

  it('of which the jobs overlap: where one fails, its key is still there', async ({ emulator, expect }) => {
    seedPair(emulator, { at })
    const { uid } = seedOther(emulator)
    const one = await runCreateWithEnvironment(emulator, replace)
    const second = await runCreateWithEnvironment(emulator, other)
    expect((await one.post()).annotations).toEqual([])
    await second.post({ jobStatus: 'failure' })
    const uids = emulator.keys().map(key => key.uid)
    expect(uids.toSorted()).toEqual([uid, one.outputs.uid ?? '', second.outputs.uid ?? ''].toSorted())
  })

  it('keep-previous does not count the key of the other', async ({ emulator, expect }) => {
    const { uid: stored } = seedPair(emulator, { at })
    const { uid: previous } = emulator.seedKey({ name, created: '2025-12-01T00:00:00.000000Z' })
    const { uid } = seedOther(emulator)
    const run = await runCreateWithEnvironment(emulator, { ...replace, 'keep-previous': '2' })
    await run.post()
    const uids = emulator.keys().map(key => key.uid)
    expect(uids.toSorted()).toEqual([stored, previous, uid, run.outputs.uid ?? ''].toSorted())
  })

  for (const [what, disturb] of [
    [
      'it has no header for the next page',
      ({ injectFault }: Emulator) =>
        injectFault({ on: 'gh-variable-list', kind: 'headers', set: { link: '' }, times: 2 }),
    ],
    [
      'it has no count',
      ({ injectFault }: Emulator) =>
        injectFault({
          on: 'gh-variable-list',
          kind: 'text',
          status: 200,
          body: '{"variables":[]}',
          times: 2,
        }),
    ],
  ] as const) {
    it(`a list of variables that proves nothing, as ${what}: post keeps all`, async ({
      emulator,
      expect,
    }) => {
      const { uid: stored } = seedPair(emulator, { at })
      for (let number = 10; number < 45; number++) emulator.github.setVariable(at, `A${number}`, 'x')
      const run = await runCreateWithEnvironment(emulator, replace)
      disturb(emulator)
      const post = await run.post()
      expect(problemsOf(post, 'warning')).toEqual([expect.stringContaining('Could not list the variables')])
      expect(emulator.keys().map(key => key.uid)).toEqual([stored, run.outputs.uid])
    })
  }

  it('a list that changes each time between two pages proves nothing either', async ({
    emulatorWith,
    expect,
  }) => {
    let [isPost, number] = [false, 10]
    const emulator: Emulator = await emulatorWith({
      gate: ({ path }) => {
        if (isPost && /[?&]page=2/.test(path)) emulator.github.removeVariable(at, `A${number++}`)
      },
    })
    const { uid: stored } = seedPair(emulator, { at })
    for (let other = 10; other < 45; other++) emulator.github.setVariable(at, `A${other}`, 'x')
    const run = await runCreateWithEnvironment(emulator, replace)
    isPost = true
    const post = await run.post()
    expect(problemsOf(post, 'warning')).toEqual([expect.stringContaining('Could not list the variables')])
    expect(emulator.keys().map(key => key.uid)).toEqual([stored, run.outputs.uid])
  })
})
