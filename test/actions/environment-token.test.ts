import { describe } from 'vitest'
import { until } from '../emulator/ask.ts'
import { GITHUB_TOKENS } from '../emulator/emulator.ts'
import { NOTHING } from '../nothing.ts'
import {
  environmentContents,
  keyOf,
  REPOSITORY,
  runCreateWithEnvironment,
  runDeleteWithEnvironment,
  seedPair,
  startCreateWithEnvironment,
  UID,
  writesOf,
} from './environment-step.ts'
import { it, problemsOf } from './step.ts'

const TOKEN = 'emulator-github-lacking'
const WORDS = {
  app: 'Resource not accessible by integration',
  'fine-grained': 'Resource not accessible by personal access token',
} as const

/** Where the key is stored, what the token may do there, and whether what it lacks shows before a key is created. */
const LACKING = [
  [{}, {}, true],
  [{}, { environments: 'read' }, false],
  [{}, { secrets: 'write', variables: 'write' }, true],
  [REPOSITORY, { environments: 'write' }, true],
  [REPOSITORY, { secrets: 'write' }, true],
  [REPOSITORY, { variables: 'write' }, true],
  [REPOSITORY, { secrets: 'read', variables: 'write' }, false],
  [REPOSITORY, { secrets: 'write', variables: 'read' }, false],
] as const

const BOTH = [false, true].flatMap(isPrivate => LACKING.map(lacking => [isPrivate, ...lacking] as const))

describe.concurrent('a github-token that lacks a permission', () => {
  for (const [index, [isPrivate, place, permissions, isSeen]] of BOTH.entries()) {
    const kind = index % 2 === 0 ? 'app' : 'fine-grained'
    const name = 'store' in place ? '' : 'staging'
    const where = `${isPrivate ? 'private' : 'public'}, ${name || 'repository'}`
    it(`${where}: ${JSON.stringify(permissions)}, ${kind}`, async ({ emulator, expect }) => {
      emulator.github.addToken(TOKEN, { ...permissions, kind })
      if (isPrivate) emulator.github.makePrivate()
      const run = await runCreateWithEnvironment(emulator, { ...place, 'github-token': TOKEN })
      const [problem, ...others] = problemsOf(run)
      expect(others).toEqual([])
      if (!isPrivate) expect(problem).toContain(WORDS[kind])
      expect(problem).toContain(name ? 'Environments: write' : 'Secrets: write and Variables: write')
      if (name) expect(problem).not.toMatch(/(Secrets|Variables): write/)
      else expect(problem).not.toMatch(/environment/i)
      expect(run).toMatchObject({ exitCode: 1, outputs: NOTHING })

      const { secret } = environmentContents(emulator, name)
      expect(secret !== undefined).toBe('variables' in permissions && permissions.variables === 'read')
      const tail = secret ? ['gh-variable-post', 'gh-variable-delete'] : ['delete']
      expect(writesOf(emulator)).toEqual(isSeen ? [] : ['create', 'gh-secret-put', ...tail])
      expect(emulator.keys().map(key => key.secret)).toEqual(secret ? [secret] : [])
      if (secret) expect(problem).toContain(`The TURN key ${emulator.keys()[0]?.uid} is kept`)
    })
  }

  it("is the workflow's own", async ({ emulator, expect }) => {
    const run = await runCreateWithEnvironment(emulator, { 'github-token': GITHUB_TOKENS.workflow })
    expect(problemsOf(run)).toEqual([
      expect.stringContaining("The workflow's own GITHUB_TOKEN never has it, whatever its `permissions:`"),
    ])
    expect(writesOf(emulator)).toEqual([])
  })

  it('is a wrong one', async ({ emulator, expect }) => {
    const run = await runCreateWithEnvironment(emulator, { 'github-token': 'nobody' })
    expect(problemsOf(run)).toEqual([
      expect.stringContaining('Bad credentials, see https://docs.github.com/rest. `github-token` is wrong'),
    ])
    expect(writesOf(emulator)).toEqual([])
  })

  it('reads a healthy pair without the right to write', async ({ emulator, expect }) => {
    const { uid } = seedPair(emulator)
    emulator.github.addToken(TOKEN, { environments: 'read' })
    const run = await runCreateWithEnvironment(emulator, { 'github-token': TOKEN })
    expect(run).toMatchObject({ exitCode: 0, outputs: { uid, outcome: 'reused' } })
  })
})

