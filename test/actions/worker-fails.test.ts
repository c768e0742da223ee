import { describe } from 'vitest'
import { until } from '../emulator/ask.ts'
import { TOKENS } from '../emulator/emulator.ts'
import type { Fault } from '../emulator/faults.ts'
import { cancelJob, cancelStep } from '../github-runner.ts'
import { NOTHING } from '../nothing.ts'
import { operationsOf } from './accounts.ts'
import { keyOf, writesOf } from './environment-step.ts'
import { it, problemsOf } from './step.ts'
import {
  createInWorker,
  deployWorker,
  KINDS,
  SECRET,
  secretsOf,
  seedWorkerPair,
  startCreateInWorker,
  UID,
} from './worker-step.ts'

const OTHER = { OTHER: 'other' }

describe.concurrent.each(KINDS)('store: $store', ({ store, read, write, label }) => {
  it('a Worker that does not exist: no key, and none is created', async ({ emulator, expect }) => {
    const run = await createInWorker(emulator, store)
    expect(run).toMatchObject({ exitCode: 1, outputs: NOTHING, state: NOTHING })
    expect(problemsOf(run)).toEqual([expect.stringContaining('There is no Worker "app" in the account 0000')])
    expect(problemsOf(run)[0]).toContain(store === 'worker' ? 'Deploy it once' : '`wrangler preview`')
    expect(writesOf(emulator)).toEqual([])
    expect([emulator.worker('app'), emulator.keys()]).toEqual([undefined, []])
  })

  for (const [token, words, writes] of [
    ['write', 'needs the permission Workers Scripts: Edit', []],
    ['workersOnly', 'needs the permission Calls Write', []],
    ['workersRead', 'needs the permission Workers Scripts: Edit', ['create', write, 'delete']],
    ['other', 'needs the permission Calls Write', []],
  ] as const) {
    it(`the token ${token}`, async ({ emulator, expect }) => {
      deployWorker(emulator, store, OTHER)
      const run = await createInWorker(emulator, store, { 'api-token': TOKENS[token] })
      expect(run).toMatchObject({ exitCode: 1, outputs: NOTHING })
      expect(problemsOf(run)).toEqual([expect.stringContaining(words)])
      expect(writesOf(emulator)).toEqual(writes)
      expect([secretsOf(emulator, store), emulator.keys()]).toEqual([OTHER, []])
    })
  }

  const refusals: readonly (readonly [string, Fault, string])[] = [
    [
      '10214',
      { on: write, kind: 'error', status: 400, errors: [{ code: 10214, message: 'm' }] },
      'deploy it',
    ],
    ['10053', { on: write, kind: 'error', status: 400, errors: [{ code: 10053, message: 'm' }] }, '`vars`'],
    ['a wait of an hour', { on: write, kind: 'error', status: 429, retryAfter: 3600 }, 'run this again'],
  ]
  for (const [what, fault, words] of refusals) {
    it(`a write that is refused, ${what}: the key is deleted again`, async ({ emulator, expect }) => {
      const { uid, secret } = seedWorkerPair(emulator, store)
      emulator.injectFault(fault)
      const run = await createInWorker(emulator, store, { 'if-exists': 'replace' })
      expect(run).toMatchObject({ exitCode: 1, outputs: NOTHING })
      expect(problemsOf(run)).toEqual([expect.stringContaining(`Could not change ${label}`)])
      expect(problemsOf(run)[0]?.toLowerCase()).toContain(words)
      expect((await run.post({ jobStatus: 'failure' })).annotations).toEqual([])
      expect(emulator.keys().map(key => key.uid)).toEqual([uid])
      expect(secretsOf(emulator, store)).toEqual({ ...OTHER, [UID]: uid, [SECRET]: secret })
    })
  }

  it('a write whose response is lost, and that cannot be repeated for the rate limit: the key that the Worker holds is kept', async ({
    emulator,
    expect,
  }) => {
    deployWorker(emulator, store, OTHER)
    // It is carried out, and the response says neither that, nor that there are requests left.
    emulator.injectFault({
      on: write,
      kind: 'error',
      status: 504,
      effect: true,
      headers: { ratelimit: '"default";r=0;t=600' },
    })
    const run = await createInWorker(emulator, store)
    expect(run).toMatchObject({ exitCode: 1, outputs: NOTHING })
    const [key] = emulator.keys()
    expect(secretsOf(emulator, store)).toEqual({ ...OTHER, [UID]: key?.uid, [SECRET]: key?.secret })
    expect(problemsOf(run)).toEqual([expect.stringContaining(`The TURN key ${key?.uid} is kept`)])
    await run.post({ jobStatus: 'failure' })
    expect(emulator.keys()).toHaveLength(1)
  })

  const lost: readonly (readonly [string, Fault])[] = [
    ['lost', { on: write, kind: 'response-lost', times: 2 }],
    ['a page', { on: write, kind: 'html', times: 2 }],
    ['half of it', { on: write, kind: 'cut', times: 2 }],
    ['no JSON, though 200', { on: write, kind: 'text', body: 'ok', times: 2 }],
  ]
  for (const [what, fault] of lost) {
    it(`a response that is ${what} twice: written again`, async ({ emulator, expect }) => {
      deployWorker(emulator, store, OTHER)
      emulator.injectFault(fault)
      const run = await createInWorker(emulator, store)
      expect(run).toMatchObject({ exitCode: 0, annotations: [], outputs: { outcome: 'created' } })
      const key = keyOf(emulator, run)
      expect(secretsOf(emulator, store)).toEqual({ ...OTHER, [UID]: key.uid, [SECRET]: key.secret })
      expect(writesOf(emulator)).toEqual(['create', write, write, write])
    })
  }

  for (const [what, kind] of [
    ['each had its effect', 'response-lost'],
    ['none had', 'reset'],
  ] as const) {
    it(`three responses lost, and ${what}: the key is kept and named, and reuse goes on from there`, async ({
      emulator,
      expect,
    }) => {
      deployWorker(emulator, store, OTHER)
      emulator.injectFault({ on: write, kind, times: 3 })
      const run = await createInWorker(emulator, store)
      const [key] = emulator.keys()
      expect(run).toMatchObject({ exitCode: 1, outputs: NOTHING })
      expect(problemsOf(run)).toEqual([
        expect.stringContaining(
          `The TURN key ${key?.uid} is kept, because it is stored in ${label}, or may be.`,
        ),
      ])
      const post = await run.post({ jobStatus: 'failure' })
      expect(problemsOf(post, 'warning')).toEqual([
        expect.stringContaining(`${key?.uid}, so the key is not deleted`),
      ])
      expect(writesOf(emulator)).toEqual(['create', write, write, write])

      const next = await createInWorker(emulator, store)
      expect(next.outputs.outcome).toBe(kind === 'reset' ? 'created' : 'reused')
      const stored = emulator.keys().find(({ uid }) => uid === next.outputs.uid)
      expect(secretsOf(emulator, store)).toEqual({ ...OTHER, [UID]: stored?.uid, [SECRET]: stored?.secret })
    })
  }

  it('refused when it is written again: the first may have had its effect', async ({ emulator, expect }) => {
    deployWorker(emulator, store, OTHER)
    emulator.injectFault({ on: write, kind: 'response-lost' })
    emulator.injectFault({ on: write, kind: 'error', status: 403, errors: [{ code: 10000, message: 'm' }] })
    const run = await createInWorker(emulator, store)
    const [key] = emulator.keys()
    expect(problemsOf(run)).toEqual([expect.stringContaining(`The TURN key ${key?.uid} is kept`)])
    expect(secretsOf(emulator, store)).toEqual({ ...OTHER, [UID]: key?.uid, [SECRET]: key?.secret })
  })

  it('a Worker deleted before the write: the key is deleted again', async ({ emulator, expect }) => {
    deployWorker(emulator, store, OTHER)
    emulator.injectFault({ on: 'create', kind: 'slow', delay: 300 })
    const running = startCreateInWorker(emulator, store)
    await until(() => writesOf(emulator).includes('create'))
    emulator.removeWorker('app')
    const run = await running.done
    expect(problemsOf(run)).toEqual([expect.stringContaining('deploy the Worker once')])
    expect([emulator.keys(), emulator.worker('app')]).toEqual([[], undefined])
  })

  it('credentials that cannot be minted: nothing is written, and the key is deleted', async ({
    emulator,
    expect,
  }) => {
    const { uid } = seedWorkerPair(emulator, store)
    emulator.injectFault({ on: 'mint', kind: 'error', status: 400 })
    const run = await createInWorker(emulator, store, { 'if-exists': 'replace', ttl: '60' })
    expect(run).toMatchObject({ exitCode: 1, outputs: NOTHING })
    expect(writesOf(emulator)).toEqual(['create', 'mint', 'delete'])
    expect(secretsOf(emulator, store)).toMatchObject({ [UID]: uid })
  })

  it('cancelled while the key is created: nothing is written, and it is deleted', async ({
    emulator,
    expect,
  }) => {
    deployWorker(emulator, store, OTHER)
    emulator.injectFault({ on: 'create', kind: 'slow', delay: 600 })
    const running = startCreateInWorker(emulator, store)
    await until(() => writesOf(emulator).includes('create'))
    const { step } = await cancelJob(running)
    expect(problemsOf(step)).toEqual(['The job was cancelled.'])
    expect(writesOf(emulator)).toEqual(['create', 'delete'])
    expect([secretsOf(emulator, store), emulator.keys()]).toEqual([OTHER, []])
  })

  it('cancelled while it is written: that is awaited, and the pair stays', async ({ emulator, expect }) => {
    const old = seedWorkerPair(emulator, store)
    emulator.injectFault({ on: write, kind: 'slow', delay: 600, effectAfterDelay: true })
    const running = startCreateInWorker(emulator, store, { 'if-exists': 'replace' })
    await until(() => writesOf(emulator).includes(write))
    const { step, post } = await cancelJob(running)
    const [, key] = emulator.keys()
    expect(step).toMatchObject({ exitCode: 1, outputs: NOTHING })
    expect(problemsOf(step)).toEqual([
      expect.stringContaining(
        `The job was cancelled. The TURN key ${key?.uid} is kept: it is stored in ${label}, and the next run`,
      ),
    ])
    expect(post.annotations).toEqual([])
    expect(emulator.keys().map(({ uid }) => uid)).toEqual([old.uid, key?.uid])
    expect(secretsOf(emulator, store)).toEqual({ ...OTHER, [UID]: key?.uid, [SECRET]: key?.secret })
    expect((await createInWorker(emulator, store)).outputs).toMatchObject({ outcome: 'reused' })
  })

  it('cancelled when Cloudflare did not say that it is written: it is written again', async ({
    emulator,
    expect,
  }) => {
    deployWorker(emulator, store, OTHER)
    emulator.injectFault({ on: write, kind: 'html', status: 502 })
    const running = startCreateInWorker(emulator, store)
    await until(() => writesOf(emulator).includes(write))
    const run = await cancelStep(running)
    const [key] = emulator.keys()
    expect(problemsOf(run)).toEqual([expect.stringContaining(`The TURN key ${key?.uid} is kept`)])
    expect(writesOf(emulator)).toEqual(['create', write, write])
    expect(secretsOf(emulator, store)).toEqual({ ...OTHER, [UID]: key?.uid, [SECRET]: key?.secret })
  })

  it('cancelled while it waits for a rate limit: nothing is written, and the key is deleted', async ({
    emulator,
    expect,
  }) => {
    deployWorker(emulator, store, OTHER)
    emulator.injectFault({ on: write, kind: 'error', status: 429, retryAfter: 3 })
    const running = startCreateInWorker(emulator, store)
    await until(() => writesOf(emulator).includes(write))
    const run = await cancelStep(running)
    expect(problemsOf(run)).toEqual(['The job was cancelled.'])
    expect(writesOf(emulator)).toEqual(['create', write, 'delete'])
    expect([secretsOf(emulator, store), emulator.keys()]).toEqual([OTHER, []])
  })

  it('a page in place of what is there: nothing is created', async ({ emulator, expect }) => {
    seedWorkerPair(emulator, store)
    emulator.injectFault({ on: read, kind: 'html', status: 404, times: 3 })
    const run = await createInWorker(emulator, store)
    expect(problemsOf(run)).toEqual([expect.stringContaining(`Could not read ${label}`)])
    expect(writesOf(emulator)).toEqual([])
  })
})

