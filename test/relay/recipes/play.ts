import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { onTestFinished } from 'vitest'
import {
  ACCOUNT_ID,
  type Emulator,
  type EmulatorOptions,
  startEmulator,
  TOKENS,
} from '../../emulator/emulator.ts'
import { type Played, play } from '../../recipes/play.ts'
import { eventOf } from '../../recipes/reader.ts'
import type { ScriptRun } from '../../recipes/script.ts'
import { readRecipes } from '../../recipes/workflow.ts'
import { filesLeft, type Machine, startMachine } from './machine.ts'

const ROOT = join(import.meta.dirname, '../../..')

/** An emulator, and a machine for which it is Cloudflare and GitHub. */
export interface Stage {
  readonly emulator: Emulator
  readonly machine: Machine
}

/** What a recipe's scripts did. */
export interface Outcome extends Played {
  readonly log: string
  /** Whether every script and every step of ours ended with 0. */
  readonly succeeded: boolean
}

/** Starts both, until the test is over. */
export async function startStage(options: EmulatorOptions = {}): Promise<Stage> {
  const emulator = await startEmulator(options)
  const machine = await startMachine(emulator)
  onTestFinished(async () => {
    await machine.stop()
    await emulator.close()
  })
  return { emulator, machine }
}

/** Plays the recipe under a heading, its scripts for real, in the checkout of an app. */
export async function playForReal(
  { emulator, machine }: Stage,
  [file, title]: readonly [file: string, title: string],
  event: string,
  app: string,
  { settings = {}, without = [] }: { settings?: Record<string, string>; without?: readonly string[] } = {},
): Promise<Outcome> {
  const recipes = readRecipes(file, readFileSync(join(ROOT, file), 'utf8'))
  const recipe = recipes.find(one => one.title === `${file}: ${title}`)
  if (!recipe) throw new Error(`no recipe ${title} in ${file}`)
  const job = { cwd: app, temp: mkdtempSync(join(tmpdir(), 'runner-temp-')), settings }
  const empty = Object.fromEntries(without.map(name => [name, '']))
  const run = eventOf(recipe, event)
  const played = await play(recipe, run, emulator, undefined, (step, env) =>
    machine.run(step, { ...env, ...empty }, job),
  )
  const left = filesLeft(job)
  if (left.length > 0) throw new Error(`a script left ${left.join(' and ')}`)
  rmSync(job.temp, { recursive: true, force: true })
  const codes = [
    ...played.scripts.map(script => script.exitCode),
    ...played.phases.map(phase => phase.run.exitCode),
  ]
  return {
    ...played,
    log: played.scripts.map(script => script.log).join(''),
    succeeded: codes.every(code => code === 0),
  }
}

/** Runs one command as a person does who has the account's token in the environment. */
export async function runCommand({ machine }: Stage, run: string, app: string): Promise<ScriptRun> {
  const step = { id: '', uses: '', run, shell: '', condition: '', inputs: {}, env: {} }
  const env = { CLOUDFLARE_API_TOKEN: TOKENS.workers, CLOUDFLARE_ACCOUNT_ID: ACCOUNT_ID }
  const temp = mkdtempSync(join(tmpdir(), 'runner-temp-'))
  const outcome = await machine.run(step, env, { cwd: app, temp, settings: {} })
  rmSync(temp, { recursive: true, force: true })
  return outcome
}

/** Secrets that showed in a log or in arguments, which every process of the machine can read. */
export function leaks({ emulator, machine }: Stage, ...outcomes: Outcome[]): string[] {
  const shown = [machine.args(), ...outcomes.map(({ log }) => log)].join('\n')
  return emulator.keys().flatMap(({ secret }) => (shown.includes(secret) ? [secret] : []))
}
