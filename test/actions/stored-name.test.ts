import { describe } from 'vitest'
import type { Emulator } from '../emulator/emulator.ts'
import { NOTHING } from '../nothing.ts'
import { operationsOf } from './accounts.ts'
import {
  environmentContents,
  keyOf,
  runCreateWithEnvironment,
  runDeleteWithEnvironment,
} from './environment-step.ts'
import { create, it, problemsOf } from './step.ts'

const trim = (name: string): string => name.trim()
const cut = (name: string): string => name.slice(0, 8)

/** What Cloudflare makes of a name: the name given, and what it stores, which is also another job's name. */
const CHANGED = [
  ['trims', trim, ' octo ', 'octo'],
  ['cuts', cut, 'octo/app@main', 'octo/app'],
] as const

/** The delete action without an environment. */
const PLAIN = { environment: '(none)', 'github-token': '' }

function uidsOf(emulator: Emulator): string[] {
  return emulator.keys().map(({ uid }) => uid)
}

for (const [verb, storedName, name, stored] of CHANGED) {
  describe.concurrent(`when Cloudflare ${verb} the name`, () => {
    it('the log and outputs give it as Cloudflare does', async ({ emulatorWith, expect }) => {
      const emulator = await emulatorWith({ storedName })
      const run = await create(emulator, { name })
      expect(run).toMatchObject({ exitCode: 0, outputs: { name: stored, outcome: 'created' } })
      expect(run.log).toContain(`Created TURN key "${stored}" (uid ${run.outputs.uid}`)
      expect(run.summary).toContain(stored)
    })

    for (const ifExists of ['reuse', 'replace', 'fail']) {
      it(`${ifExists}: another's key of the shorter name is not one of this name`, async ({
        emulatorWith,
        expect,
      }) => {
        const emulator = await emulatorWith({ storedName })
        const other = emulator.seedKey({ name: stored })
        const run = await create(emulator, { name, 'if-exists': ifExists })
        expect(run).toMatchObject({ exitCode: 0, outputs: { outcome: 'created', name: stored } })
        expect((await run.post()).annotations).toEqual([])
        expect(uidsOf(emulator)).toEqual([other.uid, run.outputs.uid])
      })
    }

    it('delete-after-job deletes the key by its uid, and no other', async ({ emulatorWith, expect }) => {
      const emulator = await emulatorWith({ storedName })
      const other = emulator.seedKey({ name: stored })
      const run = await create(emulator, { name, 'delete-after-job': 'always' })
      expect((await run.post()).annotations).toEqual([])
      expect(uidsOf(emulator)).toEqual([other.uid])
    })

    it('a lost response deletes nothing, nor names a key of the shorter name', async ({
      emulatorWith,
      expect,
    }) => {
      const emulator = await emulatorWith({ storedName })
      const other = emulator.seedKey({ name: stored })
      emulator.injectFault({ on: 'create', kind: 'response-lost' })
      const run = await create(emulator, { name })
      await run.post()
      expect(operationsOf(emulator)).not.toContain('delete')
      expect(problemsOf(run, 'warning').join()).not.toContain(other.uid)
    })

    it('the delete action selects by the stored name alone', async ({ emulatorWith, expect }) => {
      const emulator = await emulatorWith({ storedName })
      const { outputs } = await create(emulator, { name })
      const given = await runDeleteWithEnvironment(emulator, { ...PLAIN, name })
      expect(given.outputs).toEqual({ deleted: '[]', count: '0' })
      const asStored = await runDeleteWithEnvironment(emulator, { ...PLAIN, name: stored })
      expect(asStored.outputs.deleted).toBe(JSON.stringify([outputs.uid]))
    })
  })
}

describe.concurrent("when Cloudflare cuts a job's own name", () => {
  it('a lost response deletes no key of the shorter name', async ({ emulatorWith, expect }) => {
    const emulator = await emulatorWith({ storedName: cut })
    const other = emulator.seedKey({ name: 'octo/app' })
    emulator.injectFault({ on: 'create', kind: 'response-lost', times: 3 })
    const run = await create(emulator, { 'delete-after-job': 'always' })
    expect(run).toMatchObject({ exitCode: 1, outputs: NOTHING })
    await run.post({ jobStatus: 'failure' })
    expect(operationsOf(emulator)).not.toContain('delete')
    expect(uidsOf(emulator)).toContain(other.uid)
  })

  it("an environment's key is found by its uid", async ({ emulatorWith, expect }) => {
    const emulator = await emulatorWith({ storedName: cut })
    const created = await runCreateWithEnvironment(emulator)
    const reused = await runCreateWithEnvironment(emulator)
    expect(reused.outputs).toMatchObject({ outcome: 'reused', uid: created.outputs.uid, name: 'octo/app' })
    expect(environmentContents(emulator)).toEqual(keyOf(emulator, created))
    const deleted = await runDeleteWithEnvironment(emulator)
    expect(deleted.outputs.deleted).toBe(JSON.stringify([created.outputs.uid]))
  })
})
