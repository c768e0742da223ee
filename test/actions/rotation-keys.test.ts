import { describe } from 'vitest'
import type { Emulator } from '../emulator/emulator.ts'
import { ago } from './accounts.ts'
import { PLACES, REPOSITORY, runCreateWithEnvironment, SECRET, seedPair, UID } from './environment-step.ts'
import { it, problemsOf } from './step.ts'

const MINUTE = 60_000

const uidsOf = ({ keys }: Emulator) => keys().map(({ uid }) => uid)

describe.concurrent.each(PLACES)('a rotation in $where', ({ place, at, name, label }) => {
  const replace = { ...place, 'if-exists': 'replace' }

  it('supersedes the stored key whatever its name', async ({ emulator, expect }) => {
    const { uid: other } = emulator.seedKey({ name: 'octo/old:STAGING', created: ago(90 * MINUTE) })
    const stored = emulator.seedKey({ name: 'octo/old:STAGING', created: ago(60 * MINUTE) })
    emulator.github.setSecret(at, SECRET, stored.secret)
    emulator.github.setVariable(at, UID, stored.uid)
    const run = await runCreateWithEnvironment(emulator, replace)
    expect(run.outputs.outcome).toBe('replaced')
    expect((await run.post()).annotations).toEqual([])
    expect(uidsOf(emulator)).toEqual([other, run.outputs.uid])
  })

  it('leaves a key that is younger than 15 minutes, and not stored, to the next one', async ({
    emulator,
    expect,
  }) => {
    emulator.seedKey({ name, created: ago(16 * MINUTE) })
    const { uid: young } = emulator.seedKey({ name, created: ago(14 * MINUTE) })
    const run = await runCreateWithEnvironment(emulator, replace)
    expect(run.outputs.outcome).toBe('replaced')
    expect(run.log).toContain(`The TURN key ${young} is kept: it is younger than 15 minutes`)
    await run.post()
    expect(uidsOf(emulator)).toEqual([young, run.outputs.uid])
  })

  it('takes the age by the clock of Cloudflare', async ({ emulatorWith, expect }) => {
    const emulator = await emulatorWith({ cloudflareClockOffset: 7 * MINUTE })
    const { uid: young } = emulator.seedKey({ name, created: ago(-7 * MINUTE + 14 * MINUTE) })
    emulator.seedKey({ name, created: ago(-7 * MINUTE + 16 * MINUTE) })
    const run = await runCreateWithEnvironment(emulator, replace)
    await run.post()
    expect(uidsOf(emulator).toSorted()).toEqual([young, run.outputs.uid ?? ''].toSorted())
  })

  it('supersedes a young key that is stored', async ({ emulator, expect }) => {
    const first = await runCreateWithEnvironment(emulator, replace)
    expect(first.outputs.outcome).toBe('created')
    const second = await runCreateWithEnvironment(emulator, replace)
    expect(second.outputs.outcome).toBe('replaced')
    await second.post()
    expect(uidsOf(emulator)).toEqual([second.outputs.uid])
  })

  for (const [what, breakIt] of [
    ['the variable is missing', ({ github }: Emulator) => github.removeVariable(at, UID)],
    ['the variable names no key', ({ github }: Emulator) => github.setVariable(at, UID, 'f'.repeat(32))],
  ] as const) {
    it(`${what}: by a count none is deleted, for any may be in use`, async ({ emulator, expect }) => {
      const { uid } = seedPair(emulator, { at })
      const { uid: newest } = emulator.seedKey({ name, created: ago(60 * MINUTE) })
      breakIt(emulator)
      const run = await runCreateWithEnvironment(emulator, { ...replace, 'keep-previous': '1' })
      expect(run).toMatchObject({ exitCode: 0, outputs: { outcome: 'replaced' } })
      expect(run.log).toContain('Nothing shows which TURN key is in use')
      await run.post()
      expect(uidsOf(emulator)).toEqual([uid, newest, run.outputs.uid])
    })
  }

  it('counts the stored key first, then the newest, and deletes none of unknown age', async ({
    emulator,
    expect,
  }) => {
    const { uid: unknown } = emulator.seedKey({ name, created: '' })
    const { uid: stored } = seedPair(emulator, { at })
    emulator.seedKey({ name, created: ago(90 * MINUTE) })
    const { uid: newest } = emulator.seedKey({ name, created: ago(60 * MINUTE) })
    const run = await runCreateWithEnvironment(emulator, { ...replace, 'keep-previous': '2' })
    await run.post()
    expect(uidsOf(emulator)).toEqual([unknown, stored, newest, run.outputs.uid])
  })

  it('keeps the key of another pair of the same place, on any page of its variables', async ({
    emulator,
    expect,
  }) => {
    for (let number = 10; number < 45; number++) emulator.github.setVariable(at, `A${number}`, 'x')
    const names = { 'uid-variable': 'WEB_ID', 'key-secret': 'WEB_TOKEN' }
    const { uid: web } = emulator.seedKey({ name, created: ago(60 * MINUTE) })
    emulator.github.setVariable(at, names['uid-variable'], web.toUpperCase())
    const { uid: unused } = emulator.seedKey({ name, created: ago(60 * MINUTE) })
    const { uid: stored } = seedPair(emulator, { at })
    const run = await runCreateWithEnvironment(emulator, replace)
    const post = await run.post()
    expect(post.annotations).toEqual([])
    expect(run.log).toContain(`The TURN key ${web} is kept: another variable of the same place names it.`)
    expect(uidsOf(emulator)).not.toContain(unused)
    expect(uidsOf(emulator)).not.toContain(stored)
    expect(uidsOf(emulator)).toEqual([web, run.outputs.uid])
  })

  it('keeps all in its post step where the variables cannot be listed', async ({ emulator, expect }) => {
    const { uid } = seedPair(emulator, { at })
    const run = await runCreateWithEnvironment(emulator, replace)
    emulator.injectFault({ on: 'gh-variable-list', kind: 'error', status: 403 })
    const post = await run.post()
    expect(problemsOf(post, 'warning')).toEqual([
      expect.stringMatching(`Could not list the variables .* Their uids: ${uid}`),
    ])
    expect(uidsOf(emulator)).toEqual([uid, run.outputs.uid])
  })

  it('keeps all in its post step where the variable is missing', async ({ emulator, expect }) => {
    const { uid } = seedPair(emulator, { at })
    const run = await runCreateWithEnvironment(emulator, replace)
    emulator.github.removeVariable(at, UID)
    const post = await run.post()
    expect(problemsOf(post, 'warning')).toEqual([
      expect.stringMatching(
        `^The older TURN keys are kept too: The variable ${UID} of ${label} .* Their uids: ${uid}\\.$`,
      ),
    ])
    expect(uidsOf(emulator)).toEqual([uid, run.outputs.uid])
  })
})

