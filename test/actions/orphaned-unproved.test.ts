import { describe, expect } from 'vitest'
import type { Emulator } from '../emulator/emulator.ts'
import { names, operationsOf } from './accounts.ts'
import { it, OWN_TOKEN, READ_ALL, runOrphaned } from './orphaned-step.ts'
import { problemsOf } from './step.ts'

const FOREVER = Number.POSITIVE_INFINITY

/** One key of each kind, all of whose owners are gone. */
const GONE = ['octo/app#1', 'octo/app@gone', 'octo/app@gone 20-1-0123abcd'] as const

/** What is asked about each, which permission that needs, and how messages call the owner. */
const KINDS = [
  ['gh-pull', 'pullRequests', 'pull-requests: read', 'pull request'],
  ['gh-matching-refs', 'contents', 'contents: read', 'branch or tag'],
  ['gh-run', 'actions', 'actions: read', 'workflow run'],
] as const

function seedGone({ github, seedKey }: Emulator): void {
  github.setPull(1, 'closed')
  github.setRun(20, 'completed')
  for (const name of GONE) seedKey({ name })
}

describe.concurrent('a missing permission proves nothing', () => {
  for (const [index, [, permission, words, kind]] of KINDS.entries()) {
    for (const [place, status] of [
      ['public', 403],
      ['private', 404],
    ] as const) {
      it(`${words}, in a ${place} repository: that key stays, the others go`, async ({ emulator }) => {
        seedGone(emulator)
        if (place === 'private') emulator.github.makePrivate()
        emulator.github.addToken(OWN_TOKEN, { ...READ_ALL, [permission]: 'none' })
        const step = await runOrphaned(emulator)
        expect(names(emulator)).toEqual([GONE[index]])
        expect(step).toMatchObject({ exitCode: 0, outputs: { count: '2' } })
        expect(step.annotations).toEqual([{ level: 'warning', message: expect.any(String) }])
        const [warning] = problemsOf(step, 'warning')
        expect(warning).toMatch(new RegExp(`^The keys of a ${kind} are kept: .*HTTP status ${status}`))
        expect(warning).toContain(`add \`${words}\` to the job's \`permissions:\``)
      })
    }
  }

  it('with none at all, each kind is one warning, however many owners there are', async ({ emulator }) => {
    seedGone(emulator)
    for (let number = 2; number <= 30; number++) emulator.seedKey({ name: `octo/app#${number}` })
    emulator.github.addToken(OWN_TOKEN, {})
    const step = await runOrphaned(emulator)
    expect(step).toMatchObject({ exitCode: 0, outputs: { deleted: '[]', count: '0' } })
    expect(problemsOf(step, 'warning')).toHaveLength(3)
    expect(problemsOf(step, 'warning').find(text => text.includes('pull request'))).toMatch(
      /^The keys of a pull request .* 29 more are kept too\.$/,
    )
    expect(names(emulator)).toHaveLength(32)
  })

  it('a token that is wrong deletes nothing', async ({ emulator }) => {
    seedGone(emulator)
    const step = await runOrphaned(emulator, { 'github-token': 'nobody' })
    expect(problemsOf(step, 'warning')[0]).toContain('`github-token` is wrong, expired or revoked')
    expect(names(emulator)).toEqual([...GONE])
  })
})

/** Responses that prove nothing, in place of each kind's proper one. */
const ODD = [
  ['a redirect', { kind: 'redirect' }],
  ['an empty object', { kind: 'text', body: '{}' }],
  ['null', { kind: 'text', body: 'null' }],
  ['a text', { kind: 'text', body: '"closed completed"' }],
  ['no JSON', { kind: 'text', body: 'closed', contentType: 'text/plain' }],
  ['a page', { kind: 'text', body: '<html>Sign in</html>', contentType: 'text/html' }],
  ['204', { kind: 'text', body: '', status: 204 }],
  ['a list of other things', { kind: 'text', body: '[{"ref":"refs/heads/other"},{}]' }],
  ['another object', { kind: 'text', body: '{"number":2,"id":2,"state":"closed","status":"completed"}' }],
  ['an error as text', { kind: 'text', body: '{"message":"Not Found","state":"closed"}' }],
  ['410', { kind: 'error', status: 410, message: 'Gone' }],
  ['409', { kind: 'error', status: 409, message: 'Git Repository is empty.' }],
  ['500', { kind: 'error', status: 500 }],
  ['no response', { kind: 'reset' }],
  ['half a response', { kind: 'cut' }],
] as const

describe.concurrent('an odd response proves nothing', () => {
  for (const [what, fault] of ODD) {
    it(`${what}: all keys stay, and each kind is a warning`, async ({ emulator }) => {
      seedGone(emulator)
      for (const [on] of KINDS) emulator.injectFault({ on, times: FOREVER, ...fault })
      const step = await runOrphaned(emulator, {}, emulator.clock.skipping())
      expect(names(emulator)).toEqual([...GONE])
      expect(step).toMatchObject({ exitCode: 0, outputs: { deleted: '[]', count: '0' } })
      expect(
        problemsOf(step, 'warning')
          .map(text => / a ([a-z ]+) are kept/.exec(text)?.[1])
          .toSorted(),
      ).toEqual(KINDS.map(([, , , kind]) => kind).toSorted())
      const paths = emulator.requests.map(({ path }) => path)
      expect(paths.filter(path => path.includes('redirected'))).toEqual([])
    })
  }

  it('branches without the list of tags are no proof', async ({ emulator }) => {
    emulator.seedKey({ name: 'octo/app@gone' })
    emulator.injectFault({ on: 'gh-matching-refs', skip: 1, kind: 'error', status: 404 })
    const step = await runOrphaned(emulator)
    expect(names(emulator)).toEqual(['octo/app@gone'])
    expect(problemsOf(step, 'warning')).toEqual([expect.stringContaining('tags/gone')])
  })

  it('GitHub cannot be reached: it is given up on after a few, and everything stays', async ({
    emulator,
  }) => {
    for (let number = 1; number <= 60; number++) emulator.seedKey({ name: `octo/app#${number}` })
    seedGone(emulator)
    for (const [on] of KINDS) emulator.injectFault({ on, kind: 'reset', times: FOREVER })
    const step = await runOrphaned(emulator, {}, emulator.clock.skipping())
    expect(step).toMatchObject({ exitCode: 0, outputs: { count: '0' } })
    expect(operationsOf(emulator).length).toBeLessThanOrEqual(2 + 15 * 3)
    expect(problemsOf(step, 'warning')).toHaveLength(3)
    expect(problemsOf(step, 'warning').join(' ')).toContain('59 more are kept too.')
    expect(names(emulator)).toHaveLength(63)
  })

  it('the list of keys fails: GitHub is not asked', async ({ emulator }) => {
    emulator.injectFault({ on: 'list', kind: 'error', status: 403 })
    expect((await runOrphaned(emulator)).exitCode).toBe(1)
    expect(operationsOf(emulator)).toEqual(['list'])
  })
})
