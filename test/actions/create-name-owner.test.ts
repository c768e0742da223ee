import { describe } from 'vitest'
import type { StepOptions } from '../github-runner.ts'
import { create, it, problemsOf } from './step.ts'

const OWN = { id: 1, full_name: 'octo/app' }
const FORK = { id: 2, full_name: 'mallory/app' }

/** A `workflow_run` event: what started the run that it is about. */
function workflowRun(
  event: string,
  head_repository: object,
  pulls: readonly object[] = [],
): Pick<StepOptions, 'event'> {
  const pull_requests = pulls.map((repo, index) => ({ number: 7 + index, base: { repo } }))
  const workflow_run = { event, head_branch: 'feature', head_repository, pull_requests }
  return { event: { name: 'workflow_run', payload: { repository: OWN, workflow_run } } }
}

/** Whose key it is; undefined where nobody can tell. */
const CASES: readonly [string, Pick<StepOptions, 'event' | 'runner'>, string | undefined][] = [
  ['a push to this repository', workflowRun('push', OWN), 'octo/app@feature'],
  ['a push to a fork', workflowRun('push', FORK), undefined],
  ['one pull request', workflowRun('pull_request', OWN, [OWN]), 'octo/app#7'],
  ['two pull requests', workflowRun('pull_request', OWN, [OWN, OWN]), undefined],
  ['a pull request of another repository', workflowRun('pull_request', OWN, [FORK]), undefined],
  ["a fork's pull request, which GitHub does not name", workflowRun('pull_request', FORK), undefined],
  ['a comment, perhaps on a pull request', workflowRun('issue_comment', OWN), undefined],
  ['a run started by hand on a branch', workflowRun('workflow_dispatch', OWN), 'octo/app@feature'],
  ['a release without a ref', { runner: { GITHUB_REF_NAME: '' } }, undefined],
]

describe.concurrent('the derived name says whose key it is', () => {
  for (const [what, options, name] of CASES) {
    it(`for ${what}: ${name ?? 'name is required'}`, async ({ emulator, expect }) => {
      const main = emulator.seedKey({ name: 'octo/app@main' })
      const nobody = emulator.seedKey({ name: 'octo/app@' })
      const run = await create(emulator, { 'if-exists': 'replace' }, options)
      await run.post()
      const uids = emulator.keys().map(({ uid }) => uid)
      expect(uids.slice(0, 2)).toEqual([main.uid, nobody.uid])
      if (name !== undefined) return expect(run.outputs).toMatchObject({ name, outcome: 'created' })
      expect(problemsOf(run)).toEqual([expect.stringMatching(/^`name` is required here: /)])
      expect(emulator.requests).toEqual([])
    })
  }

  it('and a name that is given is taken as it is, but for line breaks at its end', async ({
    emulator,
    expect,
  }) => {
    const run = await create(emulator, { name: ' a b \r\n' }, { runner: { GITHUB_REF_NAME: '' } })
    expect(run.outputs.name).toBe(' a b ')
    const blank = await create(emulator, { name: ' \t ' })
    expect(blank.outputs.name).toBe('octo/app@main')
  })
})
