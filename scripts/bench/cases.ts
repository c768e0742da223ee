import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { ACCOUNT_ID, TOKENS } from '../../test/emulator/emulator.ts'
import { type Action, readAction, stepInputs } from '../../test/github-runner/action.ts'
import { createCommandFiles } from '../../test/github-runner/command-files.ts'
import { hostEnvironment, inputVariables, runnerVariables } from '../../test/github-runner.ts'

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
  /** How many times as long as another case it may take. */
  readonly limit?: { readonly of: 'bare' | 'floor'; readonly ratio: number }
  /** 0 when not given. */
  readonly exitCode?: number
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

/** The inputs of the credentials action for a key of an emulator. */
export async function mintable(origin: string): Promise<Record<string, string>> {
  const reply = await fetch(`${origin}/emulator/keys`, { method: 'POST', body: '{"name":"mintable"}' })
  const { uid, secret } = (await reply.json()) as { uid: string; secret: string }
  return { uid, key: secret, 'rtc-url': `${origin}/v1` }
}

/** ICE servers from such a key, as JSON. */
export async function minted({ uid, key, 'rtc-url': url }: Record<string, string>): Promise<string> {
  const reply = await fetch(`${url}/turn/keys/${uid}/credentials/generate-ice-servers`, {
    method: 'POST',
    headers: { authorization: `Bearer ${key}` },
    body: '{"ttl":600}',
  })
  return await reply.text()
}

/** Bare Node and the floor, and what there is to time in the bundle; all see what a step sees. */
export async function createCases(root: string, folder: string, origin: string): Promise<Case[]> {
  const given = { ...account(origin), name: 'bench' }
  const [action, credentials] = [readAction(root, '.'), readAction(root, 'credentials')]
  const variables = (number: number, of: Action, inputs: Record<string, string>) => {
    const own = join(folder, String(number))
    mkdirSync(own)
    return variablesOf(of, inputs, own, 'push')
  }
  const env = variables(1, action, given)
  const [bare, floor] = [join(folder, 'bare.mjs'), join(folder, 'floor.mjs')]
  writeFileSync(bare, '')
  writeFileSync(floor, FLOOR)
  const idle = { of: 'bare', ratio: 1.6 } as const
  return [
    { name: 'bare Node', file: bare, env },
    { name: 'floor: fetch', file: floor, env },
    { name: 'create', file: action.main, env, limit: { of: 'floor', ratio: 0.96 } },
    {
      name: 'credentials',
      file: credentials.main,
      env: variables(2, credentials, await mintable(origin)),
      limit: { of: 'floor', ratio: 1 },
    },
    { name: 'idle post', file: action.post ?? '', env, limit: idle },
    {
      name: 'wrong inputs',
      file: action.main,
      env: variables(3, action, { ...given, 'account-id': 'none' }),
      limit: idle,
      exitCode: 1,
    },
  ]
}
