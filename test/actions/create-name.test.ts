import { describe } from 'vitest'
import type { StepOptions } from '../github-runner.ts'
import { create, it, problemsOf } from './step.ts'

const PULL_REQUEST = { number: 7, head: { repo: { full_name: 'octo/app' } } }
const TAG = { GITHUB_REF: 'refs/tags/v1.2', GITHUB_REF_NAME: 'v1.2', GITHUB_REF_TYPE: 'tag' }
const CASES: readonly [string, Pick<StepOptions, 'event' | 'runner'>, string][] = [
  ['a push', { event: { name: 'push', payload: { ref: 'refs/heads/main' } } }, 'octo/app@main'],
  ['a tag', { event: { name: 'push', payload: {} }, runner: TAG }, 'octo/app@v1.2'],
  [
    'a pull request',
    {
      event: { name: 'pull_request', payload: { number: 7, pull_request: PULL_REQUEST } },
      runner: { GITHUB_REF_NAME: '7/merge' },
    },
    'octo/app#7',
  ],
  [
    'a pull request, in the context of its base',
    { event: { name: 'pull_request_target', payload: { number: 7, pull_request: PULL_REQUEST } } },
    'octo/app#7',
  ],
  [
    'a comment on a pull request',
    { event: { name: 'issue_comment', payload: { issue: { number: 9, pull_request: { url: 'u' } } } } },
    'octo/app#9',
  ],
  [
    'a comment on an issue',
    { event: { name: 'issue_comment', payload: { issue: { number: 9 } } } },
    'octo/app@main',
  ],
  ['a payload that is none', { event: { name: 'push', payload: ['pull_request'] } }, 'octo/app@main'],
  ['no payload', { runner: { GITHUB_EVENT_PATH: undefined } }, 'octo/app@main'],
  [
    'a pull request without a number',
    { event: { name: 'pull_request', payload: { pull_request: { number: '7' } } } },
    'octo/app@main',
  ],
]

describe.concurrent('the derived name', () => {
  for (const [what, options, name] of CASES) {
    it(`${what}: ${name}`, async ({ emulator, expect }) => {
      const run = await create(emulator, {}, options)
      expect(run.outputs.name).toBe(name)
      expect(emulator.keys().map(key => key.name)).toEqual([name])
    })
  }

  it('belongs to the job alone with delete-after-job: always', async ({ emulator, expect }) => {
    const event = { name: 'pull_request', payload: { pull_request: PULL_REQUEST } }
    const runner = { GITHUB_RUN_ATTEMPT: '3' }
    const own = () => create(emulator, { 'delete-after-job': 'always' }, { event, runner })
    const names = (await Promise.all([own(), own()])).map(({ outputs }) => outputs.name)
    for (const name of names) expect(name).toMatch(/^octo\/app#7 1234567890-3-[0-9a-f]{8}$/)
    expect(names[0]).not.toBe(names[1])
  })

  it('gives way to a name', async ({ emulator, expect }) => {
    const run = await create(emulator, { name: 'given: ü 💡', 'delete-after-job': 'always' })
    expect(run.outputs.name).toBe('given: ü 💡')
    expect(emulator.keys()[0]?.name).toBe('given: ü 💡')
  })

  it('is not created from nothing', async ({ emulator, expect }) => {
    const run = await create(emulator, {}, { runner: { GITHUB_REPOSITORY: undefined } })
    expect(problemsOf(run)).toEqual([expect.stringMatching(/^`name` is missing/)])
    expect(emulator.requests).toEqual([])
  })
})
