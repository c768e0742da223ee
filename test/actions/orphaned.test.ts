import { describe, expect } from 'vitest'
import type { Emulator } from '../emulator/emulator.ts'
import { names, operationsOf } from './accounts.ts'
import { it, runOrphaned } from './orphaned-step.ts'
import { problemsOf } from './step.ts'

/** The names of keys, and for each why it goes, `stays`, or `unproved`: it stays, and a warning says so. */
const VERDICTS: Readonly<Record<string, string>> = {
  'octo/app#1': 'pull request closed',
  'octo/app#12': 'stays',
  'octo/app#3': 'stays', // reopened
  'octo/app#4': 'pull request closed', // merged
  'octo/app#404': 'unproved',
  'octo/app#01': 'stays',
  'octo/app#+1': 'stays',
  'octo/app#1a': 'stays',
  'octo/app#1 ': 'stays',
  'octo/app#0': 'stays',
  'octo/app#': 'stays',
  'octo/app#1#1': 'stays',
  'octo/app-2#1': 'stays',
  'octo/app2@gone': 'stays',
  'my-octo/app#1': 'stays',
  'Octo/App#1': 'stays',
  'octo/app': 'stays',
  'octo/app:staging': 'stays',
  'octo/app:staging#1': 'stays',
  'octo/app preview': 'stays',
  'octo/app/sub#1': 'stays',
  'octo/app@main': 'stays',
  'octo/app@mai': 'no such branch or tag',
  'octo/app@main2': 'no such branch or tag',
  'octo/app@Main': 'no such branch or tag',
  'octo/app@feature/a': 'stays',
  'octo/app@feature': 'no such branch or tag',
  'octo/app@feature/b': 'no such branch or tag',
  'octo/app@fix#7': 'stays',
  'octo/app@fix#8': 'no such branch or tag',
  'octo/app@100%': 'stays',
  'octo/app@100%25': 'no such branch or tag',
  'octo/app@50%2Fa': 'no such branch or tag',
  'octo/app@a{owner}+&=': 'stays',
  'octo/app@b{repo}+&=': 'no such branch or tag',
  'octo/app@größe/日本': 'stays',
  'octo/app@größe/本': 'no such branch or tag',
  'octo/app@v1.0': 'stays', // a tag
  'octo/app@v1': 'no such branch or tag',
  'octo/app@gh-readonly-queue/main/pr-7-0123': 'no such branch or tag',
  'octo/app@7/merge': 'stays',
  'octo/app@7/head': 'stays',
  'octo/app@gone foo': 'stays',
  'octo/app@': 'stays',
  'octo/app@a..b': 'stays',
  'octo/app@../../pulls/1': 'stays',
  'octo/app@a:b': 'stays',
  'octo/app@a@{1}': 'stays',
  'octo/app@refs/heads/gone': 'stays',
  'octo/app@0123456789abcdef0123456789abcdef01234567': 'stays',
  'octo/app@bad\ud800': 'stays',
  'octo/app#1 10-1-0123abcd': 'stays', // in progress
  'octo/app#12 20-1-0123abcd': 'workflow run completed',
  'octo/app@main 20-2-0123abcd': 'workflow run completed',
  'octo/app@gone 10-1-0123abcd': 'stays',
  'octo/app@gone 11-1-0123abcd': 'stays', // queued
  'octo/app@gone 404-1-0123abcd': 'unproved',
  'octo/app@gone 20-1-0123ABCD': 'stays',
  'octo/app@gone 20-1-0123abc': 'stays',
  'octo/app@gone 20-1-0123abcd0': 'stays',
  'octo/app@gone  20-1-0123abcd': 'stays',
  'octo/app@gone 20-0123abcd': 'stays',
  'octo/app@gone foo 20-1-0123abcd': 'stays',
  'octo/app:staging 20-1-0123abcd': 'stays',
  'octo/app worker app': 'stays',
  'octo/app worker app previews': 'stays',
  'octo/app 20-1-0123abcd': 'workflow run completed',
  'octo/app 10-1-0123abcd': 'stays', // in progress
  'octo/app worker 20-1-0123abcd': 'stays',
  'octo/app  20-1-0123abcd': 'stays',
  'ghes.example/octo/app#1': 'stays',
  'ghes.example/octo/app@gone': 'stays',
  'octo/app@20-1-0123abcd': 'no such branch or tag',
  '20-1-0123abcd': 'stays',
}

function seed({ github, seedKey }: Emulator): void {
  for (const number of [1, 4]) github.setPull(number, 'closed')
  for (const number of [3, 12]) github.setPull(number, 'open')
  for (const branch of ['main', 'main-2', 'feature/a', 'fix#7', '100%', 'a{owner}+&=', 'größe/日本'])
    github.addRef(`refs/heads/${branch}`)
  github.addRef('refs/tags/v1.0')
  github.addRef('refs/pull/7/merge')
  github.setRun(10, 'in_progress')
  github.setRun(11, 'queued')
  github.setRun(20, 'completed')
  for (const name of Object.keys(VERDICTS)) seedKey({ name })
}

