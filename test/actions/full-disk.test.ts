import { mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe } from 'vitest'
import type { Fault } from '../emulator/faults.ts'
import { NOTHING } from '../nothing.ts'
import { arrival, mintFrom, mintNew, startMinting } from './mint-step.ts'
import { it, problemsOf } from './step.ts'

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

const error = (status: number): Fault => ({ on: 'mint', kind: 'error', status })

/** What takes so long that the disk is full before it ends, and what the step then fails with. */
const FULL_DURING: [what: string, on: 'create' | 'mint', faults: Fault[], message: string][] = [
  ['the request for a key', 'create', [{ on: 'create', kind: 'slow', delay: 800 }], 'ENOSPC'],
  ['minting', 'mint', [{ on: 'mint', kind: 'slow', delay: 800 }], 'ENOSPC'],
  ['minting that fails', 'mint', [error(401), error(400)], 'Could not mint'],
]

describe.runIf(process.platform === 'linux').concurrent.each(FULL_DURING)(
  'a state that cannot be written any more during %s',
  (_, operation, faults, message) => {
    it(`deletes the key, and fails with ${message}`, async ({ emulator, expect }) => {
      const folder = mkdtempSync(join(tmpdir(), 'state-'))
      const state = join(folder, 'state')
      writeFileSync(state, '')
      for (const fault of faults) emulator.injectFault(fault)
      const running = startMinting(
        emulator,
        {},
        {
          runner: { GITHUB_STATE: state },
          ...emulator.clock.stopped(),
        },
      )
      await arrival(emulator, operation)
      rmSync(state)
      symlinkSync('/dev/full', state)
      emulator.clock.pass()
      const run = await running.done
      rmSync(folder, { recursive: true })
      expect(run.exitCode).toBe(1)
      expect(problemsOf(run)).toEqual([expect.stringContaining(message)])
      expect(emulator.keys()).toEqual([])
    })
  },
)
