import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { ACCOUNT_ID, TOKENS } from '../../test/emulator/emulator.ts'
import { type Action, readAction, stepInputs } from '../../test/runner/action.ts'
import { createCommandFiles } from '../../test/runner/command-files.ts'
import { hostEnvironment, inputVariables, runnerVariables } from '../../test/runner.ts'

/** The same request with what Node has, and nothing else. */
const FLOOR = `const { env } = process
const url = env['INPUT_API-URL'] + '/accounts/' + env['INPUT_ACCOUNT-ID'] + '/calls/turn_keys'
const headers = { authorization: 'Bearer ' + env['INPUT_API-TOKEN'], 'content-type': 'application/json' }
const reply = await fetch(url, { method: 'POST', headers, body: JSON.stringify({ name: env.INPUT_NAME }) })
if (!(await reply.json()).result.uid) process.exitCode = 1
`

/** A program to time. */
export interface Case {
  readonly name: string
  readonly file: string
  readonly env: Record<string, string>
  /** How many times the floor it may take. */
  readonly limit?: number
}

/** The inputs that every step on an emulator needs. */
export function account(origin: string): Record<string, string> {
  return { 'account-id': ACCOUNT_ID, 'api-token': TOKENS.write, 'api-url': `${origin}/client/v4` }
}

/** The environment of a step that a runner starts in a folder. */
export function variablesOf(
  action: Action,
  given: Record<string, string>,
  folder: string,
  event: string,
): Record<string, string> {
  return {
    ...hostEnvironment(),
    ...runnerVariables(folder, { name: event, payload: {} }),
    ...createCommandFiles(join(folder, 'commands')).variables,
    ...inputVariables(stepInputs(action, given, 'success').values),
  }
}

/** Bare Node and the floor, and the bundle as often as there is something to time in it; all see what a step sees. */
export function createCases(root: string, folder: string, origin: string): Case[] {
  const given = { ...account(origin), name: 'bench' }
  const action = readAction(root, '.')
  const env = variablesOf(action, given, folder, 'push')
  const [bare, floor] = [join(folder, 'bare.mjs'), join(folder, 'floor.mjs')]
  writeFileSync(bare, '')
  writeFileSync(floor, FLOOR)
  return [
    { name: 'bare Node', file: bare, env },
    { name: 'floor: fetch', file: floor, env },
    { name: 'create', file: action.main, env, limit: 1.25 },
  ]
}
