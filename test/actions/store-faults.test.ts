import { describe } from 'vitest'
import type { Emulator } from '../emulator/emulator.ts'
import { wholeSeconds } from '../emulator/github/responses.ts'
import { NOTHING } from '../nothing.ts'
import {
  environmentContents,
  keyOf,
  PLACES,
  REPOSITORY,
  runCreateWithEnvironment,
  SECRET,
  seedPair,
  UID,
  writesOf,
} from './environment-step.ts'
import { it, problemsOf } from './step.ts'

const [REMOVE, PUT, POST] = ['gh-variable-delete', 'gh-secret-put', 'gh-variable-post'] as const
const LATER = '2026-01-01T00:00:05Z'

/** What `environmentContents` says of a key. */
const pairOf = (key?: { uid: string; secret: string }) => ({ uid: key?.uid, secret: key?.secret })

describe.concurrent.each(PLACES)('a secret that $where refuses', ({ place, at }) => {
  const replace = { ...place, 'if-exists': 'replace' }
  const refuse = ({ injectFault }: Emulator) => injectFault({ on: PUT, kind: 'error', status: 422 })

  it('the variable is put back as it was, and the new key deleted', async ({ emulator, expect }) => {
    const old = seedPair(emulator, { at })
    const value = ` ${old.uid.toUpperCase()}\n`
    emulator.github.setVariable(at, UID, value)
    refuse(emulator)
    const run = await runCreateWithEnvironment(emulator, replace)
    expect(run).toMatchObject({ exitCode: 1, outputs: NOTHING })
    expect(problemsOf(run)).toEqual([expect.stringMatching(/^Could not write the secret .* HTTP status 422/)])
    expect(writesOf(emulator)).toEqual(['create', REMOVE, PUT, POST, 'delete'])
    expect(environmentContents(emulator, at)).toEqual({ uid: value, secret: old.secret })
    expect(emulator.keys().map(({ uid }) => uid)).toEqual([old.uid])
    const next = await runCreateWithEnvironment(emulator, place)
    expect(next.outputs).toMatchObject({ outcome: 'reused', uid: old.uid })
  })

  it('of a torn pair, the variable is not put back: it would look whole', async ({ emulator, expect }) => {
    const old = seedPair(emulator, { at, secretAt: LATER })
    refuse(emulator)
    const run = await runCreateWithEnvironment(emulator, replace)
    expect(writesOf(emulator)).toEqual(['create', REMOVE, PUT, 'delete'])
    expect(problemsOf(run)).toEqual([
      expect.stringMatching(/422.* TURN_KEY_ID of .* was removed and not put back/),
    ])
    expect(environmentContents(emulator, at)).toEqual({ uid: undefined, secret: old.secret })
  })

  it('of a pair that was stored a moment ago, neither: another write may have had the same second', async ({
    emulator,
    expect,
  }) => {
    // As many seconds as a busy machine may take to start a step.
    const now = wholeSeconds(Date.now() + 600_000)
    const old = seedPair(emulator, { at, secretAt: now, uidAt: now })
    refuse(emulator)
    const run = await runCreateWithEnvironment(emulator, replace)
    expect(problemsOf(run)).toEqual([
      expect.stringMatching(/422.* TURN_KEY_ID of .* was removed and not put back/),
    ])
    expect(environmentContents(emulator, at)).toEqual({ uid: undefined, secret: old.secret })
  })

  for (const [when, on] of [
    ['before the variable is put back', PUT],
    ['while it is', POST],
  ] as const) {
    it(`another job writes its own ${when}: there is no variable then`, async ({ emulatorWith, expect }) => {
      const emulator: Emulator = await emulatorWith({
        gate: ({ operation }) => {
          if (operation === on) emulator.github.setSecret(at, SECRET, 'of another job', LATER)
        },
      })
      seedPair(emulator, { at })
      refuse(emulator)
      const run = await runCreateWithEnvironment(emulator, replace)
      expect(problemsOf(run)).toEqual([
        expect.stringMatching(/422.* TURN_KEY_ID of .* was removed and not put back/),
      ])
      expect(environmentContents(emulator, at)).toEqual({ uid: undefined, secret: 'of another job' })
      expect(emulator.keys()).toHaveLength(1)
    })
  }

  it('another job stored its own pair meanwhile: its variable stays', async ({ emulatorWith, expect }) => {
    const emulator: Emulator = await emulatorWith({
      gate: ({ operation }) => {
        if (operation === PUT) emulator.github.setVariable(at, UID, 'of another job')
      },
    })
    const old = seedPair(emulator, { at })
    refuse(emulator)
    await runCreateWithEnvironment(emulator, replace)
    expect(environmentContents(emulator, at)).toEqual({ uid: 'of another job', secret: old.secret })
  })

  it('the variable cannot be put back: the error says so', async ({ emulator, expect }) => {
    seedPair(emulator, { at })
    refuse(emulator)
    emulator.injectFault({ on: POST, kind: 'error', status: 403 })
    const run = await runCreateWithEnvironment(emulator, replace)
    expect(problemsOf(run)).toEqual([
      expect.stringMatching(/422.* The variable TURN_KEY_ID of .* may not have been put back: /),
    ])
    const next = await runCreateWithEnvironment(emulator, place)
    expect(next.outputs).toMatchObject({ outcome: 'created' })
  })
})

