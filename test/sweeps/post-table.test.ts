import { describe, expect } from 'vitest'
import { ago, operationsOf } from '../actions/accounts.ts'
import { create, type Inputs, it } from '../actions/step.ts'
import type { JobStatus } from '../github-runner.ts'
import { NOTHING } from '../nothing.ts'

const OLD = ['older', 'newer']
const OLD_AND_NEW = ['older', 'newer', 'new']
const ENDS: readonly JobStatus[] = ['success', 'failure', 'cancelled']

interface Line {
  readonly ifExists: string
  readonly deleteAfterJob: string
  readonly outcome: string | undefined
  /** The operations of main. */
  readonly main: readonly string[]
  readonly ends: readonly JobStatus[]
  /** The keys left after each of these ends, oldest first. */
  readonly left: readonly string[]
}

/** What happens to an account that has two keys of the name. Where the post step does nothing, whatever the end, it runs thrice. */
const LINES: readonly Line[] = [
  line('create', 'never', 'created', ['create'], ENDS, OLD_AND_NEW),
  line('create', 'failure', 'created', ['create'], ['success'], OLD_AND_NEW),
  line('create', 'failure', 'created', ['create'], ['failure'], OLD),
  line('create', 'failure', 'created', ['create'], ['cancelled'], OLD),
  line('create', 'always', 'created', ['create'], ['success'], OLD),
  line('create', 'always', 'created', ['create'], ['failure'], OLD),
  line('create', 'always', 'created', ['create'], ['cancelled'], OLD),
  line('reuse', 'never', 'reused', ['list'], ENDS, OLD),
  line('reuse', 'failure', 'reused', ['list'], ENDS, OLD),
  line('reuse', 'always', 'reused', ['list'], ENDS, OLD),
  line('replace', 'never', 'replaced', ['list', 'create'], ['success'], ['new']),
  line('replace', 'never', 'replaced', ['list', 'create'], ['failure', 'cancelled'], OLD_AND_NEW),
  line('replace', 'failure', 'replaced', ['list', 'create'], ['success'], ['new']),
  line('replace', 'failure', 'replaced', ['list', 'create'], ['failure'], OLD),
  line('replace', 'failure', 'replaced', ['list', 'create'], ['cancelled'], OLD),
  line('fail', 'never', undefined, ['list'], ENDS, OLD),
  line('fail', 'failure', undefined, ['list'], ENDS, OLD),
  line('fail', 'always', undefined, ['list'], ENDS, OLD),
]

function line(
  ifExists: string,
  deleteAfterJob: string,
  outcome: string | undefined,
  main: string[],
  ends: readonly JobStatus[],
  left: readonly string[],
): Line {
  return { ifExists, deleteAfterJob, outcome, main, ends, left }
}

describe.concurrent('two keys of the name exist', () => {
  it.for(LINES)(
    'if-exists $ifExists, delete-after-job $deleteAfterJob, job $ends',
    async (one, { emulator }) => {
      const older = emulator.seedKey({ name: 'app', created: ago(2000) })
      const newer = emulator.seedKey({ name: 'app', created: ago(1000) })
      const labels: Record<string, string> = { [older.uid]: 'older', [newer.uid]: 'newer' }
      const inputs = { name: 'app', 'if-exists': one.ifExists }
      const step = await create(emulator, { ...inputs, 'delete-after-job': one.deleteAfterJob })
      const there = emulator.keys().length
      expect(step.exitCode).toBe(one.outcome === undefined ? 1 : 0)
      expect(step.outputs.outcome).toBe(one.outcome)
      if (one.outcome === 'reused') expect(step.outputs).toMatchObject({ uid: newer.uid, key: '' })

      for (const jobStatus of one.ends) {
        expect(await step.post({ jobStatus })).toMatchObject({ exitCode: 0, annotations: [] })
        expect(emulator.keys().map(({ uid }) => labels[uid] ?? 'new')).toEqual(one.left)
      }
      const deletes = Array<string>(there - one.left.length).fill('delete')
      expect(operationsOf(emulator)).toEqual([...one.main, ...deletes])
    },
  )
})

describe.concurrent('combinations that cannot work', () => {
  it.for<[Inputs, RegExp]>([
    [{ 'if-exists': 'reuse', ttl: '60' }, /^`ttl` cannot.*`if-exists: replace`.*credentials action/],
    [
      { 'if-exists': 'replace', 'delete-after-job': 'always' },
      /^`if-exists: replace` cannot.*`delete-after-job: failure`.*`if-exists: create`/,
    ],
    [{ 'keep-previous': '1' }, /^`keep-previous`.*`if-exists: replace`: add that, or leave it out/],
    [{ 'keep-previous': '-1', 'if-exists': 'replace' }, /^`keep-previous` must be a whole number/],
  ])('%j', async ([given, message], { emulator }) => {
    const step = await create(emulator, { name: 'app', ...given })
    expect(step).toMatchObject({ exitCode: 1, outputs: NOTHING, state: NOTHING })
    expect(step.annotations).toEqual([{ level: 'error', message: expect.stringMatching(message) }])
    expect(emulator.requests).toEqual([])
  })
})
