import { describe, expect } from 'vitest'
import { TOKENS } from '../emulator/emulator.ts'
import type { JobStatus, StepRun } from '../github-runner.ts'
import { ago, names, operationsOf } from './accounts.ts'
import { create, it } from './step.ts'

const ALWAYS = { 'delete-after-job': 'always', name: 'app' }

describe.concurrent('the post step', () => {
  it('works from what main left: inputs that are empty by now do not matter', async ({ emulator }) => {
    const step = await create(emulator, ALWAYS)
    const gone = ['account-id', 'api-token', 'api-url', 'name', 'if-exists', 'delete-after-job']
    const inputs = Object.fromEntries(gone.map(name => [name, '']))
    const post = await step.post({ jobStatus: 'success', inputs, runner: { GITHUB_REPOSITORY: '' } })
    expect(post).toMatchObject({ exitCode: 0, annotations: [] })
    expect(emulator.keys()).toEqual([])
  })

  it('masks the token again before anything else', async ({ emulator }) => {
    const step = await create(emulator, ALWAYS)
    const post = await step.post()
    expect(post.masks).toEqual([TOKENS.write])
    expect(post.stdout).toMatch(new RegExp(`^::add-mask::${TOKENS.write}\n`))
    expect(post.unmasked).toEqual([])
  })

  it('does nothing after a main that failed before anything was created', async ({ emulator }) => {
    const step = await create(emulator, { 'account-id': 'nonsense', ...ALWAYS })
    expect(step.exitCode).toBe(1)
    const post = await step.post({ jobStatus: 'failure' })
    expect(post).toMatchObject({ exitCode: 0, annotations: [], masks: [] })
    expect(post.log).toContain('nothing to clean up')
    expect(emulator.requests).toEqual([])
  })

  it('does nothing after a create that was refused', async ({ emulator }) => {
    emulator.seedKey({ name: 'app' })
    emulator.injectFault({
      on: 'create',
      kind: 'error',
      status: 403,
      errors: [{ code: 10000, message: 'no' }],
    })
    const step = await create(emulator, ALWAYS)
    const post = await step.post({ jobStatus: 'failure' })
    expect(post).toMatchObject({ exitCode: 0, annotations: [] })
    expect(operationsOf(emulator)).toEqual(['create'])
  })

  it('a key that is gone already is done', async ({ emulator }) => {
    const step = await create(emulator, ALWAYS)
    emulator.removeKey(step.outputs.uid ?? '')
    expect(await step.post()).toMatchObject({ exitCode: 0, annotations: [] })
  })
})

/** The post step warned of each of these keys, with a reason, and of nothing else. */
function expectWarnings(post: StepRun, uids: readonly string[], reason: RegExp): void {
  expect(post.exitCode).toBe(0)
  expect(post.annotations.map(({ level }) => level)).toEqual(uids.map(() => 'warning'))
  for (const [index, uid] of uids.entries()) {
    expect(post.annotations[index]?.message).toMatch(new RegExp(`${uid} remains.*${reason.source}`))
  }
}

describe.concurrent('a post step that cannot delete warns with uid and reason, and fails no job', () => {
  it.for<[string, JobStatus]>([
    ['always', 'success'],
    ['failure', 'failure'],
  ])('the API is down, %s', async ([deleteAfterJob, jobStatus], { emulator }) => {
    const inputs = { name: 'app', 'delete-after-job': deleteAfterJob }
    const step = await create(emulator, inputs)
    await emulator.close()
    const post = await step.post({ jobStatus, ...emulator.clock.skipping() })
    expectWarnings(post, [step.outputs.uid ?? ''], /no connection to 127\.0\.0\.1.*ECONNREFUSED/)
  })

  it('the token was revoked meanwhile', async ({ emulator }) => {
    const old = [1, 2].map(number => emulator.seedKey({ name: 'app', created: ago(number * 1000) }).uid)
    const step = await create(emulator, { name: 'app', 'if-exists': 'replace' })
    const errors = [{ code: 9109, message: 'Invalid access token' }]
    emulator.injectFault({ on: 'delete', kind: 'error', status: 401, errors, times: 2 })
    expectWarnings(await step.post(), old, /9109 Invalid access token.*`api-token`/)
    expect(names(emulator)).toEqual(['app', 'app', 'app'])
  })

  it("one superseded key cannot be deleted: the others are, and 7003 is not 'gone'", async ({ emulator }) => {
    const old = [3, 2, 1].map(number => emulator.seedKey({ name: 'app', created: ago(number * 1000) }).uid)
    const stuck = old[1] ?? ''
    const step = await create(emulator, { name: 'app', 'if-exists': 'replace' })
    const errors = [{ code: 7003, message: 'Could not route' }]
    emulator.injectFault({ on: 'delete', uid: stuck, kind: 'error', status: 404, errors })
    expectWarnings(await step.post(), [stuck], /7003 Could not route/)
    expect(emulator.keys().map(({ uid }) => uid)).toEqual([stuck, step.outputs.uid])
  })

  it('Cloudflare responds with 500 three times', async ({ emulator }) => {
    const step = await create(emulator, ALWAYS)
    emulator.injectFault({ on: 'delete', kind: 'html', status: 502, times: Number.POSITIVE_INFINITY })
    const post = await step.post(emulator.clock.skipping())
    expectWarnings(post, [step.outputs.uid ?? ''], /502.*cloudflarestatus/)
    expect(operationsOf(emulator)).toEqual(['create', 'delete', 'delete', 'delete'])
  })
})