/** The delete action takes an empty selector for a mistake. */
const REPOSITORY_PAIR = { environment: '(none)', store: 'repository' }

describe.concurrent('a github-token that lacks a permission on a private repository deletes nothing', () => {
  for (const [place, permissions, needed] of [
    [{}, { secrets: 'write', variables: 'write' }, 'Environments: write'],
    [{}, { secrets: 'write', variables: 'write', actions: 'read' }, 'Environments: write'],
    [REPOSITORY_PAIR, { environments: 'write' }, 'Secrets: write and Variables: write'],
    [REPOSITORY_PAIR, { secrets: 'write' }, 'Secrets: write and Variables: write'],
    [REPOSITORY_PAIR, { variables: 'write' }, 'Secrets: write and Variables: write'],
  ] as const) {
    const name = 'store' in place ? '' : 'staging'
    it(`${name || 'repository'}: ${JSON.stringify(permissions)}`, async ({ emulator, expect }) => {
      const { uid, secret } = seedPair(emulator, { at: name })
      emulator.github.makePrivate()
      emulator.github.addToken(TOKEN, permissions)
      const run = await runDeleteWithEnvironment(emulator, { ...place, 'github-token': TOKEN })
      expect(problemsOf(run)).toEqual([expect.stringContaining(needed)])
      expect(run.exitCode).toBe(1)
      expect(writesOf(emulator)).toEqual([])
      expect(environmentContents(emulator, name)).toEqual({ uid, secret })
      expect(emulator.keys()).toHaveLength(1)
    })
  }
})

describe.concurrent('a token with the permission on a private repository', () => {
  for (const [place, permissions] of [
    [{}, { environments: 'write' }],
    [REPOSITORY, { secrets: 'write', variables: 'write' }],
  ] as const) {
    const name = 'store' in place ? '' : 'staging'
    it(`stores a key, and finds it: ${name || 'repository'}`, async ({ emulator, expect }) => {
      emulator.github.makePrivate()
      emulator.github.addToken(TOKEN, permissions)
      const run = await runCreateWithEnvironment(emulator, { ...place, 'github-token': TOKEN })
      expect(run).toMatchObject({ exitCode: 0, annotations: [], outputs: { outcome: 'created' } })
      expect(environmentContents(emulator, name)).toEqual(keyOf(emulator, run))
      const again = await runCreateWithEnvironment(emulator, { ...place, 'github-token': TOKEN })
      expect(again.outputs).toMatchObject({ outcome: 'reused', uid: run.outputs.uid })
    })

    it(`and stores it again when another job stores its own meanwhile: ${name || 'repository'}`, async ({
      emulator,
      expect,
    }) => {
      emulator.github.makePrivate()
      emulator.github.addToken(TOKEN, permissions)
      const delay = { delay: 1000, effectAfterDelay: true }
      emulator.injectFault({ on: 'gh-variable-post', kind: 'slow', ...delay })
      const inputs = { ...place, 'github-token': TOKEN }
      const step = startCreateWithEnvironment(emulator, inputs, emulator.clock.stopped())
      await until(() => writesOf(emulator).includes('gh-variable-post'))
      emulator.github.setVariable(name, UID, emulator.seedKey({ name: 'other' }).uid)
      emulator.clock.pass()
      const run = await step.done
      expect(run).toMatchObject({ exitCode: 0, outputs: { outcome: 'created' } })
      expect(emulator.requests.find(({ operation }) => operation === 'gh-variable-post')?.status).toBe(409)
      const again = ['gh-variable-delete', 'gh-secret-put', 'gh-variable-post']
      expect(writesOf(emulator)).toEqual(['create', 'gh-secret-put', 'gh-variable-post', ...again])
      expect(environmentContents(emulator, name)).toEqual(keyOf(emulator, run))
    })
  }
})
