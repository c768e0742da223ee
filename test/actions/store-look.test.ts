import { describe } from 'vitest'
import { type Emulator, GITHUB_TOKENS } from '../emulator/emulator.ts'
import { wholeSeconds } from '../emulator/github/responses.ts'
import { NOTHING } from '../nothing.ts'
import {
  beforeLook,
  environmentContents,
  keyOf,
  LOOKS,
  PLACES,
  readsOf,
  runCreateWithEnvironment,
  SECRET,
  stepsOf,
  UID,
  writesOf,
} from './environment-step.ts'
import { it, problemsOf } from './step.ts'

const [REMOVE, PUT, POST] = ['gh-variable-delete', 'gh-secret-put', 'gh-variable-post'] as const

describe.concurrent.each(PLACES)('the look at the pair of $where', ({ place, at, name, label }) => {
  it('comes once, without a pause', async ({ emulator, expect }) => {
    const run = await runCreateWithEnvironment(emulator, place)
    expect(run).toMatchObject({ exitCode: 0, annotations: [] })
    expect(run.log).not.toContain('nother job')
    expect(stepsOf(emulator)).toEqual([...readsOf(at), 'create', PUT, POST, ...LOOKS])
  })

  it('is repeated where reads lag behind writes', async ({ emulator, expect }) => {
    emulator.injectFault({ on: 'gh-variable-get', kind: 'error', status: 404, skip: 1 })
    const run = await runCreateWithEnvironment(emulator, place, emulator.clock.skipping())
    expect(run).toMatchObject({ exitCode: 0, annotations: [] })
    expect(writesOf(emulator)).toEqual(['create', PUT, POST])
    expect(environmentContents(emulator, at)).toEqual(keyOf(emulator, run))
  })

  for (const [what, act] of [
    [
      "the variable is another job's",
      ({ github }: Emulator) => github.setVariable(at, UID, 'of another job'),
    ],
    [
      'the secret was written since',
      ({ github }: Emulator) => github.setSecret(at, SECRET, 'x', wholeSeconds(Date.now() + 60_000)),
    ],
    ['the secret is gone', ({ github }: Emulator) => github.removeSecret(at, SECRET)],
  ] as const) {
    it(`${what}: a new key is stored, and this one deleted`, async ({ emulatorWith, expect }) => {
      const emulator = await beforeLook(emulatorWith, act)
      const run = await runCreateWithEnvironment(
        emulator,
        { ...place, ttl: '60', 'if-exists': 'create' },
        emulator.clock.skipping(),
      )
      expect(run).toMatchObject({ exitCode: 0, annotations: [] })
      const again = ['create', 'mint', REMOVE, PUT, POST]
      expect(writesOf(emulator)).toEqual(['create', 'mint', PUT, POST, REMOVE, 'delete', ...again])
      expect(environmentContents(emulator, at)).toEqual(keyOf(emulator, run))
      expect(emulator.keys().map(key => [key.uid, key.name])).toEqual([[run.outputs.uid, name]])
      expect(emulator.credentials().at(-1)?.username).toBe(run.outputs.username)
      expect((await run.post()).log).toContain(`The TURN key ${run.outputs.uid} is kept.`)
    })
  }

  it('the secret was written in the same second: it may be ours', async ({ emulatorWith, expect }) => {
    const emulator = await beforeLook(emulatorWith, ({ github }) => {
      const { value = '', updatedAt = '' } = github.environment(at)?.secrets[SECRET] ?? {}
      github.setSecret(at, SECRET, value, new Date(Date.parse(updatedAt) + 1000).toISOString())
    })
    const run = await runCreateWithEnvironment(emulator, place)
    expect(writesOf(emulator)).toEqual(['create', PUT, POST])
    expect(run.exitCode).toBe(0)
  })

  it('the key is gone: so is the variable then, and the step fails', async ({ emulatorWith, expect }) => {
    const emulator = await beforeLook(emulatorWith, ({ keys, removeKey }) => removeKey(keys()[0]?.uid ?? ''))
    const run = await runCreateWithEnvironment(emulator, place)
    expect(run).toMatchObject({ exitCode: 1, outputs: NOTHING })
    expect(problemsOf(run)).toEqual([
      expect.stringMatching(
        /^Cloudflare no longer lists the TURN key [0-9a-f]{32}: .* was removed, so the next run/,
      ),
    ])
    expect(environmentContents(emulator, at).uid).toBeUndefined()
    await run.post({ jobStatus: 'failure' })
    expect((await runCreateWithEnvironment(emulator, place)).outputs.outcome).toBe('created')
  })

  it('the list lacks a key that exists: it is not deleted, and the error names it', async ({
    emulatorWith,
    expect,
  }) => {
    const emulator = await beforeLook(emulatorWith, ({ injectFault }) =>
      injectFault({ on: 'list', kind: 'fields', result: [], times: 2 }),
    )
    const run = await runCreateWithEnvironment(emulator, { ...place, 'if-exists': 'create' })
    const [key] = emulator.keys()
    expect(problemsOf(run)).toEqual([
      expect.stringMatching(
        `^Cloudflare no longer lists the TURN key ${key?.uid}: .* ${key?.uid} is kept, because`,
      ),
    ])
    await run.post({ jobStatus: 'failure' })
    expect(emulator.keys()).toHaveLength(1)
    expect(environmentContents(emulator, at).uid).toBeUndefined()
  })

  it('the token has lost its permission: the pair stays, and the error says that it was not checked', async ({
    emulatorWith,
    expect,
  }) => {
    const emulator = await beforeLook(emulatorWith, ({ github }) => {
      github.makePrivate()
      github.addToken(GITHUB_TOKENS.full, {})
    })
    const run = await runCreateWithEnvironment(emulator, place)
    const [key] = emulator.keys()
    expect(problemsOf(run)).toEqual([
      expect.stringMatching(
        `was stored in ${label}, but a first look did not confirm that, and the second one failed\\. .* ${key?.uid} is kept, because `,
      ),
    ])
    await run.post({ jobStatus: 'failure' })
    expect(environmentContents(emulator, at)).toEqual({ uid: key?.uid, secret: key?.secret })
  })

  it('fails: the pair stays, and the error says that it was not checked', async ({
    emulatorWith,
    expect,
  }) => {
    const emulator = await beforeLook(emulatorWith, ({ injectFault }) =>
      injectFault({ on: 'gh-secret-get', kind: 'error', status: 403 }),
    )
    const run = await runCreateWithEnvironment(emulator, place)
    const [key] = emulator.keys()
    expect(run).toMatchObject({ exitCode: 1, outputs: NOTHING })
    expect(problemsOf(run)).toEqual([
      expect.stringMatching(
        `was stored in ${label}, but that could not be checked\\. .* ${key?.uid} is kept, because `,
      ),
    ])
    expect(environmentContents(emulator, at)).toEqual({ uid: key?.uid, secret: key?.secret })
    const next = await runCreateWithEnvironment(emulator, place)
    expect(next.outputs).toMatchObject({ outcome: 'reused', uid: key?.uid })
  })
})
