import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Emulator, startEmulator } from '../emulator/emulator.ts'
import { prepareTrials, trialVariables } from '../emulator/trials.ts'
import { startTurnServer, type TurnServer } from '../emulator/turn/turn-server.ts'
import { RELAYING } from './facts/relaying.ts'
import { GROUPS } from './facts.ts'
import { type Result, runFacts } from './run-facts.ts'
import { newRun } from './run-name.ts'
import { readSettings } from './settings.ts'
import { Trial } from './trial.ts'

/** Nothing that one run asks reaches a limit. */
const NOT_ASKED = ['`Retry-After`, where a limit was reached']
const names = GROUPS.flatMap(({ title, facts }) => facts.map(({ name }) => [title, name] as const))
let emulator: Emulator
/** It mints for a TURN server on loopback, and not for Cloudflare's. */
let relaying: Emulator
let turn: TurnServer
let results: Result[]

function trialWith(of: Emulator, variables: Record<string, string | undefined> = {}, patience = '0s'): Trial {
  const settings = readSettings({ ...trialVariables(of), ...variables }, patience)
  return new Trial(settings, newRun(), new AbortController().signal)
}

const ask = (of: Emulator, variables: Record<string, string | undefined> = {}): Promise<Result[]> =>
  runFacts(GROUPS, trialWith(of, variables))

beforeAll(async () => {
  emulator = await startEmulator()
  prepareTrials(emulator)
  const others = await runFacts(
    GROUPS.filter(group => group !== RELAYING),
    trialWith(emulator),
  )
  turn = await startTurnServer()
  relaying = await startEmulator({ turn })
  results = [...others, ...(await runFacts([RELAYING], trialWith(relaying)))]
})
afterAll(async () => {
  for (const one of [emulator, relaying, turn]) await one.close()
})

describe('the emulator does what each fact says of it', () => {
  test.each(names)('%s: %s', (group, name) => {
    const result = results.find(one => one.group === group && one.name === name)
    expect(result?.real).toBe(NOT_ASKED.includes(name) ? undefined : result?.emulator)
    expect(result?.outcome).toBe(NOT_ASKED.includes(name) ? 'not asked' : 'agrees')
  })

  test('no fact stands twice', () => {
    expect(new Set(names.map(String)).size).toBe(names.length)
  })
})

describe('with patience', () => {
  const relay = async (): Promise<Result[]> => runFacts([RELAYING], trialWith(relaying, {}, '1s'))

  test('credentials that should have ended are tried until they are refused, or patience ends', async () => {
    const before = turn.total()
    const found = await relay()
    expect(found.filter(({ outcome }) => outcome !== 'agrees')).toEqual([])
    expect(turn.total() - before).toBeGreaterThan(10)
  })

  test('every allocation is given back', () => expect(turn.open()).toBe(0))
})

test('a rate limit is waited for, and then what it says is known', async () => {
  const busy = await startEmulator()
  busy.injectFault({ on: 'get', kind: 'error', status: 429, retryAfter: 1 })
  const found = await ask(busy, { LIVE_GITHUB_TOKEN: undefined, LIVE_WORKER: undefined })
  expect(found.filter(({ name }) => NOT_ASKED.includes(name))).toMatchObject([
    { real: 'seconds', outcome: 'agrees' },
  ])
  await busy.close()
})

test('what is not given is not asked, and the rest is', async () => {
  const found = await ask(emulator, { LIVE_GITHUB_TOKEN: undefined, LIVE_WORKER: undefined })
  const reasons = found.flatMap(({ group, reason }) => (reason === undefined ? [] : [`${group}: ${reason}`]))
  expect(new Set(reasons)).toEqual(
    new Set([
      'Keys: the account has keys',
      'Worker: LIVE_WORKER is not set',
      'Variables of an environment: LIVE_GITHUB_TOKEN is not set',
      'Secrets of an environment: LIVE_GITHUB_TOKEN is not set',
      'Environments and tokens: LIVE_GITHUB_TOKEN is not set',
      'Owners of keys on GitHub: LIVE_GITHUB_TOKEN is not set',
      'Relaying: the emulator has no TURN server',
      'Headers: no limit was reached',
    ]),
  )
  expect(found.filter(({ outcome }) => outcome === 'differs')).toEqual([])
})

test('a moment until a new key mints is no difference, and the table says how long', async () => {
  const slow = await startEmulator({ mintDelay: 600 })
  const found = await ask(slow, { LIVE_GITHUB_TOKEN: undefined, LIVE_WORKER: undefined })
  expect(found.find(({ name }) => name === 'from a new key')).toMatchObject({
    real: expect.stringMatching(/^404 for \d\.\d s, then 201$/),
    outcome: 'agrees',
  })
  await slow.close()
})
