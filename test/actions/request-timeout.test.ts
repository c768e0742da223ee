import { describe } from 'vitest'
import { operationsOf } from './accounts.ts'
import { mintFrom } from './mint-step.ts'
import { create, it } from './step.ts'

describe.concurrent('a response', () => {
  it('that takes 15 seconds is awaited', async ({ emulator, expect }) => {
    emulator.injectFault({ on: 'list', kind: 'slow', delay: 15_000 })
    const run = await create(emulator, { 'if-exists': 'reuse' }, emulator.clock.skipping())
    expect(run).toMatchObject({ exitCode: 0, outputs: { outcome: 'created' } })
    expect(operationsOf(emulator)).toEqual(['list', 'create'])
  })

  it('that takes 45 seconds is given up after 30, and the request retried', async ({ emulator, expect }) => {
    emulator.injectFault({ on: 'list', kind: 'slow', delay: 45_000 })
    const run = await create(emulator, { 'if-exists': 'reuse' }, emulator.clock.skipping())
    expect(run).toMatchObject({ exitCode: 0, outputs: { outcome: 'created' } })
    expect(run.log).toContain('no response within 30 seconds')
    expect(operationsOf(emulator)).toEqual(['list', 'list', 'create'])
  })

  it('to credentials too', async ({ emulator, expect }) => {
    const key = emulator.seedKey({ name: 'app' })
    emulator.injectFault({ on: 'mint', kind: 'slow', delay: 45_000 })
    const run = await mintFrom(emulator, key, {}, emulator.clock.skipping())
    expect(run.exitCode).toBe(0)
    expect(operationsOf(emulator)).toEqual(['mint', 'mint'])
  })
})
