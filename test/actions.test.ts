import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { iceServersOf } from './actions/check-step.ts'
import { ACCOUNT_ID, type Emulator, startEmulator, TOKENS } from './emulator/emulator.ts'
import { startTurnServer, type TurnServer } from './emulator/turn/turn-server.ts'
import { readAction } from './github-runner/action.ts'
import { ACTION_FOLDERS, type ActionFolder, runStep, type StepRun } from './github-runner.ts'

const ROOT = join(import.meta.dirname, '..')
let emulator: Emulator
let turn: TurnServer

beforeAll(async () => {
  emulator = await startEmulator()
  turn = await startTurnServer()
})
afterAll(async () => {
  await emulator.close()
  await turn.close()
})

/** What each action needs at least, to go as far as it can. */
function needs(folder: ActionFolder): Record<string, string> {
  const { apiUrl, rtcUrl } = emulator
  const account = { 'account-id': ACCOUNT_ID, 'api-token': TOKENS.write, 'api-url': apiUrl }
  if (folder === 'usage') return { ...account, 'api-token': TOKENS.analytics }
  if (folder === 'check') return { 'ice-servers': iceServersOf(turn) }
  if (folder === '.') return { ...account, 'rtc-url': rtcUrl, ttl: '60' }
  const { uid, secret } = emulator.seedKey({ name: 'n' })
  return folder === 'delete' ? { ...account, uid } : { uid, key: secret, 'rtc-url': rtcUrl }
}

/** Runs an action and says what it ended with and sent, whatever differs by chance aside. */
async function outcomeOf(folder: ActionFolder, more: Record<string, string> = {}) {
  const before = emulator.requests.length
  const run: StepRun = await runStep(folder, { inputs: { ...needs(folder), ...more } })
  const sent = emulator.requests
    .slice(before)
    .map(({ operation, body }) => `${operation} ${body.replaceAll(/\d{4}-\d\d-\d\dT[\d:]+Z/g, 'a time')}`)
    .sort()
  return {
    run,
    shown: [run.exitCode, Object.keys(run.outputs), Object.keys(run.state), sent],
  }
}

describe('what an action.yml says is what the code does', () => {
  for (const folder of ACTION_FOLDERS) {
    const { inputs, outputs } = readAction(ROOT, folder)

    test(`${folder}: the code reads each input, and its default is the same`, () => {
      const source = sourceOf(folder)
      for (const input of inputs) {
        expect(source, input.name).toContain(`'${input.name}'`)
        if (input.default?.startsWith('https:')) expect(source, input.name).toContain(`'${input.default}'`)
      }
    })

    test(`${folder}: the outputs are those that the code sets`, async () => {
      const { run } = await outcomeOf(folder)
      expect(run.exitCode).toBe(0)
      expect(Object.keys(run.outputs).sort()).toEqual(outputs.map(({ name }) => name).sort())
    })

    test(`${folder}: an input left out is the same as an empty one`, async () => {
      const given = Object.keys(needs(folder))
      const optional = inputs.filter(
        ({ name, default: preset }) => !given.includes(name) && !isMarked(preset),
      )
      const empty = Object.fromEntries(optional.map(({ name }) => [name, '']))
      const [leftOut, left] = [await outcomeOf(folder), await outcomeOf(folder, empty)]
      expect(left.shown).toEqual(leftOut.shown)
    })
  }
})

/** Whether a default is a mark that tells an input left out from an empty one, or an expression. */
function isMarked(preset: string | undefined): boolean {
  return preset?.startsWith('(') === true || preset?.startsWith('${{') === true
}

function sourceOf(folder: string): string {
  const files = execFileSync('git', ['ls-files', 'src'], { cwd: ROOT, encoding: 'utf8' }).trim().split('\n')
  const own = folder === '.' ? 'create' : folder
  const others = ACTION_FOLDERS.map(name => (name === '.' ? 'create' : name))
    .filter(name => name !== own)
    .map(name => `src/actions/${name}/`)
  return files
    .filter(file => !others.some(other => file.startsWith(other)))
    .map(file => readFileSync(join(ROOT, file), 'utf8'))
    .join('\n')
}
