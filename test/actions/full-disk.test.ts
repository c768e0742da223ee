import { describe } from 'vitest'
import { NOTHING } from '../nothing.ts'
import { it, problemsOf } from './create-step.ts'
import { mintFrom, mintNew } from './mint-step.ts'

/** Whether the state cannot be written either. */
const FULL = [
  ['outputs', { runner: { GITHUB_OUTPUT: '/dev/full' } }],
  ['outputs and state', { runner: { GITHUB_OUTPUT: '/dev/full', GITHUB_STATE: '/dev/full' } }],
] as const

describe.runIf(process.platform === 'linux').concurrent.each(FULL)('%s on a full disk', (_, full) => {
  it('a key is not left behind', async ({ emulator, expect }) => {
    const run = await mintNew(emulator, {}, full)
    expect(run).toMatchObject({ exitCode: 1, outputs: NOTHING })
    expect(problemsOf(run)).toEqual([expect.stringContaining('ENOSPC')])
    expect(emulator.keys()).toEqual([])
    expect((await run.post({ jobStatus: 'failure' })).annotations).toEqual([])
  })

  for (const revokeAfterJob of ['false', 'true']) {
    it(`a credential is revoked, revoke-after-job ${revokeAfterJob}`, async ({ emulator, expect }) => {
      const inputs = { 'revoke-after-job': revokeAfterJob }
      const run = await mintFrom(emulator, emulator.seedKey({ name: 'n' }), inputs, full)
      expect(run).toMatchObject({ exitCode: 1, outputs: NOTHING })
      expect(problemsOf(run)).toEqual([expect.stringContaining('ENOSPC')])
      const post = await run.post({ jobStatus: 'failure' })
      expect(post).toMatchObject({ exitCode: 0, annotations: [] })
      expect(emulator.credentials()).toMatchObject([{ revoked: true }])
      expect(emulator.keys()).toHaveLength(1)
    })
  }
})
