import { describe } from 'vitest'
import { GITHUB_TOKENS } from '../emulator/emulator.ts'
import { it, problemsOf } from './create-step.ts'
import {
  environmentContents,
  REPOSITORY,
  runCreateWithEnvironment,
  seedPair,
  writesOf,
} from './environment-step.ts'

const TOKEN = 'emulator-github-lacking'
const NEEDED =
  'Use a fine-grained personal access token or a token of a GitHub App with the repository permission Environments: write.'
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
  [REPOSITORY, { secrets: 'read', variables: 'write' }, false],
  [REPOSITORY, { secrets: 'write', variables: 'read' }, false],
] as const

describe.concurrent('a github-token that lacks a permission', () => {
  for (const [index, [place, permissions, isSeen]] of LACKING.entries()) {
    const kind = index % 2 === 0 ? 'app' : 'fine-grained'
    const name = 'store' in place ? '' : 'staging'
    it(`${name || 'repository'}: ${JSON.stringify(permissions)}, ${kind}`, async ({ emulator, expect }) => {
      emulator.github.addToken(TOKEN, { ...permissions, kind })
      const run = await runCreateWithEnvironment(emulator, { ...place, 'github-token': TOKEN })
      const [problem, ...others] = problemsOf(run)
      expect(others).toEqual([])
      expect(problem).toContain(WORDS[kind])
      expect(problem).toContain(name ? NEEDED : 'Secrets: write and Variables: write')
      expect(run).toMatchObject({ exitCode: 1, outputs: {} })

      const { secret } = environmentContents(emulator, name)
      expect(secret !== undefined).toBe('variables' in permissions && permissions.variables === 'read')
      const tail = secret ? ['gh-variable-patch', 'gh-variable-post'] : ['delete']
      expect(writesOf(emulator)).toEqual(isSeen ? [] : ['create', 'gh-secret-put', ...tail.slice(0, 1)])
      expect(emulator.keys().map(key => key.secret)).toEqual(secret ? [secret] : [])
      if (secret) expect(problem).toContain(`The TURN key ${emulator.keys()[0]?.uid} is kept`)
    })
  }

  it("is the workflow's own", async ({ emulator, expect }) => {
    const run = await runCreateWithEnvironment(emulator, { 'github-token': GITHUB_TOKENS.workflow })
    expect(problemsOf(run)).toEqual([
      expect.stringContaining("The workflow's own GITHUB_TOKEN never has it, whatever its `permissions:`"),
    ])
    expect(emulator.requests.filter(({ host }) => host !== 'github')).toEqual([])
  })

  it('is a wrong one', async ({ emulator, expect }) => {
    const run = await runCreateWithEnvironment(emulator, { 'github-token': 'nobody' })
    expect(problemsOf(run)).toEqual([
      expect.stringContaining('Bad credentials, see https://docs.github.com/rest. `github-token` is wrong'),
    ])
    expect(emulator.requests).toHaveLength(1)
  })

  it('reads a healthy pair without the right to write', async ({ emulator, expect }) => {
    const { uid } = seedPair(emulator)
    emulator.github.addToken(TOKEN, { environments: 'read' })
    const run = await runCreateWithEnvironment(emulator, { 'github-token': TOKEN })
    expect(run).toMatchObject({ exitCode: 0, outputs: { uid, outcome: 'reused' } })
  })
})
