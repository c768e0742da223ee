import { describe, expect } from 'vitest'
import { until } from '../emulator/ask.ts'
import { NOTHING } from '../nothing.ts'
import { operationsOf } from './accounts.ts'
import { create, type Inputs, it, startCreate } from './step.ts'

const ALWAYS = { 'delete-after-job': 'always' }
const OWN = /^octo\/app@main 1234567890-1-[0-9a-f]{8}$/

describe.concurrent("the job's own name, with delete-after-job: always", () => {
  it('has run id, attempt and a random suffix, so that two steps never share one', async ({ emulator }) => {
    const steps = await Promise.all([create(emulator, ALWAYS), create(emulator, ALWAYS)])
    const [one = '', other = ''] = steps.map(({ outputs }) => outputs.name ?? '')
    expect(one).toMatch(OWN)
    expect(other).toMatch(OWN)
    expect(one).not.toBe(other)
    await steps[0]?.post({ jobStatus: 'cancelled' })
    expect(emulator.keys().map(({ name }) => name)).toEqual([other])
  })

  it('lets the post step find what main could not look for', async ({ emulator }) => {
    const other = emulator.seedKey({ name: 'octo/app@main' })
    emulator.injectFault({ on: 'create', kind: 'response-lost' })
    emulator.injectFault({ on: 'list', kind: 'error', status: 500, times: 3 })
    const step = await create(emulator, ALWAYS, emulator.clock.skipping())
    expect(step.exitCode).toBe(0)
    expect(step.log).toMatch(/whether a TURN key named "octo\/app@main 1234567890-1-[0-9a-f]{8}" is left/)
    expect(emulator.keys()).toHaveLength(3)
    const post = await step.post({ jobStatus: 'failure' })
    expect(post).toMatchObject({ exitCode: 0, annotations: [] })
    expect(emulator.keys().map(({ uid }) => uid)).toEqual([other.uid])
  })

  it('lets the post step remove the key of a step that was killed while it waited', async ({ emulator }) => {
    emulator.injectFault({ on: 'create', kind: 'no-response', effect: true })
    const running = startCreate(emulator, ALWAYS)
    await until(() => emulator.keys().length === 1)
    running.kill('SIGKILL')
    const post = await (await running.done).post({ jobStatus: 'cancelled' })
    expect(post).toMatchObject({ exitCode: 0, annotations: [] })
    expect(emulator.keys()).toEqual([])
  })
})

describe.concurrent('a request whose response was lost is carried out late, after another created the key', () => {
  it.for<[string, Inputs, number]>([
    ['own name: the post step deletes it', ALWAYS, 0],
    ['given name: the post step names it', { name: 'app' }, 2],
  ])('%s', async ([, given, left], { emulator }) => {
    emulator.injectFault({ on: 'create', kind: 'reset' })
    const step = await create(emulator, given)
    expect(operationsOf(emulator)).toEqual(['create', 'create', 'list'])
    const late = emulator.seedKey({ name: step.outputs.name ?? '' })
    const post = await step.post()
    expect(emulator.keys()).toHaveLength(left)
    const warnings = [{ level: 'warning', message: expect.stringContaining(`uid ${late.uid}`) }]
    expect(post.annotations).toEqual(left === 0 ? [] : warnings)
  })
})

describe.concurrent('a name that was given is never taken for ours', () => {
  it('the post step after a kill names what may be ours and leaves it', async ({ emulator }) => {
    const old = emulator.seedKey({ name: 'app', created: new Date(Date.now() - 60_000).toISOString() })
    emulator.injectFault({ on: 'create', kind: 'no-response', effect: true })
    const running = startCreate(emulator, { ...ALWAYS, name: 'app' })
    await until(() => emulator.keys().length === 2)
    running.kill('SIGKILL')
    const post = await (await running.done).post({ jobStatus: 'cancelled' })
    const ours = emulator.keys().find(({ uid }) => uid !== old.uid)
    expect(post.annotations).toEqual([
      { level: 'warning', message: expect.stringContaining(`uid ${ours?.uid}`) },
    ])
    expect(emulator.keys()).toHaveLength(2)
    expect(operationsOf(emulator)).toEqual(['create', 'list'])
  })

  it('three lost responses: each key is named once, also over the post step', async ({ emulator }) => {
    emulator.injectFault({ on: 'create', kind: 'response-lost', times: 3 })
    const step = await create(emulator, { name: 'app' }, emulator.clock.skipping())
    const post = await step.post({ jobStatus: 'failure' })
    expect(step).toMatchObject({ exitCode: 1, outputs: NOTHING })
    const warned = [...step.annotations, ...post.annotations]
      .filter(({ level }) => level === 'warning')
      .map(({ message }) => /uid ([0-9a-f]{32})/.exec(message)?.[1])
    expect(warned.toSorted()).toEqual(
      emulator
        .keys()
        .map(({ uid }) => uid)
        .toSorted(),
    )
    expect(warned).toHaveLength(3)
  })
})