describe.concurrent.each(PLACES)('a variable that $where refuses', ({ place, at, label }) => {
  it('leaves none, and the key is kept: the next run stores a new one', async ({ emulator, expect }) => {
    seedPair(emulator, { at })
    emulator.injectFault({ on: POST, kind: 'error', status: 403 })
    const run = await runCreateWithEnvironment(emulator, { ...place, 'if-exists': 'replace' })
    const [, made] = emulator.keys()
    expect(run).toMatchObject({ exitCode: 1, outputs: NOTHING })
    expect(problemsOf(run)).toEqual([
      expect.stringMatching(
        `Could not create the variable ${UID} .* The TURN key ${made?.uid} is kept, because the secret ${SECRET} of ${label} holds it or may hold it. The variable ${UID} was removed, so the next run .* stores a new key\\.$`,
      ),
    ])
    expect(writesOf(emulator)).toEqual(['create', REMOVE, PUT, POST, REMOVE])
    expect(environmentContents(emulator, at)).toEqual({ uid: undefined, secret: made?.secret })
    const next = await runCreateWithEnvironment(emulator, place)
    expect(next.outputs.outcome).toBe('created')
    expect(environmentContents(emulator, at)).toEqual(keyOf(emulator, next))
  })

  it('10 times, because other jobs store theirs: the step fails, and leaves none', async ({
    emulatorWith,
    expect,
  }) => {
    const emulator: Emulator = await emulatorWith({
      gate: ({ operation }) => {
        if (operation === POST) emulator.github.setVariable(at, UID, 'of another job')
      },
    })
    const run = await runCreateWithEnvironment(emulator, place)
    expect(problemsOf(run)).toEqual([expect.stringContaining('Give the jobs a `concurrency` group')])
    expect(writesOf(emulator).filter(write => write === PUT)).toHaveLength(10)
    expect(environmentContents(emulator, at)).toEqual({ uid: undefined, secret: emulator.keys()[0]?.secret })
  })

  it('though it has created it, and the response was lost: stored', async ({ emulator, expect }) => {
    seedPair(emulator, { at })
    emulator.injectFault({ on: POST, kind: 'response-lost' })
    const inputs = { ...place, 'if-exists': 'replace' }
    const run = await runCreateWithEnvironment(emulator, inputs, emulator.clock.skipping())
    expect(run).toMatchObject({ exitCode: 0, annotations: [] })
    expect(writesOf(emulator)).toEqual(['create', REMOVE, PUT, POST, POST])
    expect(environmentContents(emulator, at)).toEqual(keyOf(emulator, run))
  })

  it('though it has created it, the response was lost, and the next attempt is refused: stored', async ({
    emulator,
    expect,
  }) => {
    emulator.injectFault({ on: POST, kind: 'response-lost' })
    emulator.injectFault({ on: POST, kind: 'error', status: 403 })
    const run = await runCreateWithEnvironment(emulator, place, emulator.clock.skipping())
    expect(run).toMatchObject({ exitCode: 0, annotations: [] })
    expect(environmentContents(emulator, at)).toEqual(keyOf(emulator, run))
  })

  it('as the token lacks the permission, a 404 in a private repository: nothing is touched', async ({
    emulator,
    expect,
  }) => {
    const old = seedPair(emulator, { at })
    emulator.github.makePrivate()
    emulator.github.addToken('reader', { environments: 'read', secrets: 'write', variables: 'read' })
    const inputs = { ...place, 'if-exists': 'replace', 'github-token': 'reader' }
    const run = await runCreateWithEnvironment(emulator, inputs, emulator.clock.skipping())
    expect(problemsOf(run)).toEqual([
      expect.stringContaining(`Could not remove the variable ${UID} of ${label}`),
    ])
    expect(writesOf(emulator)).not.toContain(PUT)
    expect(environmentContents(emulator, at)).toEqual(pairOf(old))
    expect(emulator.keys().map(({ uid }) => uid)).toEqual([old.uid])
  })
})

