import { describe } from 'vitest'
import { ago, operationsOf } from './accounts.ts'
import { runCreateWithEnvironment, runDeleteWithEnvironment, seedPair } from './environment-step.ts'
import { create, it, problemsOf } from './step.ts'

/** The delete action without an environment. */
const PLAIN = { environment: '(none)', 'github-token': '' }
const NONE = { deleted: '[]', count: '0' }

describe.concurrent('an empty list that comes as null', () => {
  for (const ifExists of ['reuse', 'replace', 'fail']) {
    it(`is no key of that name: ${ifExists}`, async ({ emulatorWith, expect }) => {
      const emulator = await emulatorWith({ emptyList: 'null' })
      const run = await create(emulator, { 'if-exists': ifExists })
      expect(run).toMatchObject({ exitCode: 0, annotations: [], outputs: { outcome: 'created' } })
      expect((await run.post()).annotations).toEqual([])
      expect(emulator.keys().map(({ uid }) => uid)).toEqual([run.outputs.uid])
    })
  }

  for (const inputs of [{ name: 'n' }, { 'name-prefix': 'n', 'keep-latest': '1' }]) {
    it(`has nothing to delete: ${JSON.stringify(inputs)}`, async ({ emulatorWith, expect }) => {
      const emulator = await emulatorWith({ emptyList: 'null' })
      const run = await runDeleteWithEnvironment(emulator, { ...PLAIN, ...inputs })
      expect(run).toMatchObject({ exitCode: 0, annotations: [], outputs: NONE })
    })
  }

  it('shows that a stored key is gone', async ({ emulatorWith, expect }) => {
    const emulator = await emulatorWith({ emptyList: 'null' })
    emulator.removeKey(seedPair(emulator).uid)
    const repaired = await runCreateWithEnvironment(emulator)
    expect(repaired).toMatchObject({ exitCode: 0, annotations: [], outputs: { outcome: 'created' } })
    emulator.removeKey(repaired.outputs.uid ?? '')
    expect((await runDeleteWithEnvironment(emulator)).outputs).toEqual(NONE)
  })

  it('shows that a lost request created nothing', async ({ emulatorWith, expect }) => {
    const emulator = await emulatorWith({ emptyList: 'null' })
    emulator.injectFault({ on: 'create', kind: 'reset', times: 3 })
    const run = await create(emulator)
    expect(operationsOf(emulator)).toEqual(['create', 'create', 'create', 'list'])
    expect(problemsOf(run, 'warning')).toEqual([])
  })
})

describe.concurrent('a key without times', () => {
  it('never matches older-than', async ({ emulator, expect }) => {
    const [, old] = ['', ago(7_200_000)].map(created => emulator.seedKey({ name: 'n', created }).uid)
    const run = await runDeleteWithEnvironment(emulator, { ...PLAIN, name: 'n', 'older-than': '1h' })
    expect(run.outputs.deleted).toBe(JSON.stringify([old]))
  })

  it('is not deleted by a count, whatever the count', async ({ emulator, expect }) => {
    const uids = ['', ago(3000), '', ago(2000)].map(created => emulator.seedKey({ name: 'n', created }).uid)
    const run = await runDeleteWithEnvironment(emulator, { ...PLAIN, name: 'n', 'keep-latest': '1' })
    expect(run.outputs.deleted).toBe(JSON.stringify([uids[1]]))
    const replace = { name: 'n', 'if-exists': 'replace', 'keep-previous': '1' }
    for (const _ of [1, 2]) await (await create(emulator, replace)).post()
    const left = emulator.keys().map(({ uid }) => uid)
    expect(left).toEqual(expect.arrayContaining([uids[0], uids[2]]))
    expect(left).toHaveLength(4)
  })

  it('goes where no count is given: name alone, and replace without keep-previous', async ({
    emulator,
    expect,
  }) => {
    emulator.seedKey({ name: 'n', created: '' })
    const run = await create(emulator, { name: 'n', 'if-exists': 'replace' })
    await run.post()
    expect(emulator.keys().map(({ uid }) => uid)).toEqual([run.outputs.uid])
    emulator.seedKey({ name: 'n', created: '' })
    expect((await runDeleteWithEnvironment(emulator, { ...PLAIN, name: 'n' })).outputs.count).toBe('2')
  })

  it('is reused with empty times, and only where no key of known age exists', async ({
    emulator,
    expect,
  }) => {
    const unknown = emulator.seedKey({ name: 'n', created: '' })
    const first = await create(emulator, { name: 'n', 'if-exists': 'reuse' })
    expect(first.outputs).toMatchObject({ uid: unknown.uid, created: '', modified: '', outcome: 'reused' })
    const known = emulator.seedKey({ name: 'n', created: ago(1000) })
    expect((await create(emulator, { name: 'n', 'if-exists': 'reuse' })).outputs.uid).toBe(known.uid)
  })

  it('may be what a lost response created', async ({ emulator, expect }) => {
    const { uid } = emulator.seedKey({ name: 'n', created: '' })
    emulator.injectFault({ on: 'create', kind: 'reset' })
    expect(problemsOf(await create(emulator, { name: 'n' }), 'warning')).toEqual([
      expect.stringContaining(uid),
    ])
  })

  it('that this step created is output, minted from and deleted', async ({ emulator, expect }) => {
    emulator.injectFault({ on: 'create', kind: 'fields', remove: ['created', 'modified'] })
    const run = await create(emulator, {
      ttl: '60',
      'rtc-url': emulator.rtcUrl,
      'delete-after-job': 'always',
    })
    expect(run).toMatchObject({ exitCode: 0, outputs: { created: '', modified: '', outcome: 'created' } })
    expect(run.outputs.credential).toBe(emulator.credentials()[0]?.credential)
    await run.post()
    expect(emulator.keys()).toEqual([])
  })
})
