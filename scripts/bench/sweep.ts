import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { readAction } from '../../test/github-runner/action.ts'
import { account, type Case, variablesOf } from './cases.ts'
import { measure } from './measure.ts'

const KEYS = 300
const FEWER = 30
const ROUNDS = 3

/** Milliseconds that the emulator takes over each request. */
export const LATENCY = 50
/** How many times as fast as one after the other the delete action must be. */
export const LEAST = 6

/** One after the other, with what Node has. */
const ONE_BY_ONE = `const { env } = process
const url = env['INPUT_API-URL'] + '/accounts/' + env['INPUT_ACCOUNT-ID'] + '/calls/turn_keys'
const headers = { authorization: 'Bearer ' + env['INPUT_API-TOKEN'] }
const { result } = await (await fetch(url, { headers })).json()
for (const { uid } of result.slice(0, ${FEWER})) {
  const reply = await fetch(url + '/' + uid, { method: 'DELETE', headers })
  if (!(await reply.json()).success) process.exitCode = 1
}
`

/** How many times as fast the delete action deletes 300 keys as they go one after the other, reckoned from 30. */
export async function measureSweep(root: string, folder: string, origin: string): Promise<number> {
  const action = readAction(root, 'delete')
  const env = variablesOf(action, { ...account(origin), 'name-prefix': 'stale' }, folder, 'schedule')
  const oneByOne: Case = { name: 'one by one', file: join(folder, 'one-by-one.mjs'), env }
  const sweep: Case = { name: `delete ${KEYS}`, file: action.main, env }
  writeFileSync(oneByOne.file, ONE_BY_ONE)
  const [slow, fast] = [await time(oneByOne, origin), await time(sweep, origin)]
  return (slow * (KEYS / FEWER)) / fast
}

async function time(one: Case, origin: string): Promise<number> {
  const times = await measure([one], ROUNDS, () => seed(origin), 0)
  return times.get(one) ?? Number.NaN
}

async function seed(origin: string): Promise<void> {
  await fetch(`${origin}/emulator/reset`, { method: 'POST' })
  for (let index = 0; index < KEYS; index++) {
    await fetch(`${origin}/emulator/keys`, { method: 'POST', body: `{"name":"stale ${index}"}` })
  }
}