describe.concurrent('a rotation whose token loses a permission on a private repository', () => {
  for (const [place, at, before, after] of [
    [{}, 'staging', { environments: 'write' }, {}],
    [REPOSITORY, '', { secrets: 'write', variables: 'write' }, { secrets: 'write' }],
    [REPOSITORY, '', { secrets: 'write', variables: 'write' }, { variables: 'write' }],
  ] as const) {
    it(`from ${JSON.stringify(before)} to ${JSON.stringify(after)}: its post step keeps all`, async ({
      emulator,
      expect,
    }) => {
      const old = seedPair(emulator, { at })
      emulator.github.makePrivate()
      emulator.github.addToken('token', before)
      const inputs = { ...place, 'if-exists': 'replace', 'github-token': 'token' }
      const run = await runCreateWithEnvironment(emulator, inputs)
      expect(run.exitCode).toBe(0)
      emulator.github.addToken('token', after)
      // Another job stores it since.
      emulator.github.setSecret(at, SECRET, old.secret)
      emulator.github.setVariable(at, UID, old.uid)
      const post = await run.post()
      expect(problemsOf(post, 'warning')).toEqual([
        expect.stringContaining('nothing shows which key is in use'),
      ])
      expect(uidsOf(emulator)).toEqual([old.uid, run.outputs.uid])
    })
  }
})
