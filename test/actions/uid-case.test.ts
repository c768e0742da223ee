import { describe } from 'vitest'
import type { Emulator } from '../emulator/emulator.ts'
import { operationsOf } from './accounts.ts'
import {
  environmentContents,
  PLACES,
  readsOf,
  runCreateWithEnvironment,
  runDeleteWithEnvironment,
  SECRET,
  stepsOf,
  UID,
} from './environment-step.ts'
import { mintFrom } from './mint-step.ts'
import { create, it, runDelete } from './step.ts'

/** As Cloudflare lists it in these tests. */
const UPPER = 'ABCDEF0123456789ABCDEF0123456789'
/** As a workflow or a variable may have it. */
const FORMS = [UPPER, UPPER.toLowerCase()]

/** Seeds the key, and its pair, whose variable holds `uid`. */
function seedStored(emulator: Emulator, { at, name }: (typeof PLACES)[number], uid: string): void {
  const created = '2026-01-01T00:00:00Z'
  const { secret } = emulator.seedKey({ uid: UPPER, name, created })
  emulator.github.setSecret(at, SECRET, secret, created)
  emulator.github.setVariable(at, UID, uid, created)
}

describe.concurrent('a key whose uid Cloudflare lists in upper case', () => {
  it('is reused', async ({ emulator, expect }) => {
    emulator.seedKey({ uid: UPPER, name: 'n' })
    const run = await create(emulator, { name: 'n', 'if-exists': 'reuse' })
    expect(run).toMatchObject({ exitCode: 0, annotations: [], outputs: { outcome: 'reused', key: '' } })
    expect(run.outputs.uid?.toUpperCase()).toBe(UPPER)
    expect(operationsOf(emulator)).toEqual(['list'])
  })

  it('is replaced, and deleted by post', async ({ emulator, expect }) => {
    emulator.seedKey({ uid: UPPER, name: 'n' })
    const run = await create(emulator, { name: 'n', 'if-exists': 'replace' })
    expect(run.outputs.outcome).toBe('replaced')
    expect(await run.post()).toMatchObject({ exitCode: 0, annotations: [] })
    expect(emulator.keys()).toMatchObject([{ uid: run.outputs.uid }])
  })

  for (const uid of FORMS) {
    for (const dryRun of ['false', 'true']) {
      it(`is deleted by its uid: ${uid}, dry-run ${dryRun}`, async ({ emulator, expect }) => {
        emulator.seedKey({ uid: UPPER, name: 'n' })
        const run = await runDelete(emulator, { uid, 'dry-run': dryRun })
        expect(run).toMatchObject({ exitCode: 0, annotations: [], outputs: { count: '1' } })
        expect(JSON.parse(run.outputs.deleted?.toUpperCase() ?? '')).toEqual([UPPER])
        expect(emulator.keys()).toHaveLength(dryRun === 'true' ? 1 : 0)
      })
    }

    it(`mints, and post revokes: ${uid}`, async ({ emulator, expect }) => {
      const { secret } = emulator.seedKey({ uid: UPPER, name: 'n' })
      const run = await mintFrom(emulator, { uid, secret }, { 'revoke-after-job': 'true' })
      expect(run).toMatchObject({ exitCode: 0, annotations: [] })
      expect(await run.post()).toMatchObject({ exitCode: 0, annotations: [] })
      expect(emulator.credentials()).toMatchObject([{ revoked: true }])
    })
  }

  it('is deleted once, when it is given in both cases', async ({ emulator, expect }) => {
    emulator.seedKey({ uid: UPPER, name: 'n' })
    const run = await runDelete(emulator, { uid: FORMS.join('\n') })
    expect(run).toMatchObject({ exitCode: 0, annotations: [], outputs: { count: '1' } })
    expect(operationsOf(emulator)).toEqual(['delete'])
  })
})

describe.concurrent.each(PLACES)('in $where, a key whose uid Cloudflare lists in upper case', place => {
  for (const uid of [...FORMS, ` ${UPPER}\n`]) {
    const written = JSON.stringify(uid)
    it(`is reused: ${written}`, async ({ emulator, expect }) => {
      seedStored(emulator, place, uid)
      const run = await runCreateWithEnvironment(emulator, place.place)
      expect(run).toMatchObject({ exitCode: 0, annotations: [], outputs: { outcome: 'reused' } })
      expect(run.outputs.uid?.toUpperCase()).toBe(UPPER)
      expect(stepsOf(emulator)).toEqual(readsOf(place.at))
      expect(environmentContents(emulator, place.at).uid).toBe(uid)
    })

    it(`is replaced, and deleted by post: ${written}`, async ({ emulator, expect }) => {
      seedStored(emulator, place, uid)
      const run = await runCreateWithEnvironment(emulator, { ...place.place, 'if-exists': 'replace' })
      expect(run).toMatchObject({ exitCode: 0, outputs: { outcome: 'replaced' } })
      expect(await run.post()).toMatchObject({ exitCode: 0, annotations: [] })
      expect(emulator.keys()).toMatchObject([{ uid: run.outputs.uid }])
    })

    it(`is deleted with its pair: ${written}`, async ({ emulator, expect }) => {
      seedStored(emulator, place, uid)
      const run = await runDeleteWithEnvironment(emulator, place.selector)
      expect(run).toMatchObject({ exitCode: 0, annotations: [], outputs: { count: '1' } })
      expect(emulator.keys()).toEqual([])
      expect(environmentContents(emulator, place.at)).toEqual({ uid: undefined, secret: undefined })
    })
  }
})
