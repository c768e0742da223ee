import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { type Emulator, startEmulator } from './emulator/emulator.ts'
import { fill, holds } from './recipes/expressions.ts'
import { play } from './recipes/play.ts'
import { eventOf } from './recipes/reader.ts'
import { type Recipe, readRecipes } from './recipes/workflow.ts'

/** What a recipe promises: of which keys that were there, and after which runs, which are left. */
interface Pledge {
  /** Names of keys made before, oldest first, so many days ago. */
  readonly before?: readonly (readonly [name: string, days: number])[]
  /** The `action` of the pull request event of each run, or anything for another event (default one run). */
  readonly runs?: readonly string[]
  /** The names of the keys that are left. */
  readonly left: readonly string[]
  /** The environments whose stored pair is that of the newest key of theirs. */
  readonly held?: readonly string[]
}

const PROMISES: Readonly<Record<string, Pledge>> = {
  'README.md: Cloudflare TURN key': { left: [] },
  'README.md: One key per environment': {
    runs: ['first push', 'second push'],
    left: ['octo/app:production', 'octo/app:staging'],
    held: ['staging', 'production'],
  },
  'README.md: A preview per pull request': { runs: ['opened', 'synchronize'], left: ['octo/app#7'] },
  'README.md: A preview per pull request, closed': { runs: ['opened', 'closed'], left: [] },
  'README.md: A new key every month': {
    before: [
      ['octo/app:staging', 60],
      ['octo/app:production', 60],
      ['octo/app:staging', 30],
      ['octo/app:production', 30],
    ],
    left: ['octo/app:production', 'octo/app:production', 'octo/app:staging', 'octo/app:staging'],
    held: ['staging', 'production'],
  },
  'README.md: A weekly sweep': {
    before: [
      ['octo/app#1', 31],
      ['octo/app:staging', 31],
      ['octo/app#2', 29],
    ],
    left: ['octo/app#2', 'octo/app:staging'],
  },
  'credentials/README.md: A preview deployment with a key of its own': {
    runs: ['opened', 'synchronize', 'closed'],
    left: [],
  },
  'delete/README.md: Delete Cloudflare TURN keys': {
    before: [
      ['preview', 2],
      ['preview-2', 1],
      ['preview', 0],
    ],
    left: ['preview-2'],
  },
  'delete/README.md: When a pull request is closed': {
    before: [
      ['octo/app#7', 1],
      ['octo/app#70', 1],
    ],
    left: ['octo/app#70'],
  },
  'delete/README.md: Once a week': {
    before: [
      ['octo/app#1', 8],
      ['octo/app:staging', 8],
      ['octo/app#2', 6],
    ],
    left: ['octo/app#2', 'octo/app:staging'],
  },
  'delete/README.md: Rotate a key': {
    before: [
      ['production', 60],
      ['production', 30],
    ],
    left: ['production', 'production'],
  },
}

const ROOT = join(import.meta.dirname, '..')
const DAY = 86_400_000
const RECIPES = ['README.md', 'credentials/README.md', 'delete/README.md']
  .filter(file => existsSync(join(ROOT, file)))
  .flatMap(file => readRecipes(file, readFileSync(join(ROOT, file), 'utf8')))

/** The promises of a recipe; credentials come from a stored key, and leave it where it is. */
function promisesOf({ title }: Recipe): [string, Pledge][] {
  const written = Object.entries(PROMISES).filter(([name]) => name === title || name.startsWith(`${title},`))
  if (written.length > 0 || !title.startsWith('credentials/')) return written
  return [[title, { before: [['stored', 1]], left: ['stored'] }]]
}

function expectHeld(emulator: Emulator, environment: string): void {
  const key = emulator.keys().findLast(({ name }) => name.endsWith(`:${environment}`))
  const { variables, secrets } = emulator.github.environment(environment) ?? {}
  expect(variables?.TURN_KEY_ID?.value).toBe(key?.uid)
  expect(secrets?.TURN_KEY_API_TOKEN?.value).toBe(key?.secret)
}

describe.concurrent('A reader sets up each recipe from the README alone', () => {
  for (const recipe of RECIPES) {
    it(`${recipe.title}: is known to this test`, () => expect(promisesOf(recipe)).not.toEqual([]))
    for (const [title, { before = [], runs = [''], left, held = [] }] of promisesOf(recipe)) {
      it(title, async ({ onTestFinished }) => {
        const emulator = await startEmulator()
        onTestFinished(() => emulator.close())
        for (const [name, days] of before) {
          emulator.seedKey({ name, created: new Date(Date.now() - days * DAY).toISOString() })
        }
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
        for (const environment of held) expectHeld(emulator, environment)
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
