import { describe, expect, test } from 'vitest'
import { until } from '../emulator/ask.ts'
import type { Fault } from '../emulator/faults.ts'
import { cancelStep, type StepRun, startStep } from '../github-runner.ts'
import { NOTHING } from '../nothing.ts'
import { fast, operationsOf, startAccount } from './accounts.ts'

const SIGNALS: readonly NodeJS.Signals[] = ['SIGINT', 'SIGTERM']
const COUNT = 100

async function cancelled(signal: NodeJS.Signals, fault?: Fault): Promise<{ step: StepRun; left: string[] }> {
  const { emulator, account } = await startAccount({ latency: 40 })
  for (let index = 0; index < COUNT; index++) emulator.seedKey({ name: 'ci' })
  if (fault) emulator.injectFault(fault)
  const running = startStep('delete', { inputs: { ...account, 'name-prefix': 'ci' }, ...fast(10) })
  await until(() => COUNT - emulator.keys().length >= 16)
  running.kill(signal)
  const step = await running.done
  expect(step).toMatchObject({ exitCode: 1, signal: null })
  expect(operationsOf(emulator).length).toBeLessThan(1 + 60)
  return { step, left: emulator.keys().map(({ uid }) => uid) }
}

describe.concurrent('a sweep that is cancelled begins nothing new, and tells what it did', () => {
  test.each(SIGNALS)('%s', async signal => {
    const { step, left } = await cancelled(signal)
    expect(step.outputs.count).toBe(String(COUNT - left.length))
    expect(JSON.parse(step.outputs.deleted ?? '')).toHaveLength(COUNT - left.length)
    expect(step.outputs.deleted).not.toMatch(new RegExp(left.join('|')))
    expect(step.log).toContain('The job was cancelled')
    for (const uid of left) expect(step.log).toContain(`TURN key ${uid}: deletion was not attempted.`)
  })

  test('also when a request under way hangs', async () => {
    const { step, left } = await cancelled('SIGINT', { on: 'delete', skip: 3, kind: 'no-response' })
    expect(step.outputs.count).toBe(String(COUNT - left.length))
    expect(step.log).toContain('The job was cancelled')
    expect(step.log).not.toContain('Check the network')
  })

  test('while it lists for a dry run', async () => {
    const { emulator, account } = await startAccount()
    emulator.seedKey({ name: 'ci' })
    emulator.injectFault({ on: 'list', kind: 'slow', delay: 1000 })
    const running = startStep('delete', { inputs: { ...account, name: 'ci', 'dry-run': 'true' } })
    await until(() => emulator.requests.length === 1)
    const step = await cancelStep(running)
    expect(step).toMatchObject({ exitCode: 1, signal: null, outputs: NOTHING })
    expect(step.annotations.map(({ message }) => message)).toEqual(['The job was cancelled.'])
  })

  test('while it waits for a rate limit', async () => {
    const { emulator, account } = await startAccount()
    const { uid } = emulator.seedKey({ name: 'ci' })
    emulator.injectFault({ on: 'delete', kind: 'error', status: 429, retryAfter: 200 })
    const running = startStep('delete', { inputs: { ...account, uid } })
    await until(() => emulator.requests.length === 1)
    running.kill('SIGTERM')
    const step = await running.done
    expect(step).toMatchObject({ exitCode: 1, signal: null, outputs: { deleted: '[]', count: '0' } })
    expect(step.annotations[0]?.message).toContain(uid)
    expect(operationsOf(emulator)).toEqual(['delete'])
  })
})
