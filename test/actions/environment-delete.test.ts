import { describe } from 'vitest'
import { type Emulator, GITHUB_TOKENS } from '../emulator/emulator.ts'
import { NOTHING } from '../nothing.ts'
import {
  environmentContents,
  keyOf,
  PLACES,
  readsOf,
  runCreateWithEnvironment,
  runDeleteWithEnvironment,
  SECRET,
  seedPair,
  startCreateWithEnvironment,
  stepsOf,
  UID,
  writesOf,
} from './environment-step.ts'
import { arrival } from './mint-step.ts'
import { it, problemsOf } from './step.ts'
import { transcript } from './transcript.ts'

/** The last two side by side. */
const CLEARED = ['delete', 'gh-secret-delete', 'gh-variable-delete']
const NO_PAIR = { uid: undefined, secret: undefined }

describe.concurrent.each(PLACES)('delete, with $where', ({ place, selector, at, name, label }) => {
  it('deletes the key, then the variable and the secret', async ({ emulator, expect }) => {
    const { uid } = seedPair(emulator, { at })
    const other = emulator.seedKey({ name })
    const run = await runDeleteWithEnvironment(emulator, selector)
    expect(transcript(run).replace(label, '<place>')).toMatchInlineSnapshot(`
      "exit 0
        TURN key <uid 1>: deleted.
        TURN keys deleted in the account <account>: 1.
        Removed the TURN key from <place>.
      masks
        a value of 20 characters
        a value of 20 characters
      outputs
        deleted = ["<uid 1>"]
        count = 1"
    `)
    expect(run.outputs).toEqual({ deleted: JSON.stringify([uid]), count: '1' })
    const steps = stepsOf(emulator)
    const looks = ['gh-secret-get', 'gh-variable-get']
    expect(steps.slice(0, -4)).toEqual([...readsOf(at), 'delete', ...looks])
    expect(steps.slice(-4).toSorted()).toEqual([
      'gh-secret-delete',
      ...looks.slice(0, 1),
      'gh-variable-delete',
      ...looks.slice(1),
    ])
    expect(environmentContents(emulator, at)).toEqual(NO_PAIR)
    expect(emulator.keys().map(key => key.uid)).toEqual([other.uid])

    const again = await runDeleteWithEnvironment(emulator, selector)
    expect(again).toMatchObject({ exitCode: 0, annotations: [], outputs: { deleted: '[]', count: '0' } })
  })

  it('the key gone already', async ({ emulator, expect }) => {
    const { uid } = seedPair(emulator, { at })
    emulator.removeKey(uid)
    const run = await runDeleteWithEnvironment(emulator, selector)
    expect(run).toMatchObject({ exitCode: 0, annotations: [], outputs: { deleted: '[]', count: '0' } })
    const unknown = `The variable ${UID} of ${label} names the TURN key ${uid}, which this account does not have`
    expect(run.log).toContain(unknown)
    expect(environmentContents(emulator, at)).toEqual(NO_PAIR)
  })

  it('the secret gone', async ({ emulator, expect }) => {
    const { uid } = seedPair(emulator, { at })
    emulator.github.removeSecret(at, SECRET)
    const run = await runDeleteWithEnvironment(emulator, selector)
    expect(run).toMatchObject({ exitCode: 0, outputs: { deleted: JSON.stringify([uid]) } })
    expect(environmentContents(emulator, at)).toEqual(NO_PAIR)
  })

  it('a pair that another job stores during the deletion of the key is kept', async ({
    emulator,
    expect,
  }) => {
    const { uid } = seedPair(emulator, { at })
    emulator.injectFault({ on: 'delete', kind: 'slow', delay: 800 })
    const running = startCreateWithEnvironment(emulator, selector, {
      folder: 'delete',
      ...emulator.clock.stopped(),
    })
    await arrival(emulator, 'delete')
    const newer = seedPair(emulator, { at })
    emulator.clock.pass()
    const run = await running.done
    expect(run).toMatchObject({ exitCode: 0, outputs: { deleted: JSON.stringify([uid]) } })
    expect(problemsOf(run, 'warning')).toEqual([expect.stringContaining(`stored a TURN key in ${label}`)])
    expect(environmentContents(emulator, at)).toEqual({ uid: newer.uid, secret: newer.secret })
    expect(emulator.keys().map(key => key.uid)).toEqual([newer.uid])
  })

  it('a job that stores its pair while the old one is removed sees that its secret went too, and stores it again', async ({
    emulatorWith,
    expect,
  }) => {
    const [isHeld, isRead] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()]
    let isStoring = false
    const emulator = await emulatorWith({
      gate: ({ operation }) => {
        if (operation === 'gh-variable-post') isStoring = true
        if (operation === 'gh-secret-get' && isStoring) isRead.resolve()
        if (operation !== 'gh-secret-delete') return
        isHeld.resolve()
        return isRead.promise
      },
    })
    seedPair(emulator, { at })
    const running = startCreateWithEnvironment(emulator, selector, { folder: 'delete' })
    await isHeld.promise
    emulator.github.removeVariable(at, UID)
    const storing = startCreateWithEnvironment(emulator, place)
    const [removed, stored] = await Promise.all([running.done, storing.done])
    expect([removed.exitCode, stored.exitCode]).toEqual([0, 0])
    expect(environmentContents(emulator, at)).toEqual(keyOf(emulator, stored))
  })

  for (const [what, value, secretAt] of [
    ['does not exist', undefined, undefined],
    ['names no key of the account', 'f'.repeat(32), undefined],
    ['is older than the secret', '', '2026-01-01T00:00:01Z'],
  ] as const) {
    it(`the variable ${what}: nothing is removed, and the keys of that name are named`, async ({
      emulator,
      expect,
    }) => {
      const { uid, secret } = seedPair(emulator, { at, ...(secretAt && { secretAt }) })
      if (value === undefined) emulator.github.removeVariable(at, UID)
      else if (value !== '') emulator.github.setVariable(at, UID, value)
      const run = await runDeleteWithEnvironment(emulator, selector)
      expect(problemsOf(run)).toEqual([expect.stringMatching(`${what}.*Keys of that name: ${uid}`)])
      expect(run).toMatchObject({ exitCode: 1, outputs: NOTHING })
      expect(environmentContents(emulator, at)).toEqual({ uid: value === '' ? uid : value, secret })
      expect(writesOf(emulator)).toEqual([])
    })
  }

  for (const [what, act, expected] of [
    [
      'another delete removes it too: that is no other key',
      ({ github }: Emulator) => {
        github.removeVariable(at, UID)
        github.removeSecret(at, SECRET)
      },
      { exitCode: 0, annotations: [] },
    ],
    [
      'the token loses its permission: an error, for the pair may be there still',
      ({ github }: Emulator) => {
        github.makePrivate()
        github.addToken(GITHUB_TOKENS.full, {})
      },
      { exitCode: 1 },
    ],
  ] as const) {
    it(`while the key is deleted, ${what}`, async ({ emulatorWith, expect }) => {
      const emulator: Emulator = await emulatorWith({
        gate: ({ operation }) => {
          if (operation === 'delete') act(emulator)
        },
      })
      const { uid } = seedPair(emulator, { at })
      const run = await runDeleteWithEnvironment(emulator, selector)
      expect(run).toMatchObject({ ...expected, outputs: { deleted: JSON.stringify([uid]) } })
      expect(run.log).not.toContain('that key is kept')
    })
  }

  it('a secret that another job removes at the same time is gone', async ({ emulatorWith, expect }) => {
    const emulator: Emulator = await emulatorWith({
      gate: ({ operation }) => {
        if (operation === 'gh-secret-delete') emulator.github.removeSecret(at, SECRET)
      },
    })
    seedPair(emulator, { at })
    const run = await runDeleteWithEnvironment(emulator, selector)
    expect(run).toMatchObject({ exitCode: 0, annotations: [] })
  })

  it('a secret that the token may not remove is not said to be gone', async ({ emulator, expect }) => {
    emulator.github.makePrivate()
    const write = at
      ? ({ environments: 'write' } as const)
      : ({ variables: 'write', secrets: 'read' } as const)
    emulator.github.addToken(GITHUB_TOKENS.full, write)
    seedPair(emulator, { at })
    const run = await runDeleteWithEnvironment(emulator, selector)
    const isLeft = environmentContents(emulator, at).secret !== undefined
    expect({ isLeft, exitCode: run.exitCode }).toEqual(
      at ? { isLeft: false, exitCode: 0 } : { isLeft: true, exitCode: 1 },
    )
    if (isLeft)
      expect(problemsOf(run)).toEqual([expect.stringContaining(`Could not remove the secret ${SECRET}`)])
  })

  it('a variable older than the secret, of a key with another name: nothing is removed either', async ({
    emulator,
    expect,
  }) => {
    const key = emulator.seedKey({ name: 'turn' })
    const other = emulator.seedKey({ name: 'turn' })
    emulator.github.setVariable(at, UID, key.uid, '2026-01-01T00:00:00Z')
    emulator.github.setSecret(at, SECRET, other.secret, '2026-01-01T00:00:05Z')
    const run = await runDeleteWithEnvironment(emulator, selector)
    expect(problemsOf(run)).toEqual([
      expect.stringMatching(`is older than the secret.*Keys of that name: .*${other.uid}`),
    ])
    expect(writesOf(emulator)).toEqual([])
  })

  it('a secret without a variable and without a key of the name: a warning, for its key may have another', async ({
    emulator,
    expect,
  }) => {
    const { uid, secret } = emulator.seedKey({ name: 'turn' })
    emulator.github.setSecret(at, SECRET, secret)
    const run = await runDeleteWithEnvironment(emulator, selector)
    expect(run).toMatchObject({ exitCode: 0, outputs: { deleted: '[]', count: '0' } })
    expect(problemsOf(run, 'warning')).toEqual([expect.stringContaining(`no TURN key is named "${name}"`)])
    expect(environmentContents(emulator, at)).toEqual(NO_PAIR)
    expect(emulator.keys().map(key => key.uid)).toEqual([uid])
  })

  for (const pad of [' ', '\n', '\r\n']) {
    it(`a uid in upper case, followed by ${JSON.stringify(pad)}, names its key`, async ({
      emulator,
      expect,
    }) => {
      const { uid } = seedPair(emulator, { at })
      emulator.github.setVariable(at, UID, `${uid.toUpperCase()}${pad}`)
      const run = await runDeleteWithEnvironment(emulator, selector)
      expect(run).toMatchObject({ exitCode: 0, outputs: { deleted: JSON.stringify([uid]) } })
      expect(environmentContents(emulator, at)).toEqual(NO_PAIR)
    })
  }

  it('a variable that holds no uid is refused', async ({ emulator, expect }) => {
    seedPair(emulator, { at })
    emulator.github.setVariable(at, UID, '../keys')
    const run = await runDeleteWithEnvironment(emulator, selector)
    expect(problemsOf(run)).toEqual([expect.stringContaining('does not hold the uid of a TURN key')])
    expect(run.outputs).toEqual({})
    expect(writesOf(emulator)).toEqual([])
  })

  it('dry-run says which, and changes nothing', async ({ emulator, expect }) => {
    const { uid, secret } = seedPair(emulator, { at })
    const run = await runDeleteWithEnvironment(emulator, { ...selector, 'dry-run': 'true' })
    expect(run.outputs).toEqual({ deleted: JSON.stringify([uid]), count: '1' })
    const removal = `Would remove ${UID} and ${SECRET} from ${label}.`
    expect(run.log).toContain(`${removal}\nWould delete the TURN key ${uid}.`)
    expect(stepsOf(emulator)).toEqual(readsOf(at))
    expect(environmentContents(emulator, at)).toEqual({ uid, secret })
    emulator.removeKey(uid)
    const again = await runDeleteWithEnvironment(emulator, { ...selector, 'dry-run': 'true' })
    expect(again.outputs.count).toBe('0')
    expect(again.log).toContain(removal)
    await runDeleteWithEnvironment(emulator, selector)
    const none = await runDeleteWithEnvironment(emulator, { ...selector, 'dry-run': 'true' })
    expect(none.log).not.toContain('Would remove')
  })

  it('names of its own for the pair', async ({ emulator, expect }) => {
    const names = { 'uid-variable': 'A', 'key-secret': 'B' }
    const { uid, secret } = seedPair(emulator, { at })
    const made = await runCreateWithEnvironment(emulator, { ...place, ...names })
    const run = await runDeleteWithEnvironment(emulator, { ...selector, ...names })
    expect(run.outputs.deleted).toBe(JSON.stringify([made.outputs.uid]))
    expect(environmentContents(emulator, at)).toEqual({ uid, secret })
  })
})

