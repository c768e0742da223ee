import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { type Emulator, type StoredKey, startEmulator } from './emulator/emulator.ts'
import { fill, holds } from './recipes/expressions.ts'
import { play } from './recipes/play.ts'
import { PROMISES, promisesOf } from './recipes/promises.ts'
import { eventOf } from './recipes/reader.ts'
import { readRecipes } from './recipes/workflow.ts'

const ROOT = join(import.meta.dirname, '..')
const DAY = 86_400_000
const RECIPES = ['README.md', 'credentials/README.md', 'delete/README.md'].flatMap(file =>
  readRecipes(file, readFileSync(join(ROOT, file), 'utf8')),
)

function newestOf(emulator: Emulator, environment: string): StoredKey | undefined {
  return emulator.keys().findLast(({ name }) => name.endsWith(`:${environment}`))
}

function store(emulator: Emulator, environment: string): void {
  const { uid = '', secret = '' } = newestOf(emulator, environment) ?? {}
  emulator.github.setSecret(environment, 'TURN_KEY_API_TOKEN', secret)
  emulator.github.setVariable(environment, 'TURN_KEY_ID', uid)
}

function expectPair(emulator: Emulator, environment: string, key: StoredKey | undefined): void {
  const { variables, secrets } = emulator.github.environment(environment) ?? {}
  expect(variables?.TURN_KEY_ID?.value).toBe(key?.uid)
  expect(secrets?.TURN_KEY_API_TOKEN?.value).toBe(key?.secret)
}

describe.concurrent('A reader sets up each recipe from the README alone', () => {
  for (const recipe of RECIPES) {
    it(`${recipe.title}: is known to this test`, () => expect(promisesOf(recipe)).not.toEqual([]))
    for (const [title, { before = [], stored = [], runs = [''], left, held = [] }] of promisesOf(recipe)) {
      it(title, async ({ onTestFinished }) => {
        const emulator = await startEmulator()
        onTestFinished(() => emulator.close())
        for (const [name, days] of before) {
          emulator.seedKey({ name, created: new Date(Date.now() - days * DAY).toISOString() })
        }
        for (const environment of stored) store(emulator, environment)
        for (const run of runs) {
          const phases = await play(recipe, eventOf(recipe, run || undefined), emulator)
          expect(phases).not.toEqual([])
          for (const phase of phases) {
            expect([phase.what, phase.run.exitCode, phase.run.annotations]).toEqual([phase.what, 0, []])
          }
        }
        expect(
          emulator
            .keys()
            .map(({ name }) => name)
            .sort(),
        ).toEqual(left)
        for (const environment of ['staging', 'production']) {
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
  ])('%s', (condition, expected) => expect(holds(condition, contexts)).toBe(expected))

  it('is filled in', () => expect(fill(`\${{ github.ref || 'x' }}/\${{ vars.A }}`, contexts)).toBe('x/a'))

  it.each(['secrets.A', 'vars.B', "format('{0}', vars.A)", 'github.event.number'])(
    '%s is unknown, which fails',
    text => expect(() => fill(`\${{ ${text} }}`, contexts)).toThrow('is not told'),
  )
})
