import { describe, expect } from 'vitest'
import { TOKENS } from '../emulator/emulator.ts'
import { ago, operationsOf, unknownUid } from './accounts.ts'
import { type Inputs, it, runDelete } from './step.ts'

const A = unknownUid('a')
const B = unknownUid('b')
const C = unknownUid('c')
const DAY = 86_400_000

describe.concurrent('dry-run outputs what exists and would go, and deletes nothing', () => {
  it.for<[Inputs, string[]]>([
    [{ uid: `${A}\n${C}\n${unknownUid('d')}` }, [A, C]],
    [{ name: 'app 1' }, [A]],
    [{ 'name-prefix': 'app' }, [A, B]],
    [{ 'name-prefix': 'app', 'older-than': '2d' }, [B]],
    [{ name: 'nothing' }, []],
  ])('%j', async ([given, expected], { emulator }) => {
    emulator.seedKey({ uid: A, name: 'app 1', created: ago(DAY) })
    emulator.seedKey({ uid: B, name: 'app 2', created: ago(3 * DAY) })
    emulator.seedKey({ uid: C, name: 'other' })
    const inputs = { 'api-token': TOKENS.read, 'dry-run': 'true', ...given }
    const step = await runDelete(emulator, inputs)
    expect(step).toMatchObject({ exitCode: 0, annotations: [] })
    expect(new Set(JSON.parse(step.outputs.deleted ?? ''))).toEqual(new Set(expected))
    expect(step.outputs.count).toBe(String(expected.length))
    for (const uid of expected) expect(step.log).toContain(`Would delete the TURN key ${uid}`)
    expect(step.log).toContain('Dry run: would delete')
    expect(operationsOf(emulator)).toEqual(['list'])
    expect(emulator.keys()).toHaveLength(3)
  })

  it('an empty dry-run, as on a scheduled run without that input, is false', async ({ emulator }) => {
    emulator.seedKey({ name: 'app' })
    await runDelete(emulator, { name: 'app', 'dry-run': '' })
    expect(emulator.keys()).toEqual([])
  })
})
