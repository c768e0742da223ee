import { describe } from 'vitest'
import { cancelStep } from '../github-runner.ts'
import { NOTHING } from '../nothing.ts'
import { operationsOf } from './accounts.ts'
import { arrival, startCredentials, startMinting } from './mint-step.ts'
import { it, problemsOf } from './step.ts'

const CANCELLED = ['The job was cancelled.']

describe.concurrent('a job that is cancelled while its new key is minted from', () => {
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    it(`deletes the key once the response is there: ${signal}`, async ({ emulator, expect }) => {
      emulator.injectFault({ on: 'mint', kind: 'slow', delay: 600 })
      const step = startMinting(emulator, {}, emulator.clock.stopped())
      await arrival(emulator, 'mint')
      step.kill(signal)
      emulator.clock.pass()
      const run = await step.done
      expect(run).toMatchObject({
        exitCode: 1,
        outputs: NOTHING,
        unmasked: [],
        state: { create: expect.stringContaining('"phase":"rolled-back"') },
      })
      expect(problemsOf(run)).toEqual(CANCELLED)
      expect(operationsOf(emulator)).toEqual(['create', 'mint', 'delete'])
      expect(emulator.credentials()).toMatchObject([{ revoked: true }])
    })
  }

  it('deletes the key when no response comes', async ({ emulator, expect }) => {
    emulator.injectFault({ on: 'mint', kind: 'no-response', effect: true })
    const step = startMinting(emulator, {}, emulator.clock.stopped())
    await arrival(emulator, 'mint')
    const run = await cancelStep(step, emulator.clock)
    expect(run).toMatchObject({
      exitCode: 1,
      outputs: NOTHING,
      state: { create: expect.stringContaining('"phase":"rolled-back"') },
    })
    expect(problemsOf(run)).toEqual([expect.stringContaining('the job was cancelled before a response came')])
    expect(operationsOf(emulator)).toEqual(['create', 'mint', 'delete'])
  })

  it('does not go on asking for a key that is unknown yet', async ({ emulatorWith, expect }) => {
    const emulator = await emulatorWith({ mintDelay: 60_000 })
    const step = startMinting(emulator, {}, emulator.clock.stopped())
    await arrival(emulator, 'mint')
    const run = await cancelStep(step, emulator.clock)
    expect(run).toMatchObject({
      exitCode: 1,
      outputs: NOTHING,
      state: { create: expect.stringContaining('"phase":"rolled-back"') },
    })
    expect(problemsOf(run)).toEqual(CANCELLED)
    expect(operationsOf(emulator)).toEqual(['create', 'mint', 'delete'])
  })

  it('leaves the key to the post step when deleting it takes too long', async ({ emulator, expect }) => {
    emulator.injectFault({ on: 'mint', kind: 'slow', delay: 500 })
    emulator.injectFault({ on: 'delete', kind: 'no-response' })
    const step = startMinting(emulator, {}, emulator.clock.stopped())
    await arrival(emulator, 'mint')
    const run = await cancelStep(step, emulator.clock)
    const uid = emulator.keys()[0]?.uid ?? 'none'
    expect(run).toMatchObject({
      exitCode: 1,
      outputs: NOTHING,
      state: { create: expect.stringMatching(`"phase":"created",.*"uid":"${uid}"`) },
    })
    expect(problemsOf(run)).toEqual([expect.stringContaining(uid)])
    expect(await run.post({ jobStatus: 'cancelled' })).toMatchObject({ exitCode: 0, annotations: [] })
    expect(emulator.keys()).toEqual([])
  })
})

describe.concurrent('a job that is cancelled while the credentials action mints', () => {
  it('revokes what it minted', async ({ emulator, expect }) => {
    emulator.injectFault({ on: 'mint', kind: 'slow', delay: 600 })
    const step = startCredentials(emulator, emulator.seedKey({ name: 'n' }), {}, emulator.clock.stopped())
    await arrival(emulator, 'mint')
    const run = await cancelStep(step, emulator.clock)
    expect(run).toMatchObject({ exitCode: 1, outputs: NOTHING, unmasked: [] })
    expect(problemsOf(run)).toEqual(CANCELLED)
    expect(operationsOf(emulator)).toEqual(['mint', 'revoke'])
    expect(emulator.credentials()).toMatchObject([{ revoked: true }])
    const post = await run.post({ jobStatus: 'cancelled' })
    expect(post).toMatchObject({ exitCode: 0, annotations: [] })
    expect(post.log).toMatch(/ can no longer be revoked\.$/)
  })

  it('leaves it to the post step when there is no time', async ({ emulator, expect }) => {
    emulator.injectFault({ on: 'mint', kind: 'slow', delay: 600 })
    emulator.injectFault({ on: 'revoke', kind: 'no-response' })
    const step = startCredentials(emulator, emulator.seedKey({ name: 'n' }), {}, emulator.clock.stopped())
    await arrival(emulator, 'mint')
    step.kill('SIGTERM')
    emulator.clock.pass()
    const run = await step.done
    expect(run).toMatchObject({ exitCode: 1, outputs: NOTHING, unmasked: [] })
    expect(problemsOf(run)).toEqual([
      ...CANCELLED,
      expect.stringMatching(/may not be revoked yet, so the post step retries: Could not revoke/),
    ])
    expect(emulator.credentials()).toMatchObject([{ revoked: false }])
    const post = await run.post({ jobStatus: 'cancelled' })
    expect(post).toMatchObject({ exitCode: 0, annotations: [] })
    expect(emulator.credentials()).toMatchObject([{ revoked: true }])
  })

  it('mints nothing any more when the key was unknown so far', async ({ emulator, expect }) => {
    emulator.injectFault({ on: 'mint', kind: 'error', status: 404, times: Number.POSITIVE_INFINITY })
    const step = startCredentials(emulator, emulator.seedKey({ name: 'n' }), {}, emulator.clock.stopped())
    await arrival(emulator, 'mint')
    const run = await cancelStep(step, emulator.clock)
    expect(run).toMatchObject({ exitCode: 1, outputs: NOTHING, state: NOTHING })
    expect(problemsOf(run)).toEqual(CANCELLED)
    expect((await run.post({ jobStatus: 'cancelled' })).log).toBe('This step left nothing to clean up.')
    expect(operationsOf(emulator)).toEqual(['mint'])
  })
})