describe.concurrent.each(PLACES)('a rate limit after the variable of $where was removed', ({ place, at }) => {
  it('of more than a few seconds: the variable is put back until it is over', async ({
    emulatorWith,
    expect,
  }) => {
    const during: (string | undefined)[] = []
    const emulator: Emulator = await emulatorWith({
      gate: ({ operation }) => {
        if (operation === REMOVE) during.push(environmentContents(emulator, at).uid)
      },
    })
    const old = seedPair(emulator, { at })
    emulator.injectFault({ on: PUT, kind: 'error', status: 429, retryAfter: 12 })
    const run = await runCreateWithEnvironment(
      emulator,
      { ...place, 'if-exists': 'replace' },
      emulator.clock.skipping(),
    )
    expect(run).toMatchObject({ exitCode: 0, annotations: [] })
    expect(run.log).toMatch(/Rate limited by GitHub: waiting 12 seconds\./)
    expect(writesOf(emulator)).toEqual(['create', REMOVE, PUT, POST, REMOVE, PUT, POST])
    expect(during).toEqual([old.uid, old.uid])
    expect(environmentContents(emulator, at)).toEqual(keyOf(emulator, run))
  })

  for (const [end, faults, writes] of [
    ['the secret is written', [], [REMOVE, PUT, POST]],
    ['a secret that is refused then: it is put back', [422], [REMOVE, PUT, POST, 'delete']],
  ] as const) {
    it(`that forbids to put it back too: waited for, and ${end}`, async ({ emulator, expect }) => {
      const old = seedPair(emulator, { at })
      for (const on of [PUT, POST]) emulator.injectFault({ on, kind: 'error', status: 429, retryAfter: 12 })
      for (const status of faults) emulator.injectFault({ on: PUT, kind: 'error', status })
      const run = await runCreateWithEnvironment(
        emulator,
        { ...place, 'if-exists': 'replace' },
        emulator.clock.skipping(),
      )
      expect(run.exitCode).toBe(faults.length)
      expect(writesOf(emulator)).toEqual(['create', REMOVE, PUT, POST, ...writes])
      expect(environmentContents(emulator, at)).toEqual(
        faults.length > 0 ? pairOf(old) : keyOf(emulator, run),
      )
    })
  }

  it('of a few seconds is waited for', async ({ emulator, expect }) => {
    seedPair(emulator, { at })
    emulator.injectFault({ on: PUT, kind: 'error', status: 429, retryAfter: 2 })
    const run = await runCreateWithEnvironment(
      emulator,
      { ...place, 'if-exists': 'replace' },
      emulator.clock.skipping(),
    )
    expect(run.exitCode).toBe(0)
    expect(writesOf(emulator)).toEqual(['create', REMOVE, PUT, PUT, POST])
  })

  it('of more than 5 minutes: the pair stays as it was', async ({ emulator, expect }) => {
    const old = seedPair(emulator, { at })
    emulator.injectFault({ on: PUT, kind: 'error', status: 429, retryAfter: 301 })
    const run = await runCreateWithEnvironment(
      emulator,
      { ...place, 'if-exists': 'replace' },
      emulator.clock.skipping(),
    )
    expect(problemsOf(run)).toEqual([expect.stringMatching(/Run this again in 301 seconds/)])
    expect(environmentContents(emulator, at)).toEqual(pairOf(old))
    expect(emulator.keys().map(({ uid }) => uid)).toEqual([old.uid])
  })
})

describe.concurrent('where several reads fail, the error that explains the others is told', () => {
  it('a refusal, and not the lost response beside it', async ({ emulator, expect }) => {
    emulator.injectFault({ on: 'gh-public-key', kind: 'error', status: 502, times: 3 })
    const run = await runCreateWithEnvironment(
      emulator,
      { 'api-token': 'emulator-token-none' },
      emulator.clock.skipping(),
    )
    expect(problemsOf(run)).toEqual([expect.stringContaining('Could not list the TURN keys')])
    expect(writesOf(emulator)).toEqual([])
  })

  it('a missing permission, and not the variable that it hides', async ({ emulator, expect }) => {
    emulator.github.addToken('secrets', { secrets: 'write' })
    emulator.github.makePrivate()
    const run = await runCreateWithEnvironment(emulator, { ...REPOSITORY, 'github-token': 'secrets' })
    expect(problemsOf(run)).toEqual([expect.stringContaining('Could not list the variables')])
    expect(writesOf(emulator)).toEqual([])
  })
})
