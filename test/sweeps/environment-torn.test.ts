import { describe } from 'vitest'
import {
  environmentContents,
  keyOf,
  PLACES,
  runCreateWithEnvironment,
  seedPair,
  writesOf,
} from '../actions/environment-step.ts'
import { it, problemsOf } from '../actions/step.ts'
import type { Fault } from '../emulator/faults.ts'
import { NOTHING } from '../nothing.ts'

const [REMOVE, PUT, POST] = ['gh-variable-delete', 'gh-secret-put', 'gh-variable-post'] as const

/** Faults while a pair is replaced, which of the two keys the secret is of then, and whether its key is the variable's too. */
const TORN: readonly [what: string, fault: Fault, secret: 'old' | 'new', isWhole: boolean][] = [
  ['PUT fails, not done', { on: PUT, kind: 'html', status: 502, times: 3 }, 'old', false],
  ['PUT fails, done', { on: PUT, kind: 'response-lost', times: 3 }, 'new', false],
  ['POST fails, not done', { on: POST, kind: 'reset', times: 3 }, 'new', false],
  ['POST refused', { on: POST, kind: 'error', status: 403 }, 'new', false],
  ['POST fails, done', { on: POST, kind: 'response-lost', times: 3 }, 'new', true],
]

describe.concurrent.each(PLACES)('a fault while the pair of $where is replaced', ({ place, at }) => {
  const replace = { ...place, 'if-exists': 'replace' }

  for (const [what, fault, secret, isWhole] of TORN) {
    it(`${what}: no half of a pair is left, and the next run stores one`, async ({ emulator, expect }) => {
      const old = seedPair(emulator, { at })
      emulator.injectFault(fault)
      const run = await runCreateWithEnvironment(emulator, replace, emulator.clock.skipping())
      const made = emulator.keys()[1]
      expect(run.exitCode).toBe(isWhole ? 0 : 1)
      if (!isWhole) {
        expect(run).toMatchObject({
          outputs: NOTHING,
          state: { create: expect.stringContaining('"phase":"storing"') },
        })
        expect(problemsOf(run)).toEqual([
          expect.stringContaining(`The TURN key ${made?.uid} is kept, because`),
        ])
      }
      const keys = { old, new: made }
      const uid = isWhole ? made?.uid : undefined
      expect(environmentContents(emulator, at)).toEqual({ uid, secret: keys[secret]?.secret })
      await run.post({ jobStatus: 'failure' })
      expect(emulator.keys()).toHaveLength(2)

      const next = await runCreateWithEnvironment(emulator, place)
      expect(next.outputs).toMatchObject(isWhole ? { outcome: 'reused', uid } : { outcome: 'created' })
      if (!isWhole) expect(environmentContents(emulator, at)).toEqual(keyOf(emulator, next))
      const left = isWhole ? [] : [expect.stringContaining(old.uid), expect.stringContaining(made?.uid ?? '')]
      expect(problemsOf(next, 'warning').toSorted()).toEqual(expect.arrayContaining(left))
      expect(problemsOf(next, 'warning')).toHaveLength(left.length)
    })
  }

  it('the variable gone before it is removed: created', async ({ emulator, expect }) => {
    const { uid } = seedPair(emulator, { at })
    emulator.injectFault({ on: REMOVE, kind: 'response-lost' })
    const run = await runCreateWithEnvironment(emulator, replace, emulator.clock.skipping())
    expect(writesOf(emulator)).toEqual(['create', REMOVE, REMOVE, PUT, POST])
    expect(environmentContents(emulator, at)).toEqual(keyOf(emulator, run))
    expect(run.state.superseded).toBe(uid)
  })
})

describe.concurrent.each(PLACES)('what can be seen of $where before a key is created', ({ place, at }) => {
  const unreadable: Fault[] = [
    { on: 'gh-public-key', kind: 'error', status: 500, times: 3 },
    { on: 'gh-public-key', kind: 'fields', set: { key: 'c2hvcnQ=' } },
    { on: 'gh-secret-get', kind: 'reset', times: 3 },
    { on: 'gh-variable-get', kind: 'fields', remove: ['value'] },
    { on: 'gh-variable-get', kind: 'redirect' },
    { on: 'list', kind: 'error', status: 403 },
  ]
  for (const fault of unreadable) {
    it(`${fault.on}: ${fault.kind}`, async ({ emulator, expect }) => {
      const before = seedPair(emulator, { at })
      emulator.injectFault(fault)
      const run = await runCreateWithEnvironment(emulator, place, emulator.clock.skipping())
      expect(run).toMatchObject({ exitCode: 1, outputs: NOTHING, state: NOTHING })
      expect(problemsOf(run)).toEqual([expect.stringMatching(/^Could not (read|list) the /)])
      expect(writesOf(emulator)).toEqual([])
      expect(environmentContents(emulator, at)).toEqual({ uid: before.uid, secret: before.secret })
      const far = emulator.requests.findLast(({ path }) => path.startsWith('/redirected'))
      expect(far).toBeUndefined()
    })
  }
})

describe.concurrent.each(PLACES)('a key that $where is not to store', ({ place, at }) => {
  it('and cannot be deleted is named, and left to the post step', async ({ emulator, expect }) => {
    emulator.injectFault({ on: PUT, kind: 'error', status: 422 })
    emulator.injectFault({ on: 'delete', kind: 'error', status: 403 })
    const run = await runCreateWithEnvironment(emulator, place)
    const [problem] = problemsOf(run)
    expect(problem).toContain('Could not write the secret')
    expect(problem).toContain(
      `Could not delete the TURN key ${emulator.keys()[0]?.uid} that this step created`,
    )
    expect(run.state.create).toContain('"phase":"created"')
    expect((await run.post({ jobStatus: 'failure' })).annotations).toEqual([])
    expect(emulator.keys()).toEqual([])
  })

  it.skipIf(process.platform !== 'linux')(
    'but it is, once it is stored: outputs on a full disk',
    async ({ emulator, expect }) => {
      const run = await runCreateWithEnvironment(emulator, place, { runner: { GITHUB_OUTPUT: '/dev/full' } })
      const [key] = emulator.keys()
      expect(problemsOf(run)).toEqual([expect.stringMatching(`ENOSPC.*The TURN key ${key?.uid} is kept`)])
      expect(environmentContents(emulator, at)).toEqual({ uid: key?.uid, secret: key?.secret })
    },
  )
})
