import { describe } from 'vitest'
import { runCreateWithEnvironment, runDeleteWithEnvironment, seedPair, UID } from './environment-step.ts'
import { it, problemsOf } from './step.ts'
import { createInWorker } from './worker-step.ts'

const PUBLISHED = 'VITE_TURN'

describe.concurrent('a name under which bundlers publish the secret', () => {
  it('is refused for a Worker too, before any request', async ({ emulator, expect }) => {
    emulator.setWorker('app')
    const run = await createInWorker(emulator, 'worker', { 'key-secret': PUBLISHED })
    expect(problemsOf(run)).toEqual([expect.stringMatching(/^`key-secret` must not begin with VITE_: /)])
    expect(emulator.requests).toEqual([])
  })

  it('is no matter where nothing is stored', async ({ emulator, expect }) => {
    const inputs = { environment: '', 'github-token': '', 'key-secret': PUBLISHED }
    expect(await runCreateWithEnvironment(emulator, inputs)).toMatchObject({ exitCode: 0, annotations: [] })
  })

  it('can still be deleted', async ({ emulator, expect }) => {
    const { uid, secret } = seedPair(emulator)
    emulator.github.setSecret('staging', PUBLISHED, secret, '2026-01-01T00:00:00Z')
    const run = await runDeleteWithEnvironment(emulator, { 'key-secret': PUBLISHED })
    expect(run).toMatchObject({ exitCode: 0, annotations: [], outputs: { deleted: JSON.stringify([uid]) } })
    const { secrets, variables } = emulator.github.environment('staging') ?? {}
    expect(secrets?.[PUBLISHED]).toBeUndefined()
    expect(variables?.[UID]).toBeUndefined()
  })
})
