import { describe, expect } from 'vitest'
import { TOKENS } from '../emulator/emulator.ts'
import type { WorkflowEvent } from '../github-runner/environment.ts'
import { NOTHING } from '../nothing.ts'
import { operationsOf, unknownUid } from './accounts.ts'
import { type Inputs, it, runDelete } from './step.ts'

const UID = unknownUid('1')
const PULL_REQUEST = { name: 'pull_request', payload: { pull_request: { number: 7 } } }
const PUSH = { name: 'push', payload: {} }
const SEVERAL = /^Set exactly one of `uid`, `name`.*, not several/
const FILTER = /^`keep-latest` requires `name` or `name-prefix`/

describe.concurrent('inputs that select wrongly are refused before the first request', () => {
  it.for<[Inputs, WorkflowEvent, RegExp]>([
    [{}, PUSH, /^Nothing says which keys to delete: set `uid`, `name`/],
    [{ name: 'a', 'name-prefix': 'a' }, PUSH, SEVERAL],
    [{ uid: UID, name: 'a' }, PUSH, SEVERAL],
    [{ 'name-prefix': '' }, PULL_REQUEST, /^`name-prefix` is empty: check the expression/],
    [{ name: '' }, PULL_REQUEST, /^`name` is empty/],
    [{ uid: '\n' }, PULL_REQUEST, /^`uid` is empty/],
    [{ uid: UID, 'keep-latest': '1' }, PUSH, FILTER],
    [{ uid: UID, 'older-than': '1d' }, PUSH, FILTER],
    [{ 'older-than': '1d' }, PULL_REQUEST, FILTER],
    [{ 'keep-latest': '0' }, PULL_REQUEST, FILTER],
    [{ uid: `${UID}\n../../${UID}` }, PUSH, /^`uid` number 2 is malformed: it has 38 characters/],
    [{ name: 'a', 'older-than': '1.5h' }, PUSH, /^`older-than` must be/],
    [{ name: 'a', 'older-than': '' }, PUSH, /^`older-than` is empty: check the expression/],
    [{ 'name-prefix': 'a', 'keep-latest': ' ' }, PUSH, /^`keep-latest` is empty: check the expression/],
  ])('%j', async ([given, event, message], { emulator }) => {
    const step = await runDelete(emulator, given, { event })
    expect(step).toMatchObject({ exitCode: 1, outputs: NOTHING })
    expect(step.annotations).toEqual([{ level: 'error', message: expect.stringMatching(message) }])
    expect(emulator.requests).toEqual([])
  })

  it("a pull request without a repository's name is none: keys without a name stay", async ({ emulator }) => {
    emulator.seedKey({ name: '' })
    const step = await runDelete(emulator, {}, { event: PULL_REQUEST, runner: { GITHUB_REPOSITORY: '' } })
    expect(step).toMatchObject({ exitCode: 1, outputs: NOTHING })
    expect(step.annotations[0]?.message).toContain('GITHUB_REPOSITORY is not set')
    expect(emulator.requests).toEqual([])
  })

  it('all that is wrong is said at once', async ({ emulator }) => {
    const given = { 'account-id': 'x', 'keep-latest': '-1', 'older-than': '7', 'dry-run': 'yes' }
    const step = await runDelete(emulator, { name: 'a', ...given })
    expect(step.annotations.map(({ message }) => message)).toEqual([
      expect.stringMatching(/^`account-id` is malformed/),
      expect.stringMatching(/^`keep-latest` must be a whole number/),
      expect.stringMatching(/^`older-than` must be .* such as 90m, 12h or 7d; it is "7"/),
      expect.stringMatching(/^`dry-run` must be true or false/),
    ])
  })
})

describe.concurrent('Cloudflare says no', () => {
  it('a token that may only read: every delete is attempted, every key named and kept', async ({
    emulator,
  }) => {
    const uids = ['a', 'a'].map(name => emulator.seedKey({ name }).uid)
    const step = await runDelete(emulator, { 'api-token': TOKENS.read, name: 'a' })
    expect(step).toMatchObject({ exitCode: 1, outputs: { deleted: '[]', count: '0' } })
    expect(operationsOf(emulator)).toEqual(['list', 'delete', 'delete'])
    for (const uid of uids) expect(step.annotations[0]?.message).toContain(uid)
    expect(step.log).toMatch(/10000 Authentication error.*Calls Write/)
  })

  it('the list fails: nothing is deleted', async ({ emulator }) => {
    emulator.seedKey({ name: 'a' })
    emulator.injectFault({ on: 'list', kind: 'error', status: 500, times: 3 })
    const step = await runDelete(emulator, { name: 'a' }, emulator.clock.skipping())
    expect(step.exitCode).toBe(1)
    expect(step.annotations).toEqual([
      { level: 'error', message: expect.stringContaining('Could not list the TURN keys') },
    ])
    expect(operationsOf(emulator)).toEqual(['list', 'list', 'list'])
  })

  it('a list that is no list deletes nothing', async ({ emulator }) => {
    emulator.injectFault({ on: 'list', kind: 'fields', result: { keys: [] }, times: 3 })
    const step = await runDelete(emulator, { name: 'a' })
    expect(step.annotations[0]?.message).toContain('the response has no list of keys')
  })

  it('404 with code 7003 is a wrong account, not a key that is gone', async ({ emulator }) => {
    const errors = [{ code: 7003, message: 'Could not route, perhaps your object identifier is invalid?' }]
    emulator.injectFault({ on: 'delete', kind: 'error', status: 404, errors })
    const step = await runDelete(emulator, { uid: UID })
    expect(step).toMatchObject({ exitCode: 1, outputs: { deleted: '[]', count: '0' } })
    expect(step.annotations[0]?.message).toContain(UID)
    expect(step.log).toMatch(/7003 Could not route.*`account-id`/)
  })

  it('a repeated DELETE that then finds the key gone has deleted it', async ({ emulator }) => {
    const { uid } = emulator.seedKey({ name: 'a' })
    emulator.injectFault({ on: 'delete', kind: 'response-lost' })
    const step = await runDelete(emulator, { uid }, emulator.clock.skipping())
    expect(step).toMatchObject({ exitCode: 0, outputs: { deleted: JSON.stringify([uid]), count: '1' } })
    expect(operationsOf(emulator)).toEqual(['delete', 'delete'])
  })
})
