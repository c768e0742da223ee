import { describe } from 'vitest'
import type { Emulator } from '../emulator/emulator.ts'
import { it } from './step.ts'
import { clockAt, GB, machineClockAt, runUsage } from './usage-step.ts'

const KEY = 'a'.repeat(32)

/** One byte on one side of a moment, and a GB on the other. */
function seedAround(emulator: Emulator, before: string, after: string): void {
  emulator.seedUsage({ keyId: KEY, datetime: before, egressBytes: GB })
  emulator.seedUsage({ keyId: KEY, datetime: after, egressBytes: 1 })
}

/** The variables of the last query that was answered. */
function periodOf({ requests }: Emulator): { from: string; to: string } {
  return JSON.parse(requests.findLast(({ operation }) => operation === 'graphql')?.body ?? '{}').variables
}

describe.concurrent('since: month', () => {
  it('begins with the month in UTC', async ({ emulatorWith, expect }) => {
    const emulator = await emulatorWith(clockAt('2026-11-20T12:00:00Z'))
    seedAround(emulator, '2026-10-31T23:59:59Z', '2026-11-01T00:00:00Z')
    const { outputs } = await runUsage(emulator)
    expect(outputs['egress-bytes']).toBe('1')
    expect(periodOf(emulator).from).toBe('2026-11-01T00:00:00Z')
  })

  it('is the month of Cloudflare’s clock, a moment after it began', async ({ emulatorWith, expect }) => {
    const emulator = await emulatorWith(clockAt('2026-11-01T00:00:20Z'))
    seedAround(emulator, '2026-10-31T23:59:59Z', '2026-11-01T00:00:00Z')
    const run = await runUsage(emulator)
    expect(run.outputs['egress-bytes']).toBe('1')
    expect(run.log).toContain('from 2026-11-01T00:00:00Z to 2026-11-01T00:00:')
  })

  it('is the old month until it ends by Cloudflare’s clock, though this machine’s is past that', async ({
    emulatorWith,
    expect,
  }) => {
    const emulator = await emulatorWith(clockAt('2026-11-30T23:58:00Z'))
    seedAround(emulator, '2026-10-31T23:59:59Z', '2026-11-01T00:00:00Z')
    const run = await runUsage(emulator, {}, machineClockAt('2026-12-01T00:00:30Z'))
    expect(run.outputs['egress-bytes']).toBe('1')
    expect(periodOf(emulator)).toMatchObject({
      from: '2026-11-01T00:00:00Z',
      to: expect.stringContaining('2026-11-30T23:5'),
    })
  })

  it.for([
    [0, 1],
    [-20 * 60_000, 2],
    [-90 * 86_400_000, 2],
  ])(
    'Cloudflare’s clock %i ms off: the number of queries is %i',
    async ([offset = 0, count], { emulatorWith, expect }) => {
      const emulator = await emulatorWith({ cloudflareClockOffset: offset })
      await runUsage(emulator)
      expect(emulator.requests.filter(({ operation }) => operation === 'graphql')).toHaveLength(count ?? 0)
    },
  )

  it('has 31 days in its chart at most, each once', async ({ emulatorWith, expect }) => {
    const emulator = await emulatorWith(clockAt('2026-12-31T23:59:00Z'))
    emulator.seedUsage({ keyId: KEY, datetime: '2026-12-31T23:00:00Z', egressBytes: 2 * GB })
    const { summary } = await runUsage(emulator)
    const [, days = ''] = /x-axis \[(.*)\]/.exec(summary) ?? []
    expect(new Set(days.split(', '))).toHaveProperty('size', 31)
    expect(days).toMatch(/^"Dec 1", .*, "Dec 31"$/)
    expect(summary).toMatch(/bar \[(0, ){30}2\]/)
  })
})

describe.concurrent('since an age', () => {
  it.for([
    ['90m', 90 * 60_000],
    ['24h', 86_400_000],
    ['31d', 31 * 86_400_000],
  ] as const)('%s counts from so long ago', async ([since, age], { emulatorWith, expect }) => {
    const emulator = await emulatorWith(clockAt('2026-11-20T12:00:30Z'))
    const start = Date.parse('2026-11-20T12:00:30Z') - age
    seedAround(emulator, new Date(start - 60_000).toISOString(), new Date(start + 60_000).toISOString())
    const { outputs } = await runUsage(emulator, { since })
    const { from, to } = periodOf(emulator)
    expect([outputs['egress-bytes'], Date.parse(to) - Date.parse(from)]).toEqual(['1', age])
  })
})
