import { describe } from 'vitest'
import { NOTHING } from '../nothing.ts'
import {
  environmentContents,
  keyOf,
  PLACES,
  REPOSITORY,
  readsOf,
  runCreateWithEnvironment,
  runDeleteWithEnvironment,
  seedPair,
  stepsOf,
} from './environment-step.ts'
import { it, problemsOf } from './step.ts'

describe.concurrent.each(PLACES)('$where stores a key', ({ place, selector, at, name }) => {
  it('that is created, found healthy, replaced, and deleted with its pair', async ({ emulator, expect }) => {
    const created = await runCreateWithEnvironment(emulator, place)
    expect(created).toMatchObject({ exitCode: 0, annotations: [], outputs: { outcome: 'created', name } })
    expect(environmentContents(emulator, at)).toEqual(keyOf(emulator, created))
    expect(created.summary).toContain(at ? 'the environment &#34;staging&#34;' : 'the repository octo/app')

    emulator.requests.length = 0
    const reused = await runCreateWithEnvironment(emulator, place)
    expect(reused.outputs).toMatchObject({ outcome: 'reused', uid: created.outputs.uid, key: '' })
    expect(stepsOf(emulator)).toEqual(readsOf(at))

    const replaced = await runCreateWithEnvironment(emulator, { ...place, 'if-exists': 'replace' })
    await replaced.post()
    expect(emulator.keys().map(({ uid }) => uid)).toEqual([replaced.outputs.uid])
    expect(environmentContents(emulator, at)).toEqual(keyOf(emulator, replaced))

    const deleted = await runDeleteWithEnvironment(emulator, selector)
    expect(deleted.outputs.deleted).toBe(JSON.stringify([replaced.outputs.uid]))
    expect(environmentContents(emulator, at)).toEqual({ uid: undefined, secret: undefined })
  })

  it('and deletes none by a count where a run that failed between the writes left no variable', async ({
    emulator,
    expect,
  }) => {
    const { uid } = seedPair(emulator, { at })
    emulator.injectFault({ on: 'gh-variable-post', kind: 'error', status: 403 })
    const replace = { ...place, 'if-exists': 'replace', 'keep-previous': '1' }
    const failed = await runCreateWithEnvironment(emulator, replace)
    expect(failed.exitCode).toBe(1)
    const [, left] = emulator.keys()
    const run = await runCreateWithEnvironment(emulator, replace)
    expect((await run.post()).annotations).toEqual([])
    expect(emulator.keys().map(key => key.uid)).toEqual([uid, left?.uid, run.outputs.uid])
  })

  it('and deletes the new key when the secret is rejected', async ({ emulator, expect }) => {
    emulator.injectFault({ on: 'gh-secret-put', kind: 'error', status: 422 })
    const run = await runCreateWithEnvironment(emulator, place)
    expect(run).toMatchObject({ exitCode: 1, outputs: NOTHING })
    expect(emulator.keys()).toEqual([])
  })
})

describe.concurrent('store', () => {
  for (const [what, inputs, message] of [
    ['with environment', { store: 'repository' }, 'Set `environment` or `store`, not both'],
    ['with another value', { ...REPOSITORY, store: 'organization' }, '`store` must be repository'],
    ['without a token', { ...REPOSITORY, 'github-token': '' }, '`store` needs it'],
    [
      'with delete-after-job',
      { ...REPOSITORY, 'delete-after-job': 'always' },
      'with `environment` or `store`',
    ],
    ['and no environment, with a token', { environment: '' }, 'neither `environment` nor `store`'],
  ] as const) {
    it(`${what} is rejected before any request`, async ({ emulator, expect }) => {
      const run = await runCreateWithEnvironment(emulator, inputs)
      expect(problemsOf(run).join(' ')).toContain(message)
      expect(run).toMatchObject({ exitCode: 1, outputs: NOTHING, state: NOTHING })
      expect(emulator.requests).toEqual([])
    })
  }
})
