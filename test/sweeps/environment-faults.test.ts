import { describe } from 'vitest'
import {
  environmentContents,
  keyOf,
  PLACES,
  runCreateWithEnvironment,
  writesOf,
} from '../actions/environment-step.ts'
import { it, problemsOf } from '../actions/step.ts'
import type { Fault } from '../emulator/faults.ts'
import { NOTHING } from '../nothing.ts'

const PUT = 'gh-secret-put'
const POST = 'gh-variable-post'
const REMOVE = 'gh-variable-delete'

type Case = readonly [what: string, faults: Fault[], writes: string[]]

/** The step succeeds all the same; the writes that follow `create`. */
const STORED: readonly Case[] = [
  ['PUT, response lost', [{ on: PUT, kind: 'response-lost' }], [PUT, PUT, POST]],
  ['PUT, reset', [{ on: PUT, kind: 'reset' }], [PUT, PUT, POST]],
  [
    'PUT, cut and then a page',
    [
      { on: PUT, kind: 'cut' },
      { on: PUT, kind: 'html' },
    ],
    [PUT, PUT, PUT, POST],
  ],
  ['PUT, no response', [{ on: PUT, kind: 'no-response', effect: true }], [PUT, PUT, POST]],
  ['POST lost, done', [{ on: POST, kind: 'response-lost' }], [PUT, POST]],
  ['POST lost, not done', [{ on: POST, kind: 'reset' }], [PUT, POST, POST]],
  ['POST 500, done', [{ on: POST, kind: 'error', status: 500, effect: true }], [PUT, POST]],
]

/** The step fails before the secret may be stored. */
const DELETED: readonly Case[] = [
  ['PUT refused', [{ on: PUT, kind: 'error', status: 422, message: 'no good' }], [PUT, 'delete']],
  ['PUT, environment gone', [{ on: PUT, kind: 'error', status: 404 }], [PUT, 'delete']],
  ['PUT redirected', [{ on: PUT, kind: 'redirect' }], [PUT, 'delete']],
  ['PUT, come back later', [{ on: PUT, kind: 'error', status: 429, retryAfter: 301 }], [PUT, 'delete']],
]

/** The step fails when the secret may be stored already. */
const STAYS: readonly Case[] = [
  ['PUT always lost', [{ on: PUT, kind: 'response-lost', times: 3 }], [PUT, PUT, PUT, REMOVE]],
  ['PUT always 500, not done', [{ on: PUT, kind: 'error', status: 500, times: 3 }], [PUT, PUT, PUT, REMOVE]],
  [
    'PUT lost, then refused',
    [
      { on: PUT, kind: 'response-lost' },
      { on: PUT, kind: 'error', status: 403 },
    ],
    [PUT, PUT, REMOVE],
  ],
  [
    'PUT lost, then come back later',
    [
      { on: PUT, kind: 'response-lost' },
      { on: PUT, kind: 'error', status: 429, retryAfter: 301 },
    ],
    [PUT, PUT, REMOVE],
  ],
  ['POST refused', [{ on: POST, kind: 'error', status: 403 }], [PUT, POST, REMOVE]],
  [
    'POST lost, and then refused',
    [
      { on: POST, kind: 'reset' },
      { on: POST, kind: 'error', status: 403 },
    ],
    [PUT, POST, POST, REMOVE],
  ],
]

describe.concurrent.each(PLACES)('a fault in $where that stored nothing', ({ place, at, label }) => {
  for (const [what, faults, writes] of STORED) {
    it(`${what}: stored all the same`, async ({ emulator, expect }) => {
      for (const fault of faults) emulator.injectFault(fault)
      const run = await runCreateWithEnvironment(emulator, place, emulator.clock.skipping())
      expect(run).toMatchObject({ exitCode: 0, annotations: [] })
      // A slow write is followed by both again.
      expect(writesOf(emulator).slice(0, 1 + writes.length)).toEqual(['create', ...writes])
      expect(environmentContents(emulator, at)).toEqual(keyOf(emulator, run))
      expect(emulator.keys()).toHaveLength(1)
    })
  }

  for (const [what, faults, writes] of DELETED) {
    it(`${what}: the key is deleted`, async ({ emulator, expect }) => {
      for (const fault of faults) emulator.injectFault(fault)
      const run = await runCreateWithEnvironment(emulator, place)
      expect(run).toMatchObject({
        exitCode: 1,
        outputs: NOTHING,
        state: { create: expect.stringContaining('"phase":"rolled-back"') },
      })
      expect(problemsOf(run)).toEqual([
        expect.stringContaining('Could not write the secret TURN_KEY_API_TOKEN'),
      ])
      expect(writesOf(emulator)).toEqual(['create', ...writes])
      expect(environmentContents(emulator, at)).toEqual({ uid: undefined, secret: undefined })
      expect(emulator.keys()).toEqual([])
    })
  }

  for (const [what, faults, writes] of STAYS) {
    it(`${what}: the key is kept, and the next run repairs`, async ({ emulator, expect }) => {
      for (const fault of faults) emulator.injectFault(fault)
      const run = await runCreateWithEnvironment(emulator, place, emulator.clock.skipping())
      expect(run).toMatchObject({ exitCode: 1, outputs: NOTHING })
      expect(writesOf(emulator)).toEqual(['create', ...writes])
      const [key] = emulator.keys()
      expect(problemsOf(run)).toEqual([expect.stringContaining(`The TURN key ${key?.uid} is kept, because`)])
      expect(problemsOf(run)[0]).toContain(` of ${label} holds it or may hold it. The variable`)
      expect([undefined, key?.secret]).toContain(environmentContents(emulator, at).secret)
      const post = await run.post({ jobStatus: 'failure' })
      expect(problemsOf(post, 'warning')).toEqual([
        expect.stringContaining(`${key?.uid}, so the key is not deleted`),
      ])

      const next = await runCreateWithEnvironment(emulator, place)
      expect(next.outputs.outcome).toBe('created')
      expect(environmentContents(emulator, at)).toEqual(keyOf(emulator, next))
      expect(problemsOf(next, 'warning')).toEqual([
        expect.stringContaining(`The TURN key ${key?.uid} is also named`),
      ])
    })
  }
})