describe.concurrent('delete, with an environment', () => {
  it('the environment gone', async ({ emulator, expect }) => {
    const run = await runDeleteWithEnvironment(emulator, { environment: 'pr/42' })
    expect(run).toMatchObject({ exitCode: 0, outputs: { deleted: '[]', count: '0' } })
    expect(problemsOf(run, 'warning')).toEqual([expect.stringContaining('no environment "pr/42"')])
    expect(stepsOf(emulator)).toEqual([
      'gh-environment-list',
      'gh-public-key',
      'gh-repo',
      'gh-secret-get',
      'gh-variable-get',
      'list',
    ])
  })

  it('a repository that the token cannot see is an error', async ({ emulator, expect }) => {
    const run = await runDeleteWithEnvironment(emulator, {}, { runner: { GITHUB_REPOSITORY: 'octo/hidden' } })
    expect(problemsOf(run)).toEqual([expect.stringContaining('Could not read the repository octo/hidden')])
  })
})

describe.concurrent.each(PLACES)('delete, with $where and a fault', ({ selector, at, label }) => {
  it('the key cannot be deleted: the pair is kept and names it', async ({ emulator, expect }) => {
    const { uid, secret } = seedPair(emulator, { at })
    emulator.injectFault({ on: 'delete', kind: 'error', status: 403 })
    const run = await runDeleteWithEnvironment(emulator, selector)
    expect(run).toMatchObject({ exitCode: 1, outputs: { deleted: '[]', count: '0' } })
    expect(problemsOf(run)).toEqual([expect.stringContaining(uid)])
    expect(environmentContents(emulator, at)).toEqual({ uid, secret })
    expect(writesOf(emulator)).toEqual(['delete'])
  })

  it('neither of the pair can be: both are attempted and named', async ({ emulator, expect }) => {
    const { uid } = seedPair(emulator, { at })
    emulator.github.addToken('reader', { environments: 'read', secrets: 'read', variables: 'read' })
    const run = await runDeleteWithEnvironment(emulator, { ...selector, 'github-token': 'reader' })
    expect(writesOf(emulator).toSorted()).toEqual(CLEARED)
    expect(run).toMatchObject({ exitCode: 1, outputs: { deleted: JSON.stringify([uid]), count: '1' } })
    const [problem, ...others] = problemsOf(run)
    expect(others).toEqual([])
    expect(problem).toContain(`Could not remove the variable ${UID} of ${label}: GitHub`)
    expect(problem).toContain(`Could not remove the secret ${SECRET} of ${label}: GitHub`)
  })

  it('the variable gone though each response was lost: the secret goes too, and the step fails', async ({
    emulator,
    expect,
  }) => {
    const { uid } = seedPair(emulator, { at })
    emulator.injectFault({ on: 'gh-variable-delete', kind: 'response-lost' })
    emulator.injectFault({ on: 'gh-variable-delete', kind: 'error', status: 502, times: 2 })
    const run = await runDeleteWithEnvironment(emulator, selector, emulator.clock.skipping())
    expect(run).toMatchObject({ exitCode: 1, outputs: { deleted: JSON.stringify([uid]) } })
    expect(problemsOf(run)).toEqual([expect.stringContaining(`Could not remove the variable ${UID}`)])
    expect(problemsOf(run, 'warning')).toEqual([])
    expect(environmentContents(emulator, at)).toEqual(NO_PAIR)
  })

  it('lost responses: sent again, gone by then is done', async ({ emulator, expect }) => {
    const { uid } = seedPair(emulator, { at })
    emulator.injectFault({ on: 'gh-variable-delete', kind: 'response-lost' })
    emulator.injectFault({ on: 'gh-secret-delete', kind: 'error', status: 502 })
    const run = await runDeleteWithEnvironment(emulator, selector, emulator.clock.skipping())
    expect(run).toMatchObject({ exitCode: 0, annotations: [], outputs: { deleted: JSON.stringify([uid]) } })
    expect(environmentContents(emulator, at)).toEqual(NO_PAIR)
  })

  it("the workflow's own token: nothing is deleted", async ({ emulator, expect }) => {
    seedPair(emulator, { at })
    const run = await runDeleteWithEnvironment(emulator, {
      ...selector,
      'github-token': GITHUB_TOKENS.workflow,
    })
    expect(problemsOf(run)).toEqual([expect.stringContaining("The workflow's own GITHUB_TOKEN never has it")])
    expect(writesOf(emulator)).toEqual([])
  })
})
