import { describe, expect, test } from 'vitest'
import { until } from '../emulator/ask.ts'
import { runStep, startStep } from '../github-runner.ts'
import { NOTHING } from '../nothing.ts'
import { fast, operationsOf, startAccount } from './accounts.ts'

const ALWAYS = { 'delete-after-job': 'always' }
const OWN = /^octo\/app@main 1234567890-1-[0-9a-f]{8}$/

describe.concurrent("the job's own name, with delete-after-job: always", () => {
  test('has run id, attempt and a random suffix, so that two steps never share one', async () => {
    const { emulator, account } = await startAccount()
    const inputs = { ...account, ...ALWAYS }
    const steps = await Promise.all([runStep('.', { inputs }), runStep('.', { inputs })])
    const [one = '', other = ''] = steps.map(({ outputs }) => outputs.name ?? '')
    expect(one).toMatch(OWN)
    expect(other).toMatch(OWN)
    expect(one).not.toBe(other)
    await steps[0]?.post({ jobStatus: 'cancelled' })
    expect(emulator.keys().map(({ name }) => name)).toEqual([other])
  })

  test('lets the post step find what main could not look for', async () => {
    const { emulator, account } = await startAccount()
    const other = emulator.seedKey({ name: 'octo/app@main' })
    emulator.injectFault({ on: 'create', kind: 'response-lost' })
    emulator.injectFault({ on: 'list', kind: 'error', status: 500, times: 3 })
    const step = await runStep('.', { inputs: { ...account, ...ALWAYS }, ...fast(20) })
    expect(step.exitCode).toBe(0)
    expect(step.log).toMatch(/whether a TURN key named "octo\/app@main 1234567890-1-[0-9a-f]{8}" is left/)
    expect(emulator.keys()).toHaveLength(3)
    const post = await step.post({ jobStatus: 'failure' })
    expect(post).toMatchObject({ exitCode: 0, annotations: [] })
    expect(emulator.keys().map(({ uid }) => uid)).toEqual([other.uid])
  })

  test('lets the post step remove the key of a step that was killed while it waited', async () => {
    const { emulator, account } = await startAccount()
    emulator.injectFault({ on: 'create', kind: 'no-response', effect: true })
    const running = startStep('.', { inputs: { ...account, ...ALWAYS } })
    await until(() => emulator.keys().length === 1)
    running.kill('SIGKILL')
    const post = await (await running.done).post({ jobStatus: 'cancelled' })
    expect(post).toMatchObject({ exitCode: 0, annotations: [] })
    expect(emulator.keys()).toEqual([])
  })
})

describe.concurrent('a request whose response was lost is carried out late, after another created the key', () => {
  test.each([
    ['own name: the post step deletes it', ALWAYS, 0],
    ['given name: the post step names it', { name: 'app' }, 2],
  ])('%s', async (_, given, left) => {
    const { emulator, account } = await startAccount()
    emulator.injectFault({ on: 'create', kind: 'reset' })
    const step = await runStep('.', { inputs: { ...account, ...given } })
    expect(operationsOf(emulator)).toEqual(['create', 'create', 'list'])
    const late = emulator.seedKey({ name: step.outputs.name ?? '' })
    const post = await step.post()
    expect(emulator.keys()).toHaveLength(left)
    const warnings = [{ level: 'warning', message: expect.stringContaining(`uid ${late.uid}`) }]
    expect(post.annotations).toEqual(left === 0 ? [] : warnings)
  })
})

describe.concurrent('a name that was given is never taken for ours', () => {
  test('the post step after a kill names what may be ours and leaves it', async () => {
    const { emulator, account } = await startAccount()
    const old = emulator.seedKey({ name: 'app', created: new Date(Date.now() - 60_000).toISOString() })
    emulator.injectFault({ on: 'create', kind: 'no-response', effect: true })
    const running = startStep('.', { inputs: { ...account, ...ALWAYS, name: 'app' } })
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

  test('three lost responses: each key is named once, also over the post step', async () => {
    const { emulator, account } = await startAccount()
    emulator.injectFault({ on: 'create', kind: 'response-lost', times: 3 })
    const step = await runStep('.', { inputs: { ...account, name: 'app' }, ...fast(20) })
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
