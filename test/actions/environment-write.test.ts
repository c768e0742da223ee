import { describe } from 'vitest'
import { until } from '../emulator/ask.ts'
import { cancelStep } from '../github-runner.ts'
import { NOTHING } from '../nothing.ts'
import {
  environmentContents,
  keyOf,
  PLACES,
  runCreateWithEnvironment,
  startCreateWithEnvironment,
  writesOf,
} from './environment-step.ts'
import { it, problemsOf } from './step.ts'

describe.concurrent.each(PLACES)('a write to $where', ({ place, at }) => {
  it.skipIf(process.platform === 'win32')(
    'of the uid under way when the job is cancelled: the step fails, the key is kept',
    async ({ emulator, expect }) => {
      emulator.injectFault({ on: 'gh-variable-post', kind: 'slow', delay: 1000 })
      const step = startCreateWithEnvironment(emulator, place, emulator.clock.stopped())
      await until(() => writesOf(emulator).includes('gh-variable-post'))
      const run = await cancelStep(step, emulator.clock)
      const [key] = emulator.keys()
      expect(run).toMatchObject({ exitCode: 1, outputs: NOTHING })
      expect(problemsOf(run)).toEqual([
        expect.stringContaining(`The job was cancelled. The TURN key ${key?.uid} is kept`),
      ])
      expect(environmentContents(emulator, at)).toEqual({ uid: key?.uid, secret: key?.secret })
      expect((await run.post({ jobStatus: 'cancelled' })).exitCode).toBe(0)
      expect(emulator.keys()).toHaveLength(1)
    },
  )

  it('that has a response without a body counts, whatever the status', async ({ emulator, expect }) => {
    emulator.injectFault({ on: 'gh-secret-put', kind: 'text', status: 205, body: '' })
    const run = await runCreateWithEnvironment(emulator, place)
    expect(run).toMatchObject({ exitCode: 0, annotations: [] })
    expect(environmentContents(emulator, at)).toEqual(keyOf(emulator, run))
  })
})
