import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { GITHUB_TOKENS } from '../../test/emulator/emulator.ts'
import { readAction } from '../../test/github-runner/action.ts'
import { account, type Case, variablesOf } from './cases.ts'
import { measure } from './measure.ts'

const KEYS = 1000
const PULLS = 300
/** Of both, the part that goes one after the other. */
const PART = 10
const ROUNDS = 3

/** One after the other, with what Node has: each pull request is asked about, then each key deleted. */
const ONE_BY_ONE = `const { env } = process
const url = env['INPUT_API-URL'] + '/accounts/' + env['INPUT_ACCOUNT-ID'] + '/calls/turn_keys'
const headers = { authorization: 'Bearer ' + env['INPUT_API-TOKEN'] }
const { result } = await (await fetch(url, { headers })).json()
for (let number = 1; number <= ${PULLS / PART}; number++) {
  const headers = { authorization: 'Bearer ' + env['INPUT_GITHUB-TOKEN'] }
  const reply = await fetch(env.GITHUB_API_URL + '/repos/octo/app/pulls/' + number, { headers })
  if ((await reply.json()).state !== 'closed') process.exitCode = 1
}
for (const { uid } of result.slice(0, ${KEYS / PART})) {
  const reply = await fetch(url + '/' + uid, { method: 'DELETE', headers })
  if (!(await reply.json()).success) process.exitCode = 1
}
`

/** How many times as fast `orphaned` deletes 1,000 keys of 300 closed pull requests, reckoned from a tenth of them. */
export async function measureOrphaned(root: string, folder: string, origin: string): Promise<number> {
  const action = readAction(root, 'delete')
  const inputs = { ...account(origin), orphaned: 'true', 'github-token': GITHUB_TOKENS.full }
  const env = { ...variablesOf(action, inputs, folder, 'schedule'), GITHUB_API_URL: `${origin}/github` }
  const oneByOne: Case = { name: 'one by one', file: join(folder, 'one-by-one.mjs'), env }
  const orphaned: Case = { name: 'orphaned', file: action.main, env }
  writeFileSync(oneByOne.file, ONE_BY_ONE)
  const [slow, fast] = [await time(oneByOne, origin), await time(orphaned, origin)]
  const left = await (await fetch(`${origin}/emulator/keys`)).text()
  if (left !== '[]') throw new Error(`keys are left: ${left}`)
  return (slow * PART) / fast
}

async function time(one: Case, origin: string): Promise<number> {
  const times = await measure([one], ROUNDS, () => seed(origin), 0)
  return times.get(one) ?? Number.NaN
}

async function seed(origin: string): Promise<void> {
  const post = (path: string, body: unknown = {}): Promise<unknown> =>
    fetch(`${origin}/emulator/${path}`, { method: 'POST', body: JSON.stringify(body) })
  await post('reset')
  for (let number = 1; number <= PULLS; number++) await post('pulls', { number, state: 'closed' })
  for (let index = 0; index < KEYS; index++) await post('keys', { name: `octo/app#${(index % PULLS) + 1}` })
}
