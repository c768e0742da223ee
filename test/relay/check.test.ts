import '../trust-emulators.ts'
import { createHmac } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import { describe, expect, onTestFinished, test } from 'vitest'
import { problemsOf } from '../actions/step.ts'
import { startEmulator } from '../emulator/emulator.ts'
import { runStep, type StepRun } from '../github-runner.ts'
import { RELAYS_TO_ITSELF, startCoturn, type TurnServer } from './coturn.ts'
import { startWorker } from './worker.ts'

/** A coturn of a test's own. */
async function coturn(...lines: string[]): Promise<TurnServer> {
  const turn = await startCoturn(...lines)
  onTestFinished(() => turn.stop())
  return turn
}

const urlsOf = ({ urls, tlsUrl }: TurnServer): string[] => [...urls, tlsUrl]

/** Runs check/ with a user of coturn's who is valid for so many seconds. */
function check(turn: TurnServer, lifetime = 60, changes: object = {}): Promise<StepRun> {
  const username = `${Math.floor(Date.now() / 1000) + lifetime}:relay-test`
  const credential = createHmac('sha1', turn.secret).update(username).digest('base64')
  const servers = [{ urls: urlsOf(turn), username, credential, ...changes }]
  return runStep('check', { inputs: { 'ice-servers': JSON.stringify(servers), require: 'udp, tcp, tls' } })
}

/** What became of each URL: `true`, or the error. */
function outcomesOf({ outputs }: StepRun): unknown[] {
  const report: { ok: boolean; error?: string }[] = JSON.parse(outputs.report ?? '')
  return report.map(({ ok, error }) => ok || error)
}

const ALL = (pattern: RegExp) => [1, 2, 3].map(() => expect.stringMatching(pattern))

describe('check/ and a real coturn', () => {
  test('it relays over UDP, TCP and TLS', async () => {
    const run = await check(await coturn(RELAYS_TO_ITSELF))
    console.log(run.log)
    expect(run).toMatchObject({ exitCode: 0, annotations: [], unmasked: [] })
    expect(run.outputs.relayed).toBe('["udp","tcp","tls"]')
  })

  test('allocations are given back: a quota of two is enough for one check after the other', async () => {
    const turn = await coturn(RELAYS_TO_ITSELF, 'user-quota=2')
    const again = async () => outcomesOf(await check(turn, 600, { urls: turn.urls[0] }))
    expect(await again()).toEqual([true])
    // Coturn counts what was given back for about a second more, and what was not for 10 minutes.
    for (let round = 0; round < 2; round++) {
      await expect.poll(again, { interval: 1500, timeout: 30_000 }).toEqual([true])
    }
  })

  test('stale nonces are followed', async () => {
    const turn = await coturn(RELAYS_TO_ITSELF, 'stale-nonce=1')
    const run = await check(turn)
    expect(outcomesOf(run)).toEqual([true, true, true])
  })

  test('a wrong credential, and an expired one', async () => {
    const turn = await coturn(RELAYS_TO_ITSELF)
    expect(outcomesOf(await check(turn, 60, { credential: 'wrong-credential' }))).toEqual(ALL(/\(401 /))
    const expired = await check(turn, -5)
    expect(outcomesOf(expired)).toEqual(ALL(/\(401 .*By its user name, it expired at/))
    expect(expired).toMatchObject({ exitCode: 1, unmasked: [] })
  })

  test('a quota of one allocation', async () => {
    const turn = await coturn(RELAYS_TO_ITSELF, 'user-quota=1')
    const run = await check(turn, 60, { urls: turn.urls[0] })
    expect(outcomesOf(run)).toEqual([expect.stringMatching(/no more allocations.*\(486 /)])
  })

  test('a peer that is denied', async () => {
    const run = await check(await coturn())
    expect(outcomesOf(run)).toEqual(ALL(/denies its own.*\(403 /))
    expect(problemsOf(run)).toEqual([expect.stringMatching(/^TURN does not relay over UDP, TCP, TLS\./)])
  })
})

test('check/ asks the Worker of docs/ in workerd, and passes over UDP, TCP and TLS until coturn has stopped', async () => {
  const turn = await coturn(RELAYS_TO_ITSELF)
  const emulator = await startEmulator({ turn: { secret: turn.secret, urls: urlsOf(turn) } })
  onTestFinished(() => emulator.close())
  const { uid, secret } = emulator.seedKey({ name: 'stored' })
  const worker = await startWorker(emulator, { TURN_KEY_ID: uid, TURN_KEY_API_TOKEN: secret })
  onTestFinished(() => worker.stop())

  const inputs = { url: new URL('/ice-servers', worker.url).href, require: 'udp, tcp, tls', timeout: '3' }
  const run = await runStep('check', { inputs })
  console.log(run.log)
  expect(run).toMatchObject({ exitCode: 0, annotations: [], unmasked: [] })
  expect(run.outputs.relayed).toBe('["udp","tcp","tls"]')
  const [minted] = emulator.credentials()
  expect(run.masks).toEqual([minted?.credential, minted?.username])

  await turn.stop()
  await sleep(100)
  const stopped = await runStep('check', { inputs })
  console.log(stopped.log)
  expect(stopped).toMatchObject({ exitCode: 1, unmasked: [], outputs: { relayed: '[]' } })
  expect(outcomesOf(stopped)).toEqual(ALL(/ECONNREFUSED/))
})
