import { describe, expect } from 'vitest'
import { EVENTS } from '../github-runner.ts'
import { names, operationsOf } from './accounts.ts'
import { it, runOrphaned } from './orphaned-step.ts'
import { problemsOf, runDelete } from './step.ts'

const [BEFORE, CREATED, AFTER] = [
  '2026-04-30T23:59:59.9Z',
  '2026-05-01T00:00:00Z',
  '2026-05-01T00:00:00.000001Z',
]
const SUFFIXES = ['#1', '@gone', ' 20-1-0123abcd']

describe.concurrent('a repository that was deleted and made anew under its name', () => {
  it('does not own the keys from before, nor those of unknown age', async ({ emulator }) => {
    emulator.github.setCreatedAt(CREATED)
    emulator.github.setPull(1, 'closed')
    emulator.github.setRun(20, 'completed')
    const kept: string[] = []
    for (const suffix of SUFFIXES) {
      for (const created of [BEFORE, '', 'not a time']) {
        kept.push(emulator.seedKey({ name: `octo/app${suffix}`, created }).uid)
      }
      emulator.seedKey({ name: `octo/app${suffix}`, created: AFTER })
    }
    const step = await runOrphaned(emulator)
    expect(step).toMatchObject({ exitCode: 0, annotations: [], outputs: { count: '3' } })
    expect(new Set(emulator.keys().map(({ uid }) => uid))).toEqual(new Set(kept))
    for (const uid of kept) {
      expect(step.log).toMatch(
        new RegExp(`^TURN key ${uid}, octo/app.*, is kept: it is older than the repository`, 'm'),
      )
    }
  })

  it('whose keys are all from before asks about none of their owners', async ({ emulator }) => {
    emulator.github.setCreatedAt(CREATED)
    emulator.seedKey({ name: 'octo/app#1', created: BEFORE })
    const step = await runOrphaned(emulator)
    expect(step).toMatchObject({ exitCode: 0, outputs: { count: '0' } })
    expect(operationsOf(emulator)).toEqual(['list', 'gh-repo'])
  })
})

/** Responses that do not say when the repository was created. */
const UNREADABLE = [
  ['a refusal', { kind: 'refusal', reason: 'IP allow list' }],
  ['404', { kind: 'error', status: 404, message: 'Not Found' }],
  ['a redirect', { kind: 'redirect' }],
  ['a page', { kind: 'html', status: 200, from: 'proxy' }],
  ['no such member', { kind: 'text', body: '{"id":1}' }],
  ['no time', { kind: 'text', body: '{"created_at":"long ago"}' }],
  ['null', { kind: 'text', body: 'null' }],
  ['500', { kind: 'error', status: 500 }],
] as const

describe.concurrent('where the age of the repository cannot be read', () => {
  for (const [what, fault] of UNREADABLE) {
    it(`${what}: all keys are kept, with a warning`, async ({ emulator }) => {
      emulator.github.setPull(1, 'closed')
      for (const suffix of SUFFIXES) emulator.seedKey({ name: `octo/app${suffix}` })
      emulator.injectFault({ on: 'gh-repo', times: Number.POSITIVE_INFINITY, ...fault })
      const step = await runOrphaned(emulator, {}, emulator.clock.skipping())
      expect(step).toMatchObject({ exitCode: 0, outputs: { count: '0' } })
      expect(names(emulator)).toHaveLength(SUFFIXES.length)
      expect(problemsOf(step, 'warning')).toEqual([
        expect.stringMatching(
          /^All keys are kept, because nothing says whether they are older than the repository: /,
        ),
      ])
      expect(operationsOf(emulator)).not.toContain('gh-pull')
    })
  }
})

describe.concurrent('orphaned: false', () => {
  const { event, runner } = EVENTS['pull_request, closed']
  const ON_PULL = { event, runner }

  for (const value of ['false', 'FALSE']) {
    it(`${value} alone selects nothing, on a pull request either`, async ({ emulator }) => {
      emulator.seedKey({ name: 'octo/app#7' })
      for (const extra of [{}, { 'older-than': '7d' }, { 'dry-run': 'true' }]) {
        const step = await runDelete(emulator, { orphaned: value, ...extra }, ON_PULL)
        expect(step).toMatchObject({ exitCode: 0, annotations: [], outputs: { deleted: '[]', count: '0' } })
        expect(step.log).toContain('`orphaned` is false')
      }
      expect(emulator.requests).toEqual([])
    })
  }

  it('beside another selector is as if it were not given', async ({ emulator }) => {
    for (const name of ['octo/app#7', 'app']) emulator.seedKey({ name })
    const step = await runDelete(emulator, { orphaned: 'false', name: 'app' }, ON_PULL)
    expect(step).toMatchObject({ exitCode: 0, outputs: { count: '1' } })
    expect(names(emulator)).toEqual(['octo/app#7'])
    const filtered = await runDelete(
      emulator,
      { orphaned: 'false', uid: '0'.repeat(32), 'older-than': '7d' },
      ON_PULL,
    )
    expect(problemsOf(filtered)[0]).toContain('`older-than` one of these or `orphaned`')
  })

  it('that came out empty is an error', async ({ emulator }) => {
    const step = await runDelete(emulator, { orphaned: '' }, ON_PULL)
    expect(problemsOf(step)).toEqual([expect.stringContaining('`orphaned` is empty')])
  })
})
