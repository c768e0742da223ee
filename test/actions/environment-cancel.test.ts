import { describe } from 'vitest'
import { until } from '../emulator/ask.ts'
import { NOTHING } from '../nothing.ts'
import {
  environmentContents,
  PLACES,
  runCreateWithEnvironment,
  seedPair,
  startCreateWithEnvironment,
  writesOf,
} from './environment-step.ts'
import { it, problemsOf } from './step.ts'

describe.concurrent.each(PLACES)(
  'a job that is cancelled between the two writes to $where',
  ({ place, at }) => {
    for (const signal of ['SIGINT', 'SIGTERM'] as const) {
      it(`${signal}: the second is written, the pair fits, and the step fails`, async ({
        emulator,
        expect,
      }) => {
        seedPair(emulator, { at })
        emulator.injectFault({ on: 'gh-secret-put', kind: 'slow', delay: 600 })
        const step = startCreateWithEnvironment(
          emulator,
          { ...place, 'if-exists': 'replace' },
          emulator.clock.stopped(),
        )
        await until(() => writesOf(emulator).includes('gh-secret-put'))
        step.kill(signal)
        emulator.clock.pass()
        const run = await step.done
        const [, key] = emulator.keys()
        expect(run).toMatchObject({ exitCode: 1, outputs: NOTHING })
        expect(problemsOf(run)).toEqual([
          expect.stringMatching(
            `^The job was cancelled. The TURN key ${key?.uid} is kept: .* \`if-exists: reuse\` keeps it\\.$`,
          ),
        ])
        expect(environmentContents(emulator, at)).toEqual({ uid: key?.uid, secret: key?.secret })
        const next = await runCreateWithEnvironment(emulator, place)
        expect(next.outputs).toMatchObject({ outcome: 'reused', uid: key?.uid })
      })
    }
  },
)

describe.concurrent.each(PLACES)(
  'a job that is cancelled before the first write to $where',
  ({ place, at }) => {
    it('writes nothing, however long GitHub lets it wait, and deletes its key', async ({
      emulator,
      expect,
    }) => {
      const { uid, secret } = seedPair(emulator, { at })
      emulator.injectFault({ on: 'gh-variable-delete', kind: 'error', status: 429, retryAfter: 3 })
      const step = startCreateWithEnvironment(
        emulator,
        { ...place, 'if-exists': 'replace' },
        emulator.clock.stopped(),
      )
      await until(() => writesOf(emulator).includes('gh-variable-delete'))
      step.kill('SIGINT')
      emulator.clock.pass()
      const run = await step.done
      expect(run).toMatchObject({ exitCode: 1, outputs: NOTHING })
      expect(problemsOf(run)).toEqual(['The job was cancelled.'])
      expect(writesOf(emulator)).toEqual(['create', 'gh-variable-delete', 'delete'])
      expect(environmentContents(emulator, at)).toEqual({ uid, secret })
      expect(emulator.keys().map(key => key.uid)).toEqual([uid])
    })
  },
)

describe.concurrent.each(PLACES)(
  'a job that is cancelled when GitHub did not say that $where has the secret',
  ({ place, at }) => {
    it('writes both, so that the pair fits, and the step fails', async ({ emulator, expect }) => {
      seedPair(emulator, { at })
      emulator.injectFault({ on: 'gh-secret-put', kind: 'html', status: 502, effect: true })
      const step = startCreateWithEnvironment(
        emulator,
        { ...place, 'if-exists': 'replace' },
        emulator.clock.stopped(),
      )
      await until(() => writesOf(emulator).includes('gh-secret-put'))
      step.kill('SIGINT')
      emulator.clock.pass()
      const run = await step.done
      const [, key] = emulator.keys()
      expect(run).toMatchObject({ exitCode: 1, outputs: NOTHING })
      expect(problemsOf(run)).toEqual([expect.stringContaining(`The TURN key ${key?.uid} is kept`)])
      const writes = ['gh-variable-delete', 'gh-secret-put', 'gh-secret-put', 'gh-variable-post']
      expect(writesOf(emulator)).toEqual(['create', ...writes])
      expect(environmentContents(emulator, at)).toEqual({ uid: key?.uid, secret: key?.secret })
    })
  },
)
