import { describe, expect } from 'vitest'
import { NOTHING } from '../nothing.ts'
import { operationsOf } from './accounts.ts'
import { runCreateWithEnvironment } from './environment-step.ts'
import { create, it, problemsOf } from './step.ts'
import { transcript } from './transcript.ts'

const NAME = 'octo/app@main'
const LAST_YEAR = '2025-11-01T00:00:00.000000Z'
const LAST_WEEK = '2026-11-16T00:00:00.000000Z'
const LONG_AGO = '2020-01-01T00:00:00.000000Z'

describe.concurrent('if-exists', () => {
  it('create creates another key without a list', async ({ emulator, expect }) => {
    const old = emulator.seedKey({ name: NAME })
    const run = await create(emulator, { 'if-exists': 'create' })
    expect(run.outputs).toMatchObject({ outcome: 'created', name: NAME })
    expect(run.outputs.uid).not.toBe(old.uid)
    expect(emulator.keys().map(({ name }) => name)).toEqual([NAME, NAME])
    expect(operationsOf(emulator)).toEqual(['create'])
  })

  it('reuse outputs the newest key of that name, without its secret', async ({ emulator, expect }) => {
    emulator.seedKey({ name: NAME, created: LAST_YEAR, uid: 'f'.repeat(32) })
    const newest = emulator.seedKey({ name: NAME, created: LAST_WEEK, uid: '7'.repeat(32) })
    emulator.seedKey({ name: NAME, created: LONG_AGO, uid: '1'.repeat(32) })
    // Nobody knows how old this one is.
    emulator.seedKey({ name: NAME, created: '', uid: '8'.repeat(32) })
    emulator.seedKey({ name: `${NAME}2` })
    emulator.seedKey({ name: NAME.toUpperCase() })
    const run = await create(emulator, { 'if-exists': 'reuse' })
    expect(transcript(run)).toMatchInlineSnapshot(`
      "exit 0
        Reusing TURN key "octo/app@main" (uid <uid 1>, created <time>) in the account <account>.
      masks
        a value of 20 characters
      outputs
        uid = <uid 1>
        key =
        name = octo/app@main
        created = <time>
        modified = <time>
        outcome = reused"
    `)
    expect(run.outputs.uid).toBe(newest.uid)
    expect(operationsOf(emulator)).toEqual(['list'])
    expect((await run.post()).log).toBe('This step left nothing to clean up.')
  })

  it('reuse never deletes a key that it did not create', async ({ emulator, expect }) => {
    emulator.seedKey({ name: 'shared' })
    const run = await create(emulator, { name: 'shared', 'if-exists': 'reuse', 'delete-after-job': 'always' })
    await run.post()
    expect(emulator.keys()).toHaveLength(1)
  })

  for (const ifExists of ['reuse', 'fail']) {
    it(`${ifExists} creates a key when none has exactly that name`, async ({ emulator, expect }) => {
      for (const name of [`${NAME} `, `${NAME}2`, NAME.toUpperCase(), '']) emulator.seedKey({ name })
      const run = await create(emulator, { 'if-exists': ifExists })
      expect(run).toMatchObject({ exitCode: 0, outputs: { outcome: 'created' } })
      expect(run.outputs.key).toBe(emulator.keys().at(-1)?.secret)
      expect(operationsOf(emulator)).toEqual(['list', 'create'])
    })
  }

  it('fail names more keys than an annotation holds in the log', async ({ emulator, expect }) => {
    const uids = Array.from({ length: 45 }, () => emulator.seedKey({ name: NAME }).uid)
    const run = await create(emulator, { 'if-exists': 'fail' })
    expect(problemsOf(run)).toEqual([expect.stringMatching(/ and 5 more \(the log lists them\)\.$/)])
    const [listed = ''] = run.log.split('\n').filter(line => line.startsWith('All 45: '))
    for (const uid of uids) expect(listed).toContain(uid)
  })

  it('fail names what exists and creates nothing', async ({ emulator, expect }) => {
    const [one, two] = [emulator.seedKey({ name: NAME }), emulator.seedKey({ name: NAME })]
    const run = await create(emulator, { 'if-exists': 'fail' })
    expect(run).toMatchObject({ exitCode: 1, outputs: NOTHING, state: NOTHING, files: { summary: '' } })
    const [problem, ...others] = problemsOf(run)
    expect(others).toEqual([])
    expect(problem).toContain(`already has a TURN key named "${NAME}"`)
    for (const { uid } of [one, two]) expect(problem).toContain(uid)
    expect(operationsOf(emulator)).toEqual(['list'])
    await run.post()
    expect(emulator.keys()).toHaveLength(2)
  })

  it('a list with entries that are no keys is read for the rest', async ({ emulator, expect }) => {
    const uid = 'e'.repeat(32)
    emulator.injectFault({
      on: 'list',
      kind: 'fields',
      result: [null, 7, {}, { uid: 'short' }, { uid, name: NAME }],
    })
    const run = await create(emulator, { 'if-exists': 'reuse' })
    expect(run).toMatchObject({ exitCode: 0, outputs: { uid, key: '', created: '', outcome: 'reused' } })
  })
})

describe.concurrent('an account that is nearly full', () => {
  for (const [count, warnings] of [
    [900, [expect.stringContaining('has 900 of at most 1000 TURN keys')]],
  ] as const) {
    it(`with ${count} keys`, async ({ emulator, expect }) => {
      for (let n = 0; n < count; n++) emulator.seedKey({ name: `${n}` })
      const run = await create(emulator, { 'if-exists': 'reuse' })
      expect(run.exitCode).toBe(0)
      expect(problemsOf(run, 'warning')).toEqual(warnings)
    })
  }

  for (const ifExists of ['create', 'reuse']) {
    it(`with 900 keys and an environment, ${ifExists}: one warning`, async ({ emulator, expect }) => {
      for (let n = 0; n < 900; n++) emulator.seedKey({ name: `${n}` })
      const run = await runCreateWithEnvironment(emulator, { 'if-exists': ifExists })
      expect(problemsOf(run, 'warning')).toEqual([expect.stringContaining('of at most 1000 TURN keys')])
    })
  }

  it('a full one is an error in its own words', async ({ emulator, expect }) => {
    for (let n = 0; n < 1000; n++) emulator.seedKey({ name: `${n}` })
    const run = await create(emulator)
    expect(problemsOf(run)).toEqual([expect.stringContaining('20009 Maximum of 1000 TURN keys reached')])
    expect(operationsOf(emulator)).toEqual(['create'])
  })
})
