import { describe } from 'vitest'
import { operationsOf } from '../actions/accounts.ts'
import { create, it, problemsOf } from '../actions/step.ts'
import type { Emulator } from '../emulator/emulator.ts'
import type { Fault } from '../emulator/faults.ts'

/** A fault without what it is ordered on. */
type Bare<Kind = Fault> = Kind extends Fault ? Omit<Kind, 'on'> : never
type Case = readonly [what: string, fault: Bare]

/** The response is lost, and there is a key. */
const MADE: readonly Case[] = [
  ['the response is lost', { kind: 'response-lost' }],
  ['half a response', { kind: 'cut' }],
  ['no response in 30 seconds', { kind: 'no-response', effect: true }],
  ['a 502 page after the work', { kind: 'html', effect: true }],
  ['a 500 after the work', { kind: 'error', status: 500, effect: true }],
  ['no uid', { kind: 'fields', remove: ['uid'] }],
  ['a uid that is none', { kind: 'fields', set: { uid: '../keys' } }],
  ['no result', { kind: 'fields', result: null }],
  ['an endless response', { kind: 'huge', bytes: Number.POSITIVE_INFINITY }],
  ['no JSON', { kind: 'text', body: '<html>ok</html>', status: 201 }],
  ['nothing in the response', { kind: 'text', body: '' }],
  ['a redirect page with a 2xx', { kind: 'html', status: 200, effect: true }],
]

/** The response is lost, and there is no key. */
const NOT_MADE: readonly Case[] = [
  ['a reset', { kind: 'reset' }],
  ['no response in 30 seconds', { kind: 'no-response' }],
  ['a 502 page', { kind: 'html' }],
  ['a 503', { kind: 'error', status: 503 }],
]

/** Only a time limit needs to come sooner: clocks that differ make more keys suspicious. */
function clockFor({ clock }: Emulator, { kind }: Bare) {
  return kind === 'no-response' ? clock.skipping() : {}
}

describe.concurrent('a lost response, and a key under a name that others may use', () => {
  for (const [what, fault] of MADE) {
    it(`${what}: the lost key is named and left alone`, async ({ emulator, expect }) => {
      emulator.injectFault({ ...fault, on: 'create' })
      const run = await create(emulator, { name: 'n' }, clockFor(emulator, fault))
      const [lost, made, ...others] = emulator.keys()
      expect(others).toEqual([])
      expect(run).toMatchObject({ exitCode: 0, outputs: { uid: made?.uid, key: made?.secret } })
      expect(problemsOf(run)).toEqual([])
      const warnings = problemsOf(run, 'warning')
      expect(warnings).toEqual([
        expect.stringContaining(`A TURN key named "n" with the uid ${lost?.uid} was created`),
      ])
      expect(operationsOf(emulator)).toEqual(['create', 'create', 'list'])
      expect(run.log).not.toContain(lost?.secret)
    })
  }

  for (const [what, fault] of NOT_MADE) {
    it(`${what}, and no key: created at the second attempt`, async ({ emulator, expect }) => {
      emulator.injectFault({ ...fault, on: 'create' })
      const run = await create(emulator, { name: 'n' }, clockFor(emulator, fault))
      expect(run).toMatchObject({ exitCode: 0, annotations: [] })
      expect(emulator.keys().map(({ uid }) => uid)).toEqual([run.outputs.uid])
      expect(operationsOf(emulator)).toEqual(['create', 'create', 'list'])
    })
  }
})

describe.concurrent("a lost response, and a key under the job's own name", () => {
  for (const [what, fault] of MADE.filter((_, index) => index % 3 === 0)) {
    it(`${what}: the lost key is deleted`, async ({ emulator, expect }) => {
      emulator.seedKey({ name: 'octo/app@main' })
      emulator.injectFault({ ...fault, on: 'create' })
      const run = await create(emulator, { 'delete-after-job': 'always' }, clockFor(emulator, fault))
      expect(run).toMatchObject({ exitCode: 0, annotations: [] })
      expect(emulator.keys().map(({ name }) => name)).toEqual(['octo/app@main', run.outputs.name])
      expect(operationsOf(emulator)).toEqual(['create', 'create', 'list', 'delete'])
      expect(run.outputs.key).toBe(emulator.keys()[1]?.secret)
    })
  }
})

describe.concurrent('a response that is whole', () => {
  it('may be slow', async ({ emulator, expect }) => {
    emulator.injectFault({ on: 'create', kind: 'slow', delay: 300 })
    expect(await create(emulator)).toMatchObject({ exitCode: 0, annotations: [] })
    expect(operationsOf(emulator)).toEqual(['create'])
  })

  it('may be large', async ({ emulator, expect }) => {
    emulator.injectFault({ on: 'create', kind: 'huge', bytes: 1024 * 1024 })
    expect(await create(emulator)).toMatchObject({ exitCode: 0, annotations: [] })
  })

  for (const status of [302, 307]) {
    it(`a ${status} is not followed`, async ({ emulator, emulatorWith, expect }) => {
      const other = await emulatorWith({})
      const location = `${other.apiUrl}/elsewhere`
      emulator.injectFault({ on: 'create', kind: 'redirect', status, location })
      const run = await create(emulator)
      expect(problemsOf(run)).toEqual([expect.stringContaining('Redirects are not followed with a token')])
      expect(problemsOf(run)[0]).toContain(`HTTP status ${status}`)
      expect(operationsOf(emulator)).toEqual(['create'])
      expect(other.requests).toEqual([])
    })
  }
})