const CASES: readonly [string, Record<string, string>, string][] = [
  ['no Worker', { worker: '' }, '`worker` is missing'],
  ['white space for a Worker', { worker: '  ' }, '`worker` is missing'],
  ['a name that begins with -', { worker: '-app' }, '`worker` must be the name of a Worker'],
  ['a name with a slash', { worker: '../workers/app' }, '`worker` must be the name of a Worker'],
  ['a name with a question mark', { worker: 'app?x' }, '`worker` must be the name of a Worker'],
  ['a GitHub token', { 'github-token': 'github_pat_x' }, 'needs no `github-token`'],
  ['an environment', { environment: 'staging' }, 'Set `environment` or `store`, not both'],
  ['one name twice', { 'uid-variable': 'A', 'key-secret': 'A' }, 'must differ'],
  ['a name with a hyphen', { 'uid-variable': 'TURN-KEY' }, '`uid-variable` must be a name'],
  ['a name that bundlers publish', { 'key-secret': 'Vite_Key' }, '`key-secret` must not begin with Vite_'],
  ['delete-after-job', { 'delete-after-job': 'always' }, '`delete-after-job` cannot be used with'],
  ['ttl, and reuse by default', { ttl: '60' }, '`ttl` cannot be used with `if-exists: reuse`'],
  ['keep-previous, and reuse by default', { 'keep-previous': '1' }, '`keep-previous` only works with'],
  ['another store', { store: 'workers' }, '`store` must be repository, worker or worker-previews'],
  ['a Worker, and no store', { store: '' }, '`worker` only works with `store: worker`'],
  ['a Worker, and the repository', { store: 'repository', 'github-token': 'x' }, '`worker` only works with'],
]

describe.concurrent('refused before the first request', () => {
  for (const [what, inputs, message] of CASES) {
    it(what, async ({ emulator, expect }) => {
      const run = await createInWorker(emulator, 'worker', inputs)
      expect(run).toMatchObject({ exitCode: 1, outputs: NOTHING, state: NOTHING })
      expect(problemsOf(run)).toContainEqual(expect.stringContaining(message))
      expect(operationsOf(emulator)).toEqual([])
    })
  }
})
