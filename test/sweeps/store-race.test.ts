import { describe, expect } from 'vitest'
import {
  environmentContents,
  REPOSITORY,
  runCreateWithEnvironment,
  seedPair,
} from '../actions/environment-step.ts'
import { it } from '../actions/step.ts'
import type { Emulator } from '../emulator/emulator.ts'
import type { Operation } from '../emulator/faults.ts'

/** A write of one of two jobs that takes effect late, in milliseconds: after the other's writes, or after its read. */
interface Interleaving {
  readonly on: Operation
  readonly skip: number
  readonly delay: number
}

const INTERLEAVINGS: readonly Interleaving[] = (['gh-secret-put', 'gh-variable-patch'] as const).flatMap(on =>
  [0, 1].flatMap(skip => [60, 400, 1200, 2600].map(delay => ({ on, skip, delay }))),
)

/** The stored pair is one key's, or there is no uid, which the next run repairs. */
function expectOnePair(emulator: Emulator, place: string): void {
  const { uid, secret } = environmentContents(emulator, place)
  if (uid === undefined) return
  expect(emulator.keys().find(key => key.uid === uid)?.secret).toBe(secret)
}

describe.concurrent('two jobs that store a key at once leave one whole pair', () => {
  for (const [where, inputs, place] of [
    ['an environment', {}, 'staging'],
    ['the repository', REPOSITORY, ''],
  ] as const) {
    for (const { on, skip, delay } of INTERLEAVINGS) {
      it(`${where}, replaced; ${on} number ${skip + 1} takes ${delay} ms`, async ({ emulator }) => {
        seedPair(emulator, { at: place })
        emulator.injectFault({ on, skip, kind: 'slow', delay, effectAfterDelay: true })
        const replace = { ...inputs, 'if-exists': 'replace' }
        const runs = await Promise.all([1, 2].map(() => runCreateWithEnvironment(emulator, replace)))
        expectOnePair(emulator, place)
        if (environmentContents(emulator, place).uid === undefined)
          expect(runs.map(({ exitCode }) => exitCode)).toContain(1)
      })
    }

    it(`${where}, for the first time`, async ({ emulator }) => {
      await Promise.all([1, 2].map(() => runCreateWithEnvironment(emulator, inputs)))
      expectOnePair(emulator, place)
    })
  }
})
