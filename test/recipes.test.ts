import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { type Emulator, type StoredKey, startEmulator } from './emulator/emulator.ts'
import { startTurnServer } from './emulator/turn/turn-server.ts'
import { fill, holds } from './recipes/expressions.ts'
import { type Phase, play } from './recipes/play.ts'
import { type Pledge, PROMISES, promisesOf } from './recipes/promises.ts'
import { eventOf } from './recipes/reader.ts'
import { type Recipe, readRecipes } from './recipes/workflow.ts'
import { DOCUMENTS } from './workflows/blocks.ts'

const ROOT = join(import.meta.dirname, '..')
const DAY = 86_400_000
/** A step to put into another recipe is checked with the workflows, and cannot be played alone. */
const NOT_PLAYED = ['docs/behaviour.md', 'docs/permissions.md']
const RECIPES = DOCUMENTS.filter(file => !NOT_PLAYED.includes(file)).flatMap(file =>
  readRecipes(file, readFileSync(join(ROOT, file), 'utf8')),
)

/** Such a recipe needs a relay. */
function usesCheck({ jobs }: Recipe): boolean {
  return jobs.some(({ steps }) => steps.some(({ uses }) => uses.includes('/check@')))
}

function newestOf(emulator: Emulator, environment: string): StoredKey | undefined {
  return emulator.keys().findLast(({ name }) => name.endsWith(`:${environment}`))
}

function store(emulator: Emulator, environment: string): void {
  const { uid = '', secret = '' } = newestOf(emulator, environment) ?? {}
  emulator.github.setSecret(environment, 'TURN_KEY_API_TOKEN', secret)
  emulator.github.setVariable(environment, 'TURN_KEY_ID', uid)
}

function seedOwners(
  github: Emulator['github'],
  { closed, open, refs, completed }: NonNullable<Pledge['owners']>,
): void {
  for (const number of closed) github.setPull(number, 'closed')
  for (const number of open) github.setPull(number, 'open')
  for (const ref of refs) github.addRef(ref)
  for (const id of completed) github.setRun(id, 'completed')
}

function seedUsage(emulator: Emulator, { relayed = {}, analyticsFail }: Pledge): void {
  for (const { uid: keyId, name } of emulator.keys()) {
    const egressBytes = (relayed[name] ?? 0) * 1_000_000_000
    emulator.seedUsage({ keyId, datetime: new Date().toISOString(), egressBytes })
  }
  if (analyticsFail) emulator.injectFault({ on: 'graphql', kind: 'error', status: 200, message: 'no' })
}

/** A phase succeeds without a word, unless its recipe shows what happens when it does not. */
function expectOutcome({ what, run }: Phase, problems: NonNullable<Pledge['problems']>): void {
  const [, problem] =
    Object.entries(problems).find(
      ([folder]) => !what.startsWith('post of') && what.endsWith(`/${folder}@v1`),
    ) ?? []
  const levels = run.annotations.map(({ level }) => level)
  expect([what, run.exitCode]).toEqual([what, problem === 'failure' ? 1 : 0])
  if (problem === undefined) expect([what, run.annotations]).toEqual([what, []])
  else expect(levels).toContain(problem === 'failure' ? 'error' : 'warning')
}

/** The Worker exists, and has the newest key where a recipe stores one. */
function storeInWorker(emulator: Emulator, where: Pledge['inWorker']): void {
  const { uid, secret } = emulator.keys().at(-1) ?? {}
  const pair = { TURN_KEY_ID: uid ?? '', TURN_KEY_API_TOKEN: secret ?? '' }
  const bindings = Object.entries(pair).map(([name, text]) => [name, { type: 'secret_text', text }])
  const previewsBaseConfig = { env: Object.fromEntries(bindings) }
  const stored = where === 'secrets' ? { secrets: pair } : { previewsBaseConfig }
  emulator.setWorker('my-app', where && uid ? stored : {})
}

