import { describe, expect } from 'vitest'
import type { Emulator } from '../emulator/emulator.ts'
import { it, runDelete } from './step.ts'

const FOREVER = Number.POSITIVE_INFINITY

/** However fast a sweep is. */
const perSecond = 10_000
const STALE = { 'name-prefix': 'ci' }

/** Seeds so many stale keys. */
function seedStale({ seedKey }: Emulator, count: number): string[] {
  return Array.from({ length: count }, () => seedKey({ name: 'ci' }).uid)
}

function waits(log: string): string[] {
  return log.split('\n').filter(line => /waiting \d+ seconds?\./.test(line))
}

describe.concurrent('many keys', () => {
  it('300 go eight at a time, with a line of progress now and then', async ({ emulatorWith }) => {
    const emulator = await emulatorWith({ perSecond, latency: 10 })
    const uids = seedStale(emulator, 300)
    const step = await runDelete(emulator, STALE, emulator.clock.skipping())
    expect(step).toMatchObject({ exitCode: 0, annotations: [] })
    expect(step.outputs.count).toBe('300')
    expect(new Set(JSON.parse(step.outputs.deleted ?? ''))).toEqual(new Set(uids))
    expect(emulator.keys()).toEqual([])
    expect(emulator.requests).toHaveLength(301)
    expect(emulator.peakConcurrency()).toBe(8)
    expect(step.log.match(/\d+ of 300/g)).toEqual([50, 100, 150, 200, 250, 300].map(n => `${n} of 300`))
    expect(step.log.split('\n').length).toBeLessThan(12)
    for (const uid of uids) expect(step.summary).toContain(uid)
  })

  it('a key whose delete always responds with 500 is named, the other 299 are gone', async ({
    emulatorWith,
  }) => {
    const emulator = await emulatorWith({ perSecond })
    const uids = seedStale(emulator, 300)
    const stuck = uids[100] ?? ''
    emulator.injectFault({ on: 'delete', uid: stuck, kind: 'error', status: 500, times: FOREVER })
    const step = await runDelete(emulator, STALE, emulator.clock.skipping())
    expect(step.exitCode).toBe(1)
    expect(step.annotations).toEqual([{ level: 'error', message: expect.stringContaining(stuck) }])
    expect(step.log).toContain(
      `Could not delete the TURN key ${stuck}: Cloudflare responded with HTTP status 500`,
    )
    expect(emulator.keys().map(({ uid }) => uid)).toEqual([stuck])
    expect(step.outputs.count).toBe('299')
    expect(new Set(JSON.parse(step.outputs.deleted ?? ''))).toEqual(
      new Set(uids.filter(uid => uid !== stuck)),
    )
    expect(emulator.requests.filter(({ params }) => params.uid === stuck)).toHaveLength(3)
  })

  it('few keys have a line each', async ({ emulatorWith }) => {
    const emulator = await emulatorWith({ perSecond })
    const uids = seedStale(emulator, 10)
    const step = await runDelete(emulator, STALE)
    for (const uid of uids) expect(step.log).toContain(`${uid}: deleted`)
  })

  it('an account that is nearly full is warned of', async ({ emulatorWith }) => {
    const emulator = await emulatorWith({ perSecond })
    seedStale(emulator, 900)
    const step = await runDelete(emulator, { ...STALE, 'dry-run': 'true' })
    expect(step.annotations).toEqual([
      { level: 'warning', message: expect.stringContaining('900 of at most 1000 TURN keys') },
    ])
  })
})

describe.concurrent('rate limits', () => {
  it('a 429 for all that are under way is one wait', async ({ emulatorWith }) => {
    const emulator = await emulatorWith({ perSecond, latency: 10 })
    seedStale(emulator, 40)
    const on = { on: 'delete', skip: 16, times: 8 } as const
    emulator.injectFault({ ...on, kind: 'error', status: 429, retryAfter: 4 })
    const step = await runDelete(emulator, STALE, emulator.clock.skipping())
    expect(step).toMatchObject({ exitCode: 0, annotations: [] })
    expect(step.outputs.count).toBe('40')
    expect(emulator.requests).toHaveLength(1 + 40 + 8)
    expect(waits(step.log)).toHaveLength(1)
    expect(step.log).toContain('waiting 4 seconds')
  })

  it('a limit that is reached again and again is waited out', async ({ emulatorWith }) => {
    const emulator = await emulatorWith({ perSecond, quota: { limit: 15, window: 2 } })
    seedStale(emulator, 40)
    const step = await runDelete(emulator, STALE, emulator.clock.skipping())
    expect(step).toMatchObject({ exitCode: 0, annotations: [] })
    expect(emulator.keys()).toEqual([])
    expect(waits(step.log).length).toBeGreaterThan(0)
  })

  it('a wait past 5 minutes fails at once, with outputs and what is left', async ({ emulatorWith }) => {
    const emulator = await emulatorWith({ perSecond, latency: 10 })
    const uids = seedStale(emulator, 60)
    emulator.injectFault({
      on: 'delete',
      skip: 20,
      times: FOREVER,
      kind: 'error',
      status: 429,
      retryAfter: 400,
    })
    const step = await runDelete(emulator, STALE, emulator.clock.skipping())
    expect(step.exitCode).toBe(1)
    expect(step.outputs.count).toBe('20')
    expect(emulator.requests.length).toBeLessThanOrEqual(1 + 20 + 8)
    expect(step.log).toMatch(/Run this again in 400 seconds, after \d{4}-/)
    const left = uids.filter(
      uid => step.log.includes(`TURN key ${uid}: `) && !step.log.includes(`${uid}: deleted`),
    )
    expect(left.toSorted()).toEqual(
      emulator
        .keys()
        .map(({ uid }) => uid)
        .toSorted(),
    )
  })
})
