import { describe, expect } from 'vitest'
import { until } from '../emulator/ask.ts'
import type { Emulator } from '../emulator/emulator.ts'
import type { Fault } from '../emulator/faults.ts'
import { cancelStep, type StepRun } from '../github-runner.ts'
import { NOTHING } from '../nothing.ts'
import { fast, operationsOf } from './accounts.ts'
import { it, startDelete } from './step.ts'

const SIGNALS: readonly NodeJS.Signals[] = ['SIGINT', 'SIGTERM']
const COUNT = 100

async function cancelled(
  emulator: Emulator,
  signal: NodeJS.Signals,
  fault?: Fault,
): Promise<{ step: StepRun; left: string[] }> {
  for (let index = 0; index < COUNT; index++) emulator.seedKey({ name: 'ci' })
  if (fault) emulator.injectFault(fault)
  const running = startDelete(emulator, { 'name-prefix': 'ci' }, fast(10))
  await until(() => COUNT - emulator.keys().length >= 16)
  running.kill(signal)
  const step = await running.done
  expect(step).toMatchObject({ exitCode: 1, signal: null })
  expect(operationsOf(emulator).length).toBeLessThan(1 + 60)
  return { step, left: emulator.keys().map(({ uid }) => uid) }
}

describe.concurrent('a sweep that is cancelled begins nothing new, and tells what it did', () => {
  it.for(SIGNALS)('%s', async (signal, { emulatorWith }) => {
    const { step, left } = await cancelled(await emulatorWith({ latency: 40 }), signal)
    expect(step.outputs.count).toBe(String(COUNT - left.length))
    expect(JSON.parse(step.outputs.deleted ?? '')).toHaveLength(COUNT - left.length)
    expect(step.outputs.deleted).not.toMatch(new RegExp(left.join('|')))
    expect(step.log).toContain('The job was cancelled')
    for (const uid of left) expect(step.log).toContain(`TURN key ${uid}: deletion was not attempted.`)
  })

  it('also when a request under way hangs', async ({ emulatorWith }) => {
    const emulator = await emulatorWith({ latency: 40 })
    const { step, left } = await cancelled(emulator, 'SIGINT', { on: 'delete', skip: 3, kind: 'no-response' })
    expect(step.outputs.count).toBe(String(COUNT - left.length))
    expect(step.log).toContain('The job was cancelled')
    expect(step.log).not.toContain('Check the network')
  })

  it('while it lists for a dry run', async ({ emulator }) => {
    emulator.seedKey({ name: 'ci' })
    emulator.injectFault({ on: 'list', kind: 'slow', delay: 1000 })
    const running = startDelete(emulator, { name: 'ci', 'dry-run': 'true' })
    await until(() => emulator.requests.length === 1)
    const step = await cancelStep(running)
    expect(step).toMatchObject({ exitCode: 1, signal: null, outputs: NOTHING })
    expect(step.annotations.map(({ message }) => message)).toEqual(['The job was cancelled.'])
  })

  it('while it waits for a rate limit', async ({ emulator }) => {
    const { uid } = emulator.seedKey({ name: 'ci' })
    emulator.injectFault({ on: 'delete', kind: 'error', status: 429, retryAfter: 200 })
    const running = startDelete(emulator, { uid })
    await until(() => emulator.requests.length === 1)
    running.kill('SIGTERM')
    const step = await running.done
    expect(step).toMatchObject({ exitCode: 1, signal: null, outputs: { deleted: '[]', count: '0' } })
    expect(step.annotations[0]?.message).toContain(uid)
    expect(operationsOf(emulator)).toEqual(['delete'])
  })
})
