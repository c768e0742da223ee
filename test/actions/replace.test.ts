import { describe, expect } from 'vitest'
import { until } from '../emulator/ask.ts'
import { NOTHING } from '../nothing.ts'
import { ago, names, operationsOf } from './accounts.ts'
import { create, it, startCreate } from './step.ts'

describe.concurrent('replace', () => {
  it.for<[string, string[]]>([
    ['0', []],
    ['1', ['newest']],
    ['2', ['older', 'newest']],
    ['9', ['oldest', 'older', 'newest']],
  ])('keep-previous %s keeps the newest so many', async ([keepPrevious, kept], { emulator }) => {
    const labels: Record<string, string> = {}
    for (const [index, label] of ['oldest', 'older', 'newest'].entries()) {
      const { uid } = emulator.seedKey({ name: 'app', created: ago(9000 - index * 1000) })
      labels[uid] = label
    }
    emulator.seedKey({ name: 'app2', created: ago(10_000) })
    const inputs = { name: 'app', 'if-exists': 'replace', 'keep-previous': keepPrevious }
    const step = await create(emulator, inputs)
    expect(step.outputs.outcome).toBe('replaced')
    expect(emulator.keys()).toHaveLength(5)
    const post = await step.post()
    expect(post).toMatchObject({ exitCode: 0, annotations: [] })
    expect(emulator.keys().map(({ uid, name }) => labels[uid] ?? name)).toEqual(['app2', ...kept, 'app'])
  })

  it('two jobs at once: neither deletes what the other created', async ({ emulator }) => {
    emulator.seedKey({ name: 'app', created: ago(1000) })
    // Both list before either creates.
    emulator.injectFault({ on: 'list', kind: 'slow', delay: 1000, times: 2 })
    const inputs = { name: 'app', 'if-exists': 'replace' }
    const clock = emulator.clock.stopped()
    const started = [startCreate(emulator, inputs, clock), startCreate(emulator, inputs, clock)]
    await until(() => emulator.requests.length === 2)
    emulator.clock.pass()
    const jobs = await Promise.all(started.map(({ done }) => done))
    expect(operationsOf(emulator)).toEqual(['list', 'list', 'create', 'create'])
    const posts = await Promise.all(jobs.map(job => job.post()))
    for (const post of posts) expect(post).toMatchObject({ exitCode: 0, annotations: [] })
    const made = jobs.map(({ outputs }) => outputs.uid)
    expect(new Set(emulator.keys().map(({ uid }) => uid))).toEqual(new Set(made))
    expect(posts.map(({ log }) => log).join()).toContain('already deleted')
  })

  it('superseded keys that are gone already are done', async ({ emulator }) => {
    const first = emulator.seedKey({ name: 'app', created: ago(2000) })
    emulator.seedKey({ name: 'app', created: ago(1000) })
    const step = await create(emulator, { name: 'app', 'if-exists': 'replace' })
    emulator.removeKey(first.uid)
    const post = await step.post()
    expect(post).toMatchObject({ exitCode: 0, annotations: [] })
    expect(post.log).toContain(`${first.uid}: already deleted`)
    expect(emulator.keys().map(({ uid }) => uid)).toEqual([step.outputs.uid])
  })

  it('a key that another job created meanwhile, after a lost response, is named and kept', async ({
    emulator,
  }) => {
    const old = emulator.seedKey({ name: 'app', created: ago(60_000) })
    emulator.injectFault({ on: 'create', kind: 'response-lost' })
    const step = await create(emulator, { name: 'app', 'if-exists': 'replace' }, emulator.clock.skipping())
    expect(step.exitCode).toBe(0)
    const lost = emulator.keys().find(({ uid }) => uid !== old.uid && uid !== step.outputs.uid)
    expect(step.annotations).toEqual([
      { level: 'warning', message: expect.stringContaining(`uid ${lost?.uid}`) },
    ])
    const post = await step.post()
    expect(post).toMatchObject({ exitCode: 0, annotations: [] })
    expect(emulator.keys().map(({ uid }) => uid)).toEqual([lost?.uid, step.outputs.uid])
  })

  it('a create that is refused supersedes nothing', async ({ emulator }) => {
    emulator.seedKey({ name: 'app' })
    const inputs = { 'api-token': 'emulator-token-read', name: 'app', 'if-exists': 'replace' }
    const step = await create(emulator, inputs)
    expect(step).toMatchObject({ exitCode: 1, outputs: NOTHING })
    // As with `continue-on-error`.
    await step.post({ jobStatus: 'success' })
    expect(operationsOf(emulator)).toEqual(['list', 'create'])
    expect(names(emulator)).toEqual(['app'])
  })
})
