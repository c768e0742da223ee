import { describe } from 'vitest'
import type { StepRun } from '../github-runner.ts'
import { operationsOf } from './accounts.ts'
import { mintFrom } from './mint-step.ts'
import { create, it, problemsOf } from './step.ts'

/** One value of a step's state, changed before its post reads it. */
function changedState(run: StepRun, name: string, change: (state: object) => unknown) {
  const state: unknown = JSON.parse(run.state[name] ?? '')
  if (typeof state !== 'object' || state === null) throw new Error(`no state ${name}`)
  return { state: { [name]: JSON.stringify(change(state)) } }
}

const ALWAYS = { name: 'app', 'delete-after-job': 'always' }

describe.concurrent("what a post step makes of main's state", () => {
  it('a member that it does not know is ignored', async ({ emulator, expect }) => {
    const main = await create(emulator, ALWAYS)
    const added = changedState(main, 'create', state => ({
      ...state,
      account: { ...Reflect.get(state, 'account'), later: 1 },
      later: { version: 2 },
    }))
    expect(await main.post(added)).toMatchObject({ exitCode: 0, annotations: [] })
    expect(emulator.keys()).toEqual([])
  })

  for (const [what, state] of Object.entries({
    'half of it': '{"phase":"published"',
    'another phase': '{"phase":"later"}',
    'no object': '7',
  })) {
    it(`a state of create that cannot be read is told of: ${what}`, async ({ emulator, expect }) => {
      const main = await create(emulator, ALWAYS)
      const post = await main.post({ state: { create: state } })
      expect(post.exitCode).toBe(0)
      expect(problemsOf(post, 'warning')).toEqual([expect.stringContaining('cannot be read')])
      expect(operationsOf(emulator)).toEqual(['create'])
    })
  }

  it('a member that is missing too', async ({ emulator, expect }) => {
    const main = await create(emulator, ALWAYS)
    const missing = changedState(main, 'create', state => ({ ...state, account: { accountId: 'x' } }))
    expect(problemsOf(await main.post(missing), 'warning')).toEqual([
      expect.stringContaining('cannot be read'),
    ])
  })

  it('and so is a state of credentials', async ({ emulator, expect }) => {
    const main = await mintFrom(emulator, emulator.seedKey({ name: 'n' }), { 'revoke-after-job': 'true' })
    const post = await main.post({ state: { credentials: '{}' } })
    expect(post.exitCode).toBe(0)
    expect(problemsOf(post, 'warning')).toEqual([expect.stringContaining('is not')])
    expect(operationsOf(emulator)).toEqual(['mint'])
  })
})

describe.concurrent('a rate limit that is longer than a cancelled job waits', () => {
  for (const [jobStatus, revoked] of [
    ['success', true],
    ['cancelled', false],
  ] as const) {
    it(`when the job ends with ${jobStatus}: the credential is ${revoked ? '' : 'not '}revoked`, async ({
      emulator,
      expect,
    }) => {
      const main = await mintFrom(emulator, emulator.seedKey({ name: 'n' }), { 'revoke-after-job': 'true' })
      emulator.injectFault({ on: 'revoke', kind: 'error', status: 429, retryAfter: 100 })
      const post = await main.post({ jobStatus, ...emulator.clock.skipping() })
      expect(post.exitCode).toBe(0)
      expect(emulator.credentials()).toMatchObject([{ revoked }])
    })
  }
})
