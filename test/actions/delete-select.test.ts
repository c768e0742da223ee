import { describe, expect, test } from 'vitest'
import { runStep, type StepRun } from '../github-runner.ts'
import { names, operationsOf, startAccount, unknownUid } from './accounts.ts'

function deletedBy({ outputs }: StepRun): string[] {
  expect(outputs.count).toBe(String(JSON.parse(outputs.deleted ?? '[]').length))
  return JSON.parse(outputs.deleted ?? '')
}

describe.concurrent('by uid', () => {
  test('one a line, duplicates once, gone already counts not', async () => {
    const { emulator, account } = await startAccount()
    const [one, two] = ['one', 'two', 'three'].map(name => emulator.seedKey({ name }).uid)
    const uid = `${one}\n\n  ${two}  \n${one}\r\n${unknownUid('9')}\n`
    const step = await runStep('delete', { inputs: { ...account, uid } })
    expect(step).toMatchObject({ exitCode: 0, annotations: [] })
    expect(new Set(deletedBy(step))).toEqual(new Set([one, two]))
    expect(names(emulator)).toEqual(['three'])
    expect(operationsOf(emulator)).toEqual(['delete', 'delete', 'delete'])
  })

  test('twice: the second time there is nothing to do', async () => {
    const { emulator, account } = await startAccount()
    const { uid } = emulator.seedKey({ name: 'app' })
    const inputs = { ...account, uid }
    expect(deletedBy(await runStep('delete', { inputs }))).toEqual([uid])
    const again = await runStep('delete', { inputs })
    expect(again).toMatchObject({ exitCode: 0, annotations: [], outputs: { deleted: '[]', count: '0' } })
    expect(again.log).toContain(`${uid}: already deleted`)
  })
})

describe.concurrent('by name', () => {
  test('exactly, all of that name; then nothing is left to do', async () => {
    const { emulator, account } = await startAccount()
    for (const name of ['app', 'app2', 'App', 'app', 'my app']) emulator.seedKey({ name })
    const inputs = { ...account, name: 'app' }
    expect(deletedBy(await runStep('delete', { inputs }))).toHaveLength(2)
    expect(names(emulator)).toEqual(['app2', 'App', 'my app'])
    const again = await runStep('delete', { inputs })
    expect(again).toMatchObject({ exitCode: 0, annotations: [], outputs: { deleted: '[]', count: '0' } })
    expect(again.summary).toContain('none')
  })

  test('a prefix takes what begins so, also when it looks like a pattern', async () => {
    const { emulator, account } = await startAccount()
    for (const name of ['o/a#1', 'o/a#12', 'xo/a#1', 'o/a', 'O/a#1', 'o/b#1']) emulator.seedKey({ name })
    await runStep('delete', { inputs: { ...account, 'name-prefix': 'o/.*' } })
    expect(emulator.keys()).toHaveLength(6)
    const step = await runStep('delete', { inputs: { ...account, 'name-prefix': 'o/a#' } })
    expect(deletedBy(step)).toHaveLength(2)
    expect(names(emulator)).toEqual(['xo/a#1', 'o/a', 'O/a#1', 'o/b#1'])
  })

  test.each([
    ['pull_request', { pull_request: { number: 7 } }],
    ['issue_comment', { issue: { number: 7, pull_request: {} } }],
  ])('none given on %s: that pull request’s own', async (name, payload) => {
    const { emulator, account } = await startAccount()
    for (const key of ['octo/app#7', 'octo/app#70', 'octo/app@main', 'octo/app#7']) {
      emulator.seedKey({ name: key })
    }
    const step = await runStep('delete', { inputs: account, event: { name, payload } })
    expect(deletedBy(step)).toHaveLength(2)
    expect(names(emulator)).toEqual(['octo/app#70', 'octo/app@main'])
  })
})
