import { describe } from 'vitest'
import type { Fault } from '../emulator/faults.ts'
import { operationsOf } from './accounts.ts'
import { environmentContents, keyOf, runCreateWithEnvironment } from './environment-step.ts'
import { mintFrom } from './mint-step.ts'
import { create, it, problemsOf } from './step.ts'

const CODINGS = [
  'gzip',
  'x-gzip',
  'GZIP',
  'deflate',
  'raw deflate',
  'br',
  'identity',
  'gzip, br',
  'deflate, gzip',
]
const FOREVER = Number.POSITIVE_INFINITY

describe.concurrent('a response that was encoded unasked is decoded', () => {
  for (const coding of [...CODINGS, ['gzip', 'br']]) {
    it(`${coding}: by every service, in main and post`, async ({ emulator, expect }) => {
      emulator.injectFault({ on: 'any', kind: 'encoded', coding, times: FOREVER })
      const stored = await runCreateWithEnvironment(emulator, { 'if-exists': 'replace', ttl: '60' })
      expect(stored).toMatchObject({ exitCode: 0, annotations: [], outputs: { outcome: 'created' } })
      expect(environmentContents(emulator)).toEqual(keyOf(emulator, stored))
      const [key] = emulator.keys()
      if (!key) throw new Error('no key')
      const minted = await mintFrom(emulator, key, { 'revoke-after-job': 'true' })
      const post = await minted.post()
      expect(post).toMatchObject({ exitCode: 0, annotations: [] })
      expect(emulator.credentials().at(-1)).toMatchObject({ revoked: true })
      expect(new Set(emulator.requests.map(({ headers }) => headers['accept-encoding']))).toEqual(
        new Set(['identity']),
      )
    })
  }

  it('and a byte order mark is no part of it', async ({ emulator, expect }) => {
    emulator.injectFault({ on: 'any', kind: 'byte-order-mark', times: FOREVER })
    const run = await runCreateWithEnvironment(emulator, { 'if-exists': 'replace', ttl: '60' })
    expect(run).toMatchObject({ exitCode: 0, annotations: [], outputs: { outcome: 'created' } })
    expect(environmentContents(emulator)).toEqual(keyOf(emulator, run))
  })

  it('up to 8 MiB', async ({ emulator, expect }) => {
    emulator.injectFault({ on: 'list', kind: 'encoded', coding: 'gzip', bytes: 7 * 2 ** 20 })
    expect(await create(emulator, { 'if-exists': 'fail' })).toMatchObject({ exitCode: 0, annotations: [] })
    emulator.injectFault({ on: 'list', kind: 'encoded', coding: 'gzip', bytes: 9 * 2 ** 20, times: FOREVER })
    const run = await create(emulator, { 'if-exists': 'fail' }, emulator.clock.skipping())
    expect(problemsOf(run)[0]).toContain('no complete response from')
    expect(operationsOf(emulator).filter(operation => operation === 'create')).toHaveLength(1)
  })
})

/** What cannot be read, and the words for it. */
const UNREADABLE: readonly [Partial<Fault> & Pick<Fault, 'kind'>, string][] = [
  [{ kind: 'encoded', coding: 'zstd' }, 'the content coding "zstd" is not known'],
  [{ kind: 'encoded', coding: 'gzip, snappy' }, 'the content coding "snappy" is not known'],
  [{ kind: 'headers', set: { 'Content-Encoding': 'gzip' } }, 'no complete response from'],
  [{ kind: 'headers', set: { 'Content-Encoding': 'br' } }, 'no complete response from'],
]

describe.concurrent('a response that cannot be decoded says nothing', () => {
  for (const [fault, words] of UNREADABLE) {
    it(`${JSON.stringify(fault)}: create is tried again, and settled`, async ({ emulator, expect }) => {
      const fault3 = { on: 'create', times: 3, ...fault } as Fault
      emulator.injectFault(fault3)
      const run = await create(emulator, { 'delete-after-job': 'always' }, emulator.clock.skipping())
      expect(problemsOf(run)[0]).toContain(words)
      expect(run.exitCode).toBe(1)
      expect(emulator.keys()).toEqual([])
      emulator.injectFault({ ...fault3, times: 1 })
      expect(await create(emulator, {}, emulator.clock.skipping())).toMatchObject({
        exitCode: 0,
        outputs: { outcome: 'created' },
      })
    })
  }
})