const isGone = (verdict: string): boolean => verdict !== 'stays' && verdict !== 'unproved'
const gone = Object.entries(VERDICTS).filter(([, verdict]) => isGone(verdict))
const left = Object.entries(VERDICTS).filter(([, verdict]) => !isGone(verdict))

describe.concurrent('orphaned deletes exactly the keys whose owner is gone', () => {
  it('the table of verdicts, with a reason for each that goes, and one warning a kind', async ({
    emulator,
  }) => {
    seed(emulator)
    const step = await runOrphaned(emulator)
    expect(names(emulator)).toEqual(left.map(([name]) => name))
    expect(step).toMatchObject({ exitCode: 0, outputs: { count: String(gone.length) } })
    for (const [name, reason] of gone) expect(step.log).toContain(`, ${name}: ${reason}.`)
    expect(step.summary).toContain('octo/app#1: pull request closed')
    for (const [name, verdict] of left) if (verdict === 'stays') expect(step.log).not.toContain(`, ${name}:`)
    expect(problemsOf(step, 'warning').toSorted()).toEqual([
      expect.stringMatching(
        /^The keys of a pull request are kept: .*pull request 404: .*`pull-requests: read`/,
      ),
      expect.stringMatching(/^The keys of a workflow run are kept: .*workflow run 404: .*`actions: read`/),
    ])
  })

  it('dry-run says why, and deletes nothing', async ({ emulator }) => {
    seed(emulator)
    const step = await runOrphaned(emulator, { orphaned: 'TRUE', 'dry-run': 'true' })
    expect(step.outputs.count).toBe(String(gone.length))
    for (const [name, reason] of gone) expect(step.log).toContain(`, ${name}: ${reason}.`)
    expect(names(emulator)).toHaveLength(Object.keys(VERDICTS).length)
    expect(operationsOf(emulator)).not.toContain('delete')
  })

  it('the list is read first, each owner is asked about once, each kind only when there are names of it', async ({
    emulator,
  }) => {
    emulator.github.setPull(7, 'closed')
    for (const name of ['octo/app#7', 'octo/app#7', 'octo/app#7', 'octo/app:staging'])
      emulator.seedKey({ name })
    const step = await runOrphaned(emulator)
    expect(step).toMatchObject({ exitCode: 0, annotations: [], outputs: { count: '3' } })
    expect(operationsOf(emulator)).toEqual(['list', 'gh-repo', 'gh-pull', 'delete', 'delete', 'delete'])
    expect(step.summary.match(/pull request closed/g)).toHaveLength(1)
  })

  it('without a derived name GitHub is not asked', async ({ emulator }) => {
    for (const name of ['octo/app:staging', 'octo/app', 'mine']) emulator.seedKey({ name })
    const step = await runOrphaned(emulator)
    expect(step).toMatchObject({ exitCode: 0, annotations: [], outputs: { count: '0' } })
    expect(operationsOf(emulator)).toEqual(['list'])
  })

  it('a name that is only the beginning of 250 others: all pages are read', async ({ emulator }) => {
    for (let index = 0; index < 250; index++) emulator.github.addRef(`refs/heads/a${index}`)
    for (const name of ['octo/app@a', 'octo/app@a249']) emulator.seedKey({ name })
    const step = await runOrphaned(emulator)
    expect(names(emulator)).toEqual(['octo/app@a249'])
    expect(step.log).toContain('octo/app@a: no such branch or tag')
    const heads = emulator.requests.filter(({ params }) => params.ref === 'heads/a')
    expect(heads.map(({ path }) => new URL(path, 'http://x').searchParams.get('page'))).toEqual([
      '1',
      '2',
      '3',
    ])
  })

  it('an exact name on the second page is alive', async ({ emulator }) => {
    emulator.seedKey({ name: 'octo/app@a' })
    for (let index = 0; index < 100; index++) emulator.github.addRef(`refs/heads/a${index}`)
    emulator.github.addRef('refs/heads/a')
    await runOrphaned(emulator)
    expect(names(emulator)).toEqual(['octo/app@a'])
    expect(operationsOf(emulator)).toEqual(['list', 'gh-repo', 'gh-matching-refs', 'gh-matching-refs'])
  })

  it('older-than is a further filter, and keys that it keeps are not asked about', async ({ emulator }) => {
    for (const number of [1, 2, 3]) emulator.github.setPull(number, 'closed')
    const day = 86_400_000
    const at = (days: number): string => new Date(Date.now() - days * day).toISOString()
    emulator.seedKey({ name: 'octo/app#1', created: at(8) })
    emulator.seedKey({ name: 'octo/app#2', created: at(6) })
    emulator.seedKey({ name: 'octo/app#3', created: '' })
    const step = await runOrphaned(emulator, { 'older-than': '7d' })
    expect(step).toMatchObject({ exitCode: 0, annotations: [] })
    expect(names(emulator).toSorted()).toEqual(['octo/app#2', 'octo/app#3'])
    expect(operationsOf(emulator)).toEqual(['list', 'gh-repo', 'gh-pull', 'delete'])
  })
})
