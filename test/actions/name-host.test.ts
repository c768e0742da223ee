import { describe } from 'vitest'
import { EVENTS } from '../github-runner.ts'
import { names } from './accounts.ts'
import {
  keyOf,
  NAME,
  REPOSITORY,
  runCreateWithEnvironment,
  runDeleteWithEnvironment,
} from './environment-step.ts'
import { it, runOrphaned } from './orphaned-step.ts'
import { create, runDelete } from './step.ts'

const GHES = 'https://GHES.example:8443'
const PREFIX = 'ghes.example:8443/octo/app'

describe.concurrent("on another server than github.com, a derived name begins with the server's host", () => {
  for (const [server, name] of [
    [GHES, `${PREFIX}@main`],
    ['https://octo.ghe.com', 'octo.ghe.com/octo/app@main'],
    ['ghes.example', 'ghes.example/octo/app@main'],
    ['localhost:3000', 'localhost:3000/octo/app@main'],
    ['https://GitHub.com/', 'octo/app@main'],
    ['', 'octo/app@main'],
    [undefined, 'octo/app@main'],
  ] as const) {
    it(`${server}: ${name}`, async ({ emulator, expect }) => {
      const run = await create(emulator, {}, { runner: { GITHUB_SERVER_URL: server } })
      expect(run.outputs.name).toBe(name)
    })
  }

  it('stored keys and keys of one job too', async ({ emulator, expect }) => {
    const runner = { GITHUB_SERVER_URL: GHES }
    const stored = await runCreateWithEnvironment(emulator, {}, { runner })
    expect(stored.outputs.name).toBe(`${PREFIX}:staging`)
    const ofRepository = await runCreateWithEnvironment(emulator, REPOSITORY, { runner })
    expect(ofRepository.outputs.name).toBe(PREFIX)
    const ofJob = await create(emulator, { 'delete-after-job': 'always' }, { runner })
    expect(ofJob.outputs.name).toMatch(/^ghes\.example:8443\/octo\/app@main 1234567890-1-[0-9a-f]{8}$/)
  })

  it('delete on a pull request takes the keys of its own server', async ({ emulator, expect }) => {
    for (const name of ['octo/app#7', `${PREFIX}#7`]) emulator.seedKey({ name })
    const { event, runner } = EVENTS['pull_request, closed']
    await runDelete(emulator, {}, { event, runner: { ...runner, GITHUB_SERVER_URL: GHES } })
    expect(names(emulator)).toEqual(['octo/app#7'])
    await runDelete(emulator, {}, { event, runner })
    expect(names(emulator)).toEqual([])
  })

  for (const [server, kept] of [
    [GHES, 'octo/app'],
    ['https://github.com', PREFIX],
  ] as const) {
    it(`orphaned on ${server} leaves those of the other`, async ({ emulator, expect }) => {
      emulator.github.setPull(1, 'closed')
      emulator.github.setRun(20, 'completed')
      for (const suffix of ['#1', '@gone', ' 20-1-0123abcd']) {
        for (const repository of ['octo/app', PREFIX]) emulator.seedKey({ name: repository + suffix })
      }
      const step = await runOrphaned(emulator, {}, { runner: { GITHUB_SERVER_URL: server } })
      expect(step).toMatchObject({ exitCode: 0, annotations: [], outputs: { count: '3' } })
      expect(names(emulator)).toEqual(['#1', '@gone', ' 20-1-0123abcd'].map(suffix => kept + suffix))
    })
  }
})

describe.concurrent('GitHub tells no case apart in the name of an environment', () => {
  it('and neither does the name of its key', async ({ emulator, expect }) => {
    const run = await runCreateWithEnvironment(emulator, { environment: 'Staging' })
    expect(run.outputs).toMatchObject({ name: NAME, outcome: 'created' })
    const again = await runCreateWithEnvironment(emulator, { environment: 'STAGING' })
    expect(again.outputs).toMatchObject({ name: NAME, outcome: 'reused', uid: keyOf(emulator, run).uid })
  })
})

describe.concurrent('a payload that cannot be read is no matter where nobody asks for it', () => {
  for (const file of [{ text: '' }, { text: '\ufeff{}' }, 'missing', 'directory'] as const) {
    it(JSON.stringify(file), async ({ emulator, expect }) => {
      const event = { ...EVENTS['push to a branch'].event, file }
      const stored = await runCreateWithEnvironment(emulator, {}, { event })
      expect(stored).toMatchObject({ exitCode: 0, annotations: [], outputs: { outcome: 'created' } })
      expect((await runDeleteWithEnvironment(emulator, {}, { event })).outputs.count).toBe('1')
      emulator.seedKey({ name: 'octo/app@gone' })
      const orphaned = await runOrphaned(emulator, {}, { event })
      expect(orphaned).toMatchObject({ exitCode: 0, annotations: [], outputs: { count: '1' } })
      expect(orphaned.stdout).not.toContain('GITHUB_EVENT_PATH')
    })
  }
})