function expectInWorker(emulator: Emulator, where: NonNullable<Pledge['inWorker']>): void {
  const { uid, secret } = emulator.keys().at(-1) ?? {}
  const { secrets, previewsBaseConfig } = emulator.worker('my-app') ?? {}
  const env = { TURN_KEY_ID: { text: uid }, TURN_KEY_API_TOKEN: { text: secret } }
  if (uid === undefined) expect(JSON.stringify(emulator.worker('my-app'))).not.toContain('TURN_KEY_')
  else if (where === 'secrets') expect(secrets).toEqual({ TURN_KEY_ID: uid, TURN_KEY_API_TOKEN: secret })
  else expect(previewsBaseConfig).toMatchObject({ env })
}

function expectPair(emulator: Emulator, environment: string, key: StoredKey | undefined): void {
  const { variables, secrets } = emulator.github.environment(environment) ?? {}
  expect(variables?.TURN_KEY_ID?.value).toBe(key?.uid)
  expect(secrets?.TURN_KEY_API_TOKEN?.value).toBe(key?.secret)
}

describe.concurrent('A reader sets up each recipe from the documents alone', () => {
  for (const recipe of RECIPES) {
    it(`${recipe.title}: is known to this test`, () => expect(promisesOf(recipe)).not.toEqual([]))
    for (const [title, pledge] of promisesOf(recipe)) {
      it(title, async ({ onTestFinished }) => {
        const {
          before = [],
          stored = [],
          problems = {},
          owners,
          runs = [''],
          skipped = false,
          left,
          held = [],
          inWorker,
        } = pledge
        const turn = await startTurnServer()
        onTestFinished(() => turn.close())
        const emulator = await startEmulator(usesCheck(recipe) ? { turn } : {})
        onTestFinished(() => emulator.close())
        // As the README says: first create the environment.
        emulator.github.addEnvironment('preview')
        for (const [name, days] of before) {
          emulator.seedKey({ name, created: new Date(Date.now() - days * DAY).toISOString() })
        }
        if (owners) seedOwners(emulator.github, owners)
        seedUsage(emulator, pledge)
        for (const environment of stored) store(emulator, environment)
        storeInWorker(emulator, inWorker)
        for (const run of runs) {
          const [words, mishap] = typeof run === 'string' ? [run] : run
          const played = await play(recipe, eventOf(recipe, words), emulator, mishap)
          const { phases, scripts } = played
          expect(phases.length + scripts.length === 0).toBe(skipped)
          for (const phase of phases) expectOutcome(phase, problems)
          expect(scripts.some(({ exitCode }) => exitCode !== 0)).toBe(mishap !== undefined)
          emulator.clock.advance(DAY)
        }
        expect(
          emulator
            .keys()
            .map(({ name }) => name)
            .sort(),
        ).toEqual(left)
        if (inWorker) expectInWorker(emulator, inWorker)
        for (const environment of ['preview', 'staging', 'production']) {
          const key = held.includes(environment) ? newestOf(emulator, environment) : undefined
          expect(key !== undefined).toBe(held.includes(environment))
          expectPair(emulator, environment, key)
        }
      })
    }
  }

  it('leaves no promise without a recipe', () => {
    const used = RECIPES.flatMap(recipe => promisesOf(recipe).map(([name]) => name))
    expect(Object.keys(PROMISES).filter(name => !used.includes(name))).toEqual([])
  })
})

describe('an expression', () => {
  const contexts = { github: { event_name: 'push', ref: '' }, vars: { A: 'a' } }

  it.each([
    ["github.event_name == 'push' && vars.A != 'b'", true],
    ["github.event_name == 'PUSH'", true],
    ["!vars.A || vars.A == 'b'", false],
    ["startsWith(github.event_name, 'Pu') && !failure()", true],
    ['failure()', false],
  ])('%s', (condition, expected) => expect(holds(condition, contexts)).toBe(expected))

  it('is filled in', () => expect(fill(`\${{ github.ref || 'x' }}/\${{ vars.A }}`, contexts)).toBe('x/a'))

  it.each(['vars.B', 'github.event.number', "format('{0}', vars.B)"])('%s is unknown, which fails', text =>
    expect(() => fill(`\${{ ${text} }}`, contexts)).toThrow('is not told'),
  )

  it.each(['secrets.A', 'always', 'vars.A ='])('%s is none for GitHub, which fails', text =>
    expect(() => fill(`\${{ ${text} }}`, contexts)).toThrow(),
  )
})
