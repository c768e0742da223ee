import { describe, expect } from 'vitest'
import { ago, names } from './accounts.ts'
import { create, it, runDelete } from './step.ts'

const KEPT = ['octo/app@main', 'octo/app@main-v2', ' padded', 'padded']

describe.concurrent('delete never takes more than its inputs say', () => {
  for (const [inputs, gone] of [
    [{ 'name-prefix': 'octo/app@main ' }, 'octo/app@main 123-1-abcd'],
    [{ name: ' padded ' }, ' padded '],
  ] as const) {
    for (const dryRun of ['false', 'True']) {
      it(`${JSON.stringify(inputs)} is taken as it is, dry-run ${dryRun}`, async ({ emulator }) => {
        for (const name of [...KEPT, gone]) emulator.seedKey({ name })
        const step = await runDelete(emulator, { ...inputs, 'dry-run': dryRun })
        expect(step).toMatchObject({ exitCode: 0, annotations: [], outputs: { count: '1' } })
        expect(names(emulator)).toEqual(dryRun === 'True' ? [...KEPT, gone] : KEPT)
      })
    }
  }

  it('keep-latest keeps keys of unknown age beside the newest', async ({ emulator }) => {
    const uids = [ago(2000), '', ago(1000), 'soon'].map(
      created => emulator.seedKey({ name: 'ci', created }).uid,
    )
    const step = await runDelete(emulator, { name: 'ci', 'keep-latest': '1' })
    expect(step.outputs.deleted).toBe(JSON.stringify([uids[0]]))
  })

  it('nor does keep-previous of the root action', async ({ emulator }) => {
    const uids = [ago(2000), '', ago(1000)].map(created => emulator.seedKey({ name: 'ci', created }).uid)
    const inputs = { name: 'ci', 'if-exists': 'replace', 'keep-previous': '1' }
    const step = await create(emulator, inputs)
    await step.post()
    expect(emulator.keys().map(({ uid }) => uid)).toEqual([uids[1], uids[2], step.outputs.uid])
  })

  it('a list that comes as null is empty', async ({ emulator }) => {
    emulator.injectFault({ on: 'list', kind: 'fields', result: null })
    const step = await runDelete(emulator, { name: 'ci' })
    expect(step).toMatchObject({ exitCode: 0, annotations: [], outputs: { deleted: '[]', count: '0' } })
  })

  it('150 keys that remain: cause and advice come before the uids, within what the runner shows', async ({
    emulator,
  }) => {
    const uids = Array.from({ length: 150 }, () => emulator.seedKey({ name: 'ci' }).uid)
    emulator.injectFault({ on: 'delete', kind: 'error', status: 403, times: Number.POSITIVE_INFINITY })
    const step = await runDelete(emulator, { name: 'ci' })
    const message = step.annotations[0]?.message ?? ''
    expect(message.length).toBeLessThan(4096)
    expect(message).toMatch(/HTTP status 403.*Run this again.*Remaining: .*and 110 more/)
    for (const uid of uids) expect(step.log).toContain(`TURN key ${uid}: Could not delete`)
  })
})

describe.concurrent('a response that was lost accuses nobody', () => {
  it('a key that another job creates an hour later is not named by post', async ({ emulator }) => {
    emulator.injectFault({ on: 'create', kind: 'reset' })
    const step = await create(emulator, { name: 'ci' })
    emulator.seedKey({ name: 'ci', created: new Date(Date.now() + 3_600_000).toISOString() })
    expect(await step.post()).toMatchObject({ exitCode: 0, annotations: [] })
  })
})
