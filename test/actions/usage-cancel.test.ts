import { describe } from 'vitest'
import { until } from '../emulator/ask.ts'
import { cancelStep } from '../github-runner.ts'
import { NOTHING } from '../nothing.ts'
import { it } from './step.ts'
import { startUsage } from './usage-step.ts'

describe.concurrent('a cancelled step', () => {
  it.for(['slow', 'no-response'] as const)(
    'whose query is %s outputs nothing, and asks nothing more',
    async (kind, { emulator, expect }) => {
      emulator.injectFault({ on: 'graphql', kind, delay: 1000 })
      const running = startUsage(emulator, { 'fail-at': '500MB' }, emulator.clock.stopped())
      await until(() => emulator.requests.some(({ operation }) => operation === 'graphql'))
      const run = await cancelStep(running, emulator.clock)
      expect(run).toMatchObject({ exitCode: 1, signal: null, outputs: NOTHING, summary: '' })
      expect(run.log).toMatch(/the job was cancelled/i)
      expect(emulator.requests.filter(({ operation }) => operation === 'graphql')).toHaveLength(1)
    },
  )
})
