import { describe } from 'vitest'
import { operationsOf } from './accounts.ts'
import { create, it, problemsOf } from './step.ts'

const LIMITED = { on: 'delete', kind: 'error', status: 429 } as const

describe.concurrent('post, when Cloudflare asks to wait', () => {
  it('of a cancelled job gives up after a minute, and names what remains', async ({ emulator, expect }) => {
    const main = await create(emulator, { 'delete-after-job': 'failure' })
    emulator.injectFault({ ...LIMITED, retryAfter: 61 })
    const post = await main.post({ jobStatus: 'cancelled' })
    expect(problemsOf(post, 'warning')).toEqual([
      expect.stringMatching(`${main.outputs.uid} remains .*Run this again in 61 seconds`),
    ])
    expect(operationsOf(emulator)).toEqual(['create', 'delete'])
  })

  for (const [jobStatus, retryAfter] of [
    ['cancelled', 55],
    ['failure', 120],
  ] as const) {
    it(`of a job that ends with ${jobStatus} waits ${retryAfter} seconds`, async ({ emulator, expect }) => {
      const main = await create(emulator, { 'delete-after-job': 'failure' })
      emulator.injectFault({ ...LIMITED, retryAfter })
      const post = await main.post({ jobStatus, ...emulator.clock.skipping() })
      expect(post.annotations).toEqual([])
      expect(operationsOf(emulator)).toEqual(['create', 'delete', 'delete'])
      expect(emulator.keys()).toEqual([])
    })
  }
})

/** On Windows a variable holds 32,766 characters, and the runner hands state on as variables. */
const MAX_VARIABLE = 32_766

describe.concurrent('the state of a step that supersedes 999 keys', () => {
  it('fits into the variables of any platform, and post deletes all of them', async ({
    emulator,
    expect,
  }) => {
    for (let index = 0; index < 999; index++) emulator.seedKey({ name: 'app' })
    const main = await create(emulator, { name: 'app', 'if-exists': 'replace' })
    expect(main.outputs.outcome).toBe('replaced')
    const lengths = Object.values(main.state).map(value => value?.length ?? 0)
    expect(lengths.filter(length => length >= MAX_VARIABLE)).toEqual([])
    await main.post()
    expect(emulator.keys().map(({ uid }) => uid)).toEqual([main.outputs.uid])
  })
})
