import { describe, expect } from 'vitest'
import { until } from '../emulator/ask.ts'
import type { Emulator } from '../emulator/emulator.ts'
import type { Fault } from '../emulator/faults.ts'
import { cancelStep, type StepRun } from '../github-runner.ts'
import { NOTHING } from '../nothing.ts'
import { operationsOf } from './accounts.ts'
import { it, startDelete } from './step.ts'

const SIGNALS: readonly NodeJS.Signals[] = ['SIGINT', 'SIGTERM']
const COUNT = 100
/** How many requests are in flight at once. */
const AT_ONCE = 8

async function cancelled(
  emulator: Emulator,
  signal: NodeJS.Signals,
  fault?: Fault,
): Promise<{ step: StepRun; left: string[] }> {
  for (let index = 0; index < COUNT; index++) emulator.seedKey({ name: 'ci' })
  if (fault) emulator.injectFault(fault)
  emulator.injectFault({ on: 'delete', skip: 16, kind: 'slow', delay: 40, times: COUNT })
  const running = startDelete(emulator, { 'name-prefix': 'ci' }, emulator.clock.stopped())
  await until(() => operationsOf(emulator).length === 1 + 16 + AT_ONCE)
  running.kill(signal)
  emulator.clock.pass()
  const step = await running.done
  expect(step).toMatchObject({ exitCode: 1, signal: null })
  expect(operationsOf(emulator)).toHaveLength(1 + 16 + AT_ONCE)
  return { step, left: emulator.keys().map(({ uid }) => uid) }
}

describe.concurrent('a sweep that is cancelled begins nothing new, and tells what it did', () => {
  it.for(SIGNALS)('%s', async (signal, { emulator }) => {
    const { step, left } = await cancelled(emulator, signal)
    expect(step.outputs.count).toBe(String(COUNT - left.length))
    expect(JSON.parse(step.outputs.deleted ?? '')).toHaveLength(COUNT - left.length)
    expect(step.outputs.deleted).not.toMatch(new RegExp(left.join('|')))
    expect(step.log).toContain('The job was cancelled')
    for (const uid of left) expect(step.log).toContain(`TURN key ${uid}: deletion was not attempted.`)
  })

  it('also when a request under way hangs', async ({ emulator }) => {
    const { step, left } = await cancelled(emulator, 'SIGINT', { on: 'delete', skip: 3, kind: 'no-response' })
    expect(step.outputs.count).toBe(String(COUNT - left.length))
    expect(step.log).toContain('The job was cancelled')
    expect(step.log).not.toContain('Check the network')
  })

  it('while it lists for a dry run', async ({ emulator }) => {
    emulator.seedKey({ name: 'ci' })
    emulator.injectFault({ on: 'list', kind: 'slow', delay: 1000 })
    const running = startDelete(emulator, { name: 'ci', 'dry-run': 'true' }, emulator.clock.stopped())
    await until(() => emulator.requests.length === 1)
    const step = await cancelStep(running, emulator.clock)
    expect(step).toMatchObject({ exitCode: 1, signal: null, outputs: NOTHING })
    expect(step.annotations.map(({ message }) => message)).toEqual(['The job was cancelled.'])
  })

  it('while it waits for a rate limit', async ({ emulator }) => {
    const { uid } = emulator.seedKey({ name: 'ci' })
    emulator.injectFault({ on: 'delete', kind: 'error', status: 429, retryAfter: 200 })
    const running = startDelete(emulator, { uid }, emulator.clock.stopped())
    await until(() => emulator.requests.length === 1)
    running.kill('SIGTERM')
    emulator.clock.pass()
    const step = await running.done
    expect(step).toMatchObject({ exitCode: 1, signal: null, outputs: { deleted: '[]', count: '0' } })
    expect(step.annotations[0]?.message).toContain(uid)
    expect(operationsOf(emulator)).toEqual(['delete'])
  })
})
