import { describe } from 'vitest'
import { NOTHING } from '../nothing.ts'
import { type Inputs, it, problemsOf } from './step.ts'
import { runUsage } from './usage-step.ts'

const UID = 'a'.repeat(32)

describe.concurrent('inputs that are wrong are told before the first request', () => {
  it.for<[Inputs, RegExp]>([
    [{ 'account-id': 'x' }, /^`account-id` is malformed/],
    [{ 'api-token': '' }, /^`api-token` is missing.* Account Analytics: Read/],
    [{ uid: 'x' }, /^`uid` number 1 is malformed/],
    [{ uid: '' }, /^`uid` is empty: check the expression/],
    [{ name: ' ' }, /^`name` is empty/],
    [{ 'name-prefix': '' }, /^`name-prefix` is empty/],
    [{ name: 'a', uid: UID }, /^Set at most one of `uid`, `name` and `name-prefix`/],
    [{ since: 'year' }, /^`since` must be month, or .* it is "year"/],
    [{ since: '32d' }, /^`since` must be .*31d/],
    [{ since: '0h' }, /^`since` must be/],
    [{ 'fail-at': '' }, /^`fail-at` is empty/],
    [{ 'warn-at': '' }, /^`warn-at` is empty/],
    [{ 'fail-at': '100' }, /^`fail-at` must be a whole number of MB, GB or TB.* it is "100"/],
    [{ 'fail-at': '100GiB' }, /^`fail-at` must be/],
    [{ 'fail-at': '0GB' }, /^`fail-at` must be/],
    [{ 'warn-at': '1.5TB' }, /^`warn-at` must be/],
    [{ 'api-url': 'http://example.com' }, /^`api-url` must be an https URL/],
  ])('%j', async ([inputs, message], { emulator, expect }) => {
    const run = await runUsage(emulator, inputs)
    expect(problemsOf(run)).toEqual([expect.stringMatching(message)])
    expect(run).toMatchObject({ exitCode: 1, outputs: NOTHING })
    expect(emulator.requests).toEqual([])
  })
})
