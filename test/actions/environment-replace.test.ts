import { describe } from 'vitest'
import { wholeSeconds } from '../emulator/github/responses.ts'
import { NOTHING } from '../nothing.ts'
import {
  environmentContents,
  keyOf,
  LOOKS,
  PLACES,
  readsOf,
  runCreateWithEnvironment,
  SECRET,
  seedPair,
  stepsOf,
  UID,
  writesOf,
} from './environment-step.ts'
import { it, problemsOf } from './step.ts'
import { transcript } from './transcript.ts'

const REPLACE = { 'if-exists': 'replace' }

describe.concurrent.each(PLACES)('rotation in $where', ({ place, at, name, label }) => {
  for (const [keep, jobStatus] of [
    ['0', 'success'],
    ['1', 'success'],
    ['0', 'failure'],
    ['1', 'cancelled'],
  ] as const) {
    it(`keep-previous ${keep}, and the job ends with ${jobStatus}`, async ({ emulator, expect }) => {
      const { uid: oldest } = emulator.seedKey({ name, created: '2025-01-01T00:00:00.000000Z' })
      const { uid: old } = seedPair(emulator, { at })
      const run = await runCreateWithEnvironment(emulator, { ...place, ...REPLACE, 'keep-previous': keep })
      expect(run).toMatchObject({ exitCode: 0, annotations: [], outputs: { outcome: 'replaced' } })
      expect(environmentContents(emulator, at)).toEqual(keyOf(emulator, run))
      expect(stepsOf(emulator)).toEqual([
        ...[...readsOf(at), 'gh-variable-list'].toSorted(),
        'create',
        'gh-variable-delete',
        'gh-secret-put',
        'gh-variable-post',
        ...LOOKS,
      ])
      // Another job's key, made since, is not this step's to delete.
      const { uid: since } = emulator.seedKey({ name })
      const post = await run.post({ jobStatus })
      expect(post.annotations).toEqual([])
      const kept = keep === '0' ? [] : [old]
      const before = jobStatus === 'success' ? kept : [oldest, old]
      expect(emulator.keys().map(({ uid }) => uid)).toEqual([...before, run.outputs.uid, since])
    })
  }

  it('says in its post step what it does', async ({ emulator, expect }) => {
    seedPair(emulator, { at })
    const run = await runCreateWithEnvironment(emulator, { ...place, ...REPLACE })
    expect(transcript(await run.post({ jobStatus: 'failure' }))).toMatchInlineSnapshot(`
      "exit 0
        The TURN key <uid 1> is kept.
        The job ended with "failure", not "success", so the older TURN keys are kept too: <uid 2>.
      masks
        a value of 20 characters"
    `)
    expect(transcript(await run.post())).toMatchInlineSnapshot(`
      "exit 0
        The TURN key <uid 1> is kept.
        TURN key <uid 2>: deleted.
      masks
        a value of 20 characters
        a value of 20 characters"
    `)
    const again = await runCreateWithEnvironment(emulator, place)
    expect(again.outputs).toMatchObject({ outcome: 'reused', uid: run.outputs.uid })
  })

  it('keeps a key that another job has stored since, though it was there before', async ({
    emulator,
    expect,
  }) => {
    seedPair(emulator, { at })
    const other = emulator.seedKey({ name, created: '2026-01-02T00:00:00Z' })
    const run = await runCreateWithEnvironment(emulator, { ...place, ...REPLACE })
    emulator.github.setSecret(at, SECRET, other.secret)
    emulator.github.setVariable(at, UID, other.uid.toUpperCase())
    const post = await run.post()
    expect(post).toMatchObject({ exitCode: 0, annotations: [] })
    expect(post.log).toContain(`The TURN key ${other.uid} is kept too: a variable of ${label} names it.`)
    expect(emulator.keys().map(({ uid }) => uid)).toEqual([other.uid, run.outputs.uid])
  })

  it('keeps all while another job stores its key, and names them', async ({ emulator, expect }) => {
    const { uid: old } = seedPair(emulator, { at })
    const other = emulator.seedKey({ name, created: '2026-01-02T00:00:00Z' })
    const run = await runCreateWithEnvironment(emulator, { ...place, ...REPLACE })
    emulator.github.setSecret(at, SECRET, other.secret, wholeSeconds(Date.now() + 60_000))
    const post = await run.post()
    expect(post.exitCode).toBe(0)
    expect(problemsOf(post, 'warning')).toEqual([
      expect.stringContaining(`Another job is writing to ${label}. Their uids: `),
    ])
    const uids = emulator.keys().map(key => key.uid)
    expect(uids).toEqual([old, other.uid, run.outputs.uid])
  })

  it('keeps all when GitHub does not say what is stored, and names them', async ({ emulator, expect }) => {
    const { uid } = seedPair(emulator, { at })
    const run = await runCreateWithEnvironment(emulator, { ...place, ...REPLACE })
    emulator.injectFault({ on: 'gh-variable-get', kind: 'error', status: 401 })
    const post = await run.post()
    expect(post.exitCode).toBe(0)
    expect(problemsOf(post, 'warning')).toEqual([
      expect.stringMatching(`^The older TURN keys are kept too: Could not read .* Their uids: ${uid}\\.$`),
    ])
    expect(emulator.keys().map(key => key.uid)).toEqual([uid, run.outputs.uid])
  })

  it('mints before the first write', async ({ emulator, expect }) => {
    seedPair(emulator, { at })
    const run = await runCreateWithEnvironment(emulator, { ...place, ...REPLACE, ttl: '60' })
    expect(writesOf(emulator)).toEqual([
      'create',
      'mint',
      'gh-variable-delete',
      'gh-secret-put',
      'gh-variable-post',
    ])
    expect(run.outputs.credential).not.toBe('')
    expect(run.outputs).toMatchObject({ outcome: 'replaced', username: expect.any(String) })
  })

  it('and writes nothing when minting fails', async ({ emulator, expect }) => {
    const before = seedPair(emulator, { at })
    emulator.injectFault({ on: 'mint', kind: 'error', status: 400 })
    const run = await runCreateWithEnvironment(emulator, { ...place, ...REPLACE, ttl: '60' })
    expect(run).toMatchObject({ exitCode: 1, outputs: NOTHING })
    expect(writesOf(emulator)).toEqual(['create', 'mint', 'delete'])
    expect(environmentContents(emulator, at)).toEqual({ uid: before.uid, secret: before.secret })
    await run.post()
    expect(emulator.keys().map(({ uid }) => uid)).toEqual([before.uid])
  })
})

describe.concurrent.each(PLACES)('if-exists with $where', ({ place, at }) => {
  it('create creates another key, whatever is there', async ({ emulator, expect }) => {
    const { uid } = seedPair(emulator, { at })
    const run = await runCreateWithEnvironment(emulator, { ...place, 'if-exists': 'create' })
    expect(environmentContents(emulator, at)).toEqual(keyOf(emulator, run))
    expect(emulator.keys().map(key => key.uid)).toEqual([uid, run.outputs.uid])
    const steps = stepsOf(emulator)
    expect(steps.slice(0, steps.indexOf('create'))).not.toContain('list')
  })

  it('fail fails before anything is written', async ({ emulator, expect }) => {
    const { uid } = seedPair(emulator, { at })
    const run = await runCreateWithEnvironment(emulator, { ...place, 'if-exists': 'fail' })
    expect(problemsOf(run)).toEqual([expect.stringContaining(uid)])
    expect(writesOf(emulator)).toEqual([])
  })
})
