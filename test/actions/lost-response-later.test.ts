import { describe } from 'vitest'
import { until } from '../emulator/ask.ts'
import { create, it, problemsOf, startCreate } from './step.ts'

/** From now, as Cloudflare writes it. */
function inSeconds(seconds: number): string {
  return new Date(Date.now() + seconds * 1000).toISOString()
}

describe.concurrent('after a lost response, post accuses', () => {
  for (const [what, jobStatus, times] of [
    ['a step that succeeded', 'success', 1],
    ['a step that failed', 'failure', 3],
  ] as const) {
    it(`no key that another job created an hour later: ${what}`, async ({ emulator, expect }) => {
      emulator.injectFault({ on: 'create', kind: 'response-lost', times })
      const run = await create(emulator, { name: 'n' }, emulator.clock.skipping())
      expect(run.exitCode).toBe(times === 1 ? 0 : 1)
      expect(problemsOf(run, 'warning')).toHaveLength(times)
      const later = emulator.seedKey({ name: 'n', created: inSeconds(3600) })
      const before = emulator.seedKey({ name: 'n', created: inSeconds(-3600) })
      const post = await run.post({ jobStatus })
      expect(post).toMatchObject({ exitCode: 0, annotations: [] })
      for (const { uid } of [later, before]) expect(post.log).not.toContain(uid)
      expect(emulator.keys()).toHaveLength(times === 1 ? 4 : 5)
    })
  }

  it('no key that another job created while it waited to send its request', async ({ emulator, expect }) => {
    const set = { ratelimit: '"default";r=0;t=4' }
    emulator.injectFault({ on: 'list', kind: 'headers', set })
    emulator.injectFault({ on: 'create', kind: 'reset', times: 3 })
    const step = startCreate(emulator, { name: 'n', 'if-exists': 'reuse' }, emulator.clock.stopped())
    await until(() => emulator.requests[0]?.status === 200)
    const { uid } = emulator.seedKey({ name: 'n' })
    emulator.clock.pass()
    const run = await step.done
    expect(run.exitCode).toBe(1)
    for (const { log } of [run, await run.post({ jobStatus: 'failure' })]) expect(log).not.toContain(uid)
    expect(emulator.keys()).toMatchObject([{ uid }])
  })

  it('a key that may be its own', async ({ emulator, expect }) => {
    emulator.injectFault({ on: 'create', kind: 'response-lost' })
    const run = await create(emulator, { name: 'n' }, emulator.clock.skipping())
    const late = emulator.seedKey({ name: 'n', created: inSeconds(10) })
    expect(problemsOf(await run.post(), 'warning')).toEqual([expect.stringContaining(late.uid)])
  })

  it('only the key of a step that was killed, not one of an hour later', async ({ emulator, expect }) => {
    emulator.injectFault({ on: 'create', kind: 'no-response', effect: true })
    const step = startCreate(emulator, { name: 'n' })
    await until(() => emulator.keys().length === 1)
    step.kill('SIGKILL')
    const run = await step.done
    const [own] = emulator.keys()
    emulator.seedKey({ name: 'n', created: inSeconds(3600) })
    const post = await run.post({ jobStatus: 'failure' })
    expect(problemsOf(post, 'warning')).toEqual([expect.stringContaining(own?.uid ?? 'no key')])
  })
})
