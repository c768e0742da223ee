import { describe } from 'vitest'
import { GITHUB_TOKENS } from '../emulator/emulator.ts'
import { it, problemsOf } from './create-step.ts'
import { environmentContents, runCreateWithEnvironment, seedPair, writesOf } from './environment-step.ts'

const ALL = { environments: 'write', secrets: 'write', variables: 'write', actions: 'read' } as const
const TOKEN = 'emulator-github-lacking'
const NEEDED =
  'Use a fine-grained personal access token or a token of a GitHub App with the repository permission Environments: write.'
const WORDS = {
  app: 'Resource not accessible by integration',
  'fine-grained': 'Resource not accessible by personal access token',
} as const

/** A permission and its level, and whether that shows before a key is made. */
const LACKING = [
  ['environments', 'none', true],
  ['secrets', 'none', true],
  ['variables', 'none', true],
  ['environments', 'read', false],
  ['secrets', 'read', false],
  ['variables', 'read', false],
] as const

describe.concurrent('a github-token that lacks a permission', () => {
  for (const [index, [area, level, isSeen]] of LACKING.entries()) {
    const kind = index % 2 === 0 ? 'app' : 'fine-grained'
    it(`${area}: ${level}, ${kind}`, async ({ emulator, expect }) => {
      emulator.github.addToken(TOKEN, { ...ALL, [area]: level, kind })
      const run = await runCreateWithEnvironment(emulator, { 'github-token': TOKEN })
      const [problem, ...others] = problemsOf(run)
      expect(others).toEqual([])
      expect(problem).toContain(WORDS[kind])
      expect(problem).toContain(NEEDED)
      expect(run).toMatchObject({ exitCode: 1, outputs: {} })

      const isHeld = environmentContents(emulator).secret !== undefined
      expect(isHeld).toBe(area === 'variables' && !isSeen)
      const tail = isHeld ? ['gh-variable-patch'] : ['delete']
      expect(writesOf(emulator)).toEqual(isSeen ? [] : ['create', 'gh-secret-put', ...tail])
      expect(emulator.keys().map(({ secret }) => secret)).toEqual(
        isHeld ? [environmentContents(emulator).secret] : [],
      )
      if (isHeld) expect(problem).toContain(`The TURN key ${emulator.keys()[0]?.uid} is kept`)
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
    emulator.github.addToken(TOKEN, { environments: 'read', secrets: 'read', variables: 'read' })
    const run = await runCreateWithEnvironment(emulator, { 'github-token': TOKEN })
    expect(run).toMatchObject({ exitCode: 0, outputs: { uid, outcome: 'reused' } })
  })
})
