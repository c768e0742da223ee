import { describe } from 'vitest'
import { EVENTS, type EventName, type PayloadFile, type StepOptions, startedBy } from '../github-runner.ts'
import { create, it, problemsOf } from './step.ts'

const QUEUE = EVENTS.merge_group.runner.GITHUB_REF_NAME
/** What each event's key is called; every other event needs a name. */
const NAMES: Partial<Record<EventName, string>> = {
  'push to a branch': 'octo/app@feature/a',
  'push of a tag': 'octo/app@v1.2',
  workflow_dispatch: 'octo/app@feature/a',
  schedule: 'octo/app@main',
  release: 'octo/app@v1.2',
  merge_group: `octo/app@${QUEUE}`,
  create: 'octo/app@feature/a',
  deployment: 'octo/app@v1.2',
  deployment_status: 'octo/app@v1.2',
  pull_request: 'octo/app#7',
  'pull_request, closed': 'octo/app#7',
  'pull_request, merged': 'octo/app#7',
  'pull_request of a fork': 'octo/app#7',
  pull_request_target: 'octo/app#7',
  pull_request_review: 'octo/app#7',
  pull_request_review_comment: 'octo/app#7',
  'comment on a pull request': 'octo/app#9',
}
const REF_EVENTS = ['push', 'workflow_dispatch', 'schedule', 'release', 'merge_group', 'create', 'deployment']
const OTHER_EVENTS = [
  'pull_request',
  'pull_request_target',
  'issue_comment',
  'workflow_run',
  'dynamic',
  'status',
]
const FORK = { head_repository: { full_name: 'mallory/app' } }

type Case = readonly [what: string, step: Pick<StepOptions, 'event' | 'runner'>, name: string | undefined]

const EVENT_CASES: readonly Case[] = Object.entries(EVENTS).map(([what, step]) => [
  what,
  step,
  Object.entries(NAMES).find(([event]) => event === what)?.[1],
])
const CASES: readonly Case[] = [
  ...EVENT_CASES,
  ...[...REF_EVENTS, 'deployment_status'].map(
    (event): Case => [`workflow_run, after ${event}`, startedBy(event), 'octo/app@feature'],
  ),
  ...OTHER_EVENTS.map((event): Case => [`workflow_run, after ${event}`, startedBy(event), undefined]),
  ['workflow_run, after a push to a fork', startedBy('push', FORK), undefined],
  ['workflow_run, after a fork that was deleted', startedBy('push', { head_repository: null }), undefined],
  [
    'workflow_run, after the deployment of a commit',
    startedBy('deployment', { head_branch: null }),
    undefined,
  ],
  ['an event without a name', { runner: { GITHUB_EVENT_NAME: undefined } }, undefined],
  ['a push without a ref', { runner: { GITHUB_REF_NAME: undefined } }, undefined],
]

describe.concurrent('the derived name', () => {
  for (const [what, step, name] of CASES) {
    it(`${what}: ${name ?? 'name is required'}`, async ({ emulator, expect }) => {
      const run = await create(emulator, {}, step)
      expect(run.outputs.name).toBe(name)
      expect(emulator.keys().map(key => key.name)).toEqual(name === undefined ? [] : [name])
      if (name !== undefined) return
      expect(problemsOf(run)).toEqual([expect.stringMatching(/^`name` is required here: /)])
      expect(emulator.requests).toEqual([])
    })
  }

  it('belongs to the job alone with delete-after-job: always', async ({ emulator, expect }) => {
    const step = { event: EVENTS.pull_request.event, runner: { GITHUB_RUN_ATTEMPT: '3' } }
    const own = () => create(emulator, { 'delete-after-job': 'always' }, step)
    const names = (await Promise.all([own(), own()])).map(({ outputs }) => outputs.name)
    for (const name of names) expect(name).toMatch(/^octo\/app#7 1234567890-3-[0-9a-f]{8}$/)
    expect(names[0]).not.toBe(names[1])
  })

  for (const event of ['status', 'comment on an issue', 'deployment of a commit'] as const) {
    it(`${event}: with delete-after-job: always, no owner but the run`, async ({ emulator, expect }) => {
      const run = await create(emulator, { 'delete-after-job': 'always' }, EVENTS[event])
      expect(run.outputs.name).toMatch(/^octo\/app 1234567890-1-[0-9a-f]{8}$/)
      await run.post()
      expect(emulator.keys()).toEqual([])
    })
  }

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

  it('is one of a name that is given, as it is, but for line breaks at its end', async ({
    emulator,
    expect,
  }) => {
    const run = await create(emulator, { name: ' a b \r\n' }, { runner: { GITHUB_REF_NAME: '' } })
    expect(run.outputs.name).toBe(' a b ')
    const blank = await create(emulator, { name: ' \t ' })
    expect(blank.outputs.name).toBe('octo/app@main')
  })
})

/** Files that say nothing of the event. */
const UNREADABLE: readonly PayloadFile[] = [
  { text: '' },
  'missing',
  'directory',
  { text: '{"action":"synchronize","numb' },
  { text: 'null' },
]
const WITHOUT_PAYLOAD: readonly Case[] = [
  ['pull_request, merged', EVENTS['pull_request, merged'], undefined],
  ['pull_request_target', EVENTS.pull_request_target, undefined],
  ['comment on a pull request', EVENTS['comment on a pull request'], undefined],
  ['workflow_run, after push', startedBy('push'), undefined],
  ['push to a branch', EVENTS['push to a branch'], 'octo/app@feature/a'],
  ['pull_request', EVENTS.pull_request, 'octo/app#7'],
  ['pull_request, closed', EVENTS['pull_request, closed'], 'octo/app#7'],
  ['pull_request_review', EVENTS.pull_request_review, 'octo/app#7'],
]

describe.concurrent('a payload that says nothing makes no key into that of main', () => {
  const cases = WITHOUT_PAYLOAD.flatMap(([what, step, name]) => {
    const files = /^pull_request(_target)?$/.test(what) ? UNREADABLE : UNREADABLE.slice(0, 1)
    return files.map(file => [what, step, name, file] as const)
  })
  for (const [what, { event = { name: '', payload: null }, runner = {} }, name, file] of cases) {
    it(`${what}, ${JSON.stringify(file)}: ${name ?? 'name is required'}`, async ({ emulator, expect }) => {
      const main = emulator.seedKey({ name: 'octo/app@main' })
      const run = await create(emulator, { 'if-exists': 'replace' }, { event: { ...event, file }, runner })
      expect(run.outputs.name).toBe(name)
      if (name === undefined)
        expect(problemsOf(run)).toEqual([expect.stringMatching(/^`name` is required here: /)])
      else await run.post()
      expect(emulator.keys()[0]?.uid).toBe(main.uid)
    })
  }

  it('and a byte order mark before it is no part of it', async ({ emulator, expect }) => {
    for (const name of ['pull_request_target', 'comment on a pull request'] as const) {
      const { event, runner } = EVENTS[name]
      const file = { text: `\ufeff${JSON.stringify(event.payload)}` }
      const run = await create(emulator, {}, { event: { ...event, file }, runner })
      expect(run.outputs.name).toBe(NAMES[name])
    }
  })
})
