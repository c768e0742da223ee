import { describe } from 'vitest'
import { until } from '../emulator/ask.ts'
import type { Emulator } from '../emulator/emulator.ts'
import { NOTHING } from '../nothing.ts'
import { operationsOf } from './accounts.ts'
import { create, it, problemsOf, startCreate } from './step.ts'

const portOf = ({ origin }: Emulator): number => Number(new URL(origin).port)
const LIMITED = { on: 'create', kind: 'error', status: 429 } as const

describe.concurrent('a rate limit', () => {
  it('is waited for as long as Retry-After says, which the log tells', async ({ emulator, expect }) => {
    emulator.injectFault({ ...LIMITED, retryAfter: 7 })
    const run = await create(emulator, {}, emulator.clock.skipping())
    expect(run).toMatchObject({ exitCode: 0, annotations: [] })
    expect(run.log).toContain('Rate limited by Cloudflare: waiting 7 seconds.')
    expect(operationsOf(emulator)).toEqual(['create', 'create'])
    expect(emulator.keys()).toHaveLength(1)
  })

  it('is known by its code too, and waited for without Retry-After', async ({ emulator, expect }) => {
    const errors = [{ code: 971, message: 'please consider throttling' }]
    emulator.injectFault({ on: 'create', kind: 'error', status: 400, errors })
    emulator.injectFault({ ...LIMITED, retryAfter: 'soon' })
    const run = await create(emulator, {}, emulator.clock.skipping())
    expect(run.exitCode).toBe(0)
    expect(run.log.match(/waiting [24] seconds/g)).toEqual(['waiting 2 seconds', 'waiting 4 seconds'])
  })

  it('of more fails at once and says when to come back', async ({ emulator, expect }) => {
    const errors = [{ code: 971, message: 'please consider throttling' }]
    emulator.injectFault({ ...LIMITED, errors, retryAfter: 301 })
    const run = await create(emulator)
    const [problem, ...others] = problemsOf(run)
    expect(others).toEqual([])
    expect(problem).toContain('HTTP status 429: 971 please consider throttling.')
    expect(problem).toMatch(/Run this again in 301 seconds, after 20\d\d-\d\d-\d\dT[\d:.]+Z\. \(cf-ray: /)
    expect(operationsOf(emulator)).toEqual(['create'])
    expect((await run.post({ jobStatus: 'failure' })).annotations).toEqual([])
  })

  it('is waited for 5 minutes in all, waits added up', async ({ emulator, expect }) => {
    emulator.injectFault({ on: 'list', kind: 'error', status: 429, retryAfter: 20 })
    emulator.injectFault({ ...LIMITED, retryAfter: 281 })
    const run = await create(emulator, { 'if-exists': 'fail' }, emulator.clock.skipping())
    expect(problemsOf(run)).toEqual([expect.stringContaining('Run this again in 281 seconds')])
    expect(operationsOf(emulator)).toEqual(['list', 'list', 'create'])
    expect(emulator.keys()).toEqual([])
  })

  it('is named when it comes after a lost response', async ({ emulator, expect }) => {
    emulator.injectFault({ on: 'list', kind: 'html' })
    emulator.injectFault({ on: 'list', kind: 'error', status: 429, retryAfter: 400 })
    const run = await create(emulator, { 'if-exists': 'fail' }, emulator.clock.skipping())
    expect(problemsOf(run)).toEqual([expect.stringContaining('Run this again in 400 seconds')])
    expect(operationsOf(emulator)).toEqual(['list', 'list'])
  })

  it('that the headers announce is not run into', async ({ emulatorWith, expect }) => {
    const emulator = await emulatorWith({ quota: { limit: 1, window: 1 } })
    const run = await create(emulator, { 'if-exists': 'fail' })
    expect(run.exitCode).toBe(0)
    expect(run.log).toContain('Rate limited by Cloudflare: waiting 1 second.')
    expect(emulator.requests.map(({ status }) => status)).toEqual([200, 201])
  })
})

describe.concurrent('no connection', () => {
  it('fails the step after about 15 seconds, with nothing left to do', async ({ emulator, expect }) => {
    const run = await create(
      { apiUrl: 'http://127.0.0.9:9/client/v4' },
      { name: 'n' },
      emulator.clock.skipping(),
    )
    expect(run.log.match(/Retrying for 15 seconds/g)).toHaveLength(1)
    const [problem, ...others] = problemsOf(run)
    expect(others).toEqual([])
    expect(problem).toMatch(
      /^Could not create the TURN key "n": no connection to 127\.0\.0\.9:9 \(.*ECONNREFUSED/,
    )
    expect(problem).toContain('Check the network of this runner')
    expect(run).toMatchObject({
      exitCode: 1,
      outputs: NOTHING,
      state: { create: expect.stringContaining('"phase":"rolled-back"') },
    })
    expect((await run.post({ jobStatus: 'failure' })).annotations).toEqual([])
  })

  it('is retried for as long after a rate limit', async ({ emulatorWith, expect }) => {
    const closed = await emulatorWith({})
    const { clock, requests } = closed
    closed.injectFault({ ...LIMITED, retryAfter: 20 })
    const step = startCreate(closed, {}, clock.stopped())
    await until(() => requests[0]?.status === 429)
    await closed.close()
    // 14 of the 15 seconds that follow the wait for the rate limit.
    await clock.reach(clock.now() + 34_000)
    const emulator = await emulatorWith({ port: portOf(closed) })
    clock.pass()
    const run = await step.done
    expect(run).toMatchObject({ exitCode: 0, annotations: [] })
    expect(run.log).toContain('Retrying for 15 seconds')
    expect(operationsOf(emulator)).toEqual(['create'])
  })

  it('is retried until there is one', async ({ emulatorWith, expect }) => {
    const closed = await emulatorWith({})
    await closed.close()
    const { clock } = closed
    const step = startCreate(closed, {}, clock.stopped())
    await clock.reach(clock.now() + 14_000)
    const emulator = await emulatorWith({ port: portOf(closed) })
    clock.pass()
    const run = await step.done
    expect(run).toMatchObject({ exitCode: 0, annotations: [] })
    expect(run.log).toContain('Retrying for 15 seconds')
    expect(operationsOf(emulator)).toEqual(['create'])
  })
})
