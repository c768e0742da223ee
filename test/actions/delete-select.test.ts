import { describe, expect } from 'vitest'
import type { StepRun } from '../github-runner.ts'
import { names, operationsOf, unknownUid } from './accounts.ts'
import { it, runDelete } from './step.ts'

function deletedBy({ outputs }: StepRun): string[] {
  expect(outputs.count).toBe(String(JSON.parse(outputs.deleted ?? '[]').length))
  return JSON.parse(outputs.deleted ?? '')
}

describe.concurrent('by uid', () => {
  it('one a line, duplicates once, gone already counts not', async ({ emulator }) => {
    const [one, two] = ['one', 'two', 'three'].map(name => emulator.seedKey({ name }).uid)
    const uid = `${one}\n\n  ${two}  \n${one}\r\n${unknownUid('9')}\n`
    const step = await runDelete(emulator, { uid })
    expect(step).toMatchObject({ exitCode: 0, annotations: [] })
    expect(new Set(deletedBy(step))).toEqual(new Set([one, two]))
    expect(names(emulator)).toEqual(['three'])
    expect(operationsOf(emulator)).toEqual(['delete', 'delete', 'delete'])
  })

  it('twice: the second time there is nothing to do', async ({ emulator }) => {
    const { uid } = emulator.seedKey({ name: 'app' })
    const inputs = { uid }
    expect(deletedBy(await runDelete(emulator, inputs))).toEqual([uid])
    const again = await runDelete(emulator, inputs)
    expect(again).toMatchObject({ exitCode: 0, annotations: [], outputs: { deleted: '[]', count: '0' } })
    expect(again.log).toContain(`${uid}: already deleted`)
  })
})

describe.concurrent('by name', () => {
  it('exactly, all of that name; then nothing is left to do', async ({ emulator }) => {
    for (const name of ['app', 'app2', 'App', 'app', 'my app']) emulator.seedKey({ name })
    const inputs = { name: 'app' }
    expect(deletedBy(await runDelete(emulator, inputs))).toHaveLength(2)
    expect(names(emulator)).toEqual(['app2', 'App', 'my app'])
    const again = await runDelete(emulator, inputs)
    expect(again).toMatchObject({ exitCode: 0, annotations: [], outputs: { deleted: '[]', count: '0' } })
    expect(again.summary).toContain('none')
  })

  it('a prefix takes what begins so, also when it looks like a pattern', async ({ emulator }) => {
    for (const name of ['o/a#1', 'o/a#12', 'xo/a#1', 'o/a', 'O/a#1', 'o/b#1']) emulator.seedKey({ name })
    await runDelete(emulator, { 'name-prefix': 'o/.*' })
    expect(emulator.keys()).toHaveLength(6)
    const step = await runDelete(emulator, { 'name-prefix': 'o/a#' })
    expect(deletedBy(step)).toHaveLength(2)
    expect(names(emulator)).toEqual(['xo/a#1', 'o/a', 'O/a#1', 'o/b#1'])
  })

  it.for<[string, unknown]>([
    ['pull_request', { pull_request: { number: 7 } }],
    ['issue_comment', { issue: { number: 7, pull_request: {} } }],
  ])('none given on %s: that pull request’s own', async ([name, payload], { emulator }) => {
    for (const key of ['octo/app#7', 'octo/app#70', 'octo/app@main', 'octo/app#7']) {
      emulator.seedKey({ name: key })
    }
    const step = await runDelete(emulator, {}, { event: { name, payload } })
    expect(deletedBy(step)).toHaveLength(2)
    expect(names(emulator)).toEqual(['octo/app#70', 'octo/app@main'])
  })
})
