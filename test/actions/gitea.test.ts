import { describe } from 'vitest'
import { runCreateWithEnvironment, runDeleteWithEnvironment } from './environment-step.ts'
import { it, problemsOf } from './step.ts'

describe.concurrent('a server without environments', () => {
  for (const variable of ['GITEA_ACTIONS', 'FORGEJO_ACTIONS']) {
    const env = { [variable]: 'true' }
    const inputs = { environment: 'nowhere' }
    const advice = 'Gitea and Forgejo have no environments: leave `environment` out'

    it(`${variable}: the root action sends nobody to its settings`, async ({ emulator, expect }) => {
      const run = await runCreateWithEnvironment(emulator, inputs, { env })
      expect(problemsOf(run)).toEqual([expect.stringContaining(advice)])
      expect(problemsOf(run)[0]).not.toMatch(/settings|permission/)
      expect(emulator.keys()).toEqual([])
    })

    it(`${variable}: delete neither`, async ({ emulator, expect }) => {
      const run = await runDeleteWithEnvironment(emulator, inputs, { env })
      expect(problemsOf(run, 'warning')).toEqual([expect.stringContaining(advice)])
      expect(run).toMatchObject({ exitCode: 0, outputs: { count: '0' } })
    })
  }
})
