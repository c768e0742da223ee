import { setTimeout as sleep } from 'node:timers/promises'
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { ACCOUNT_ID, type Emulator, startEmulator, TOKENS } from '../emulator/emulator.ts'
import { runStep } from '../runner.ts'
import { meet, openBrowser } from './browser.ts'
import { startCoturn, type TurnServer } from './coturn.ts'

const MESSAGE = 'by way of the relay'
let turn: TurnServer
let emulator: Emulator
let browser: Browser

beforeAll(async () => {
  turn = await startCoturn()
  emulator = await startEmulator({ turn, mintDelay: 600, mintDelayStatus: 401 })
  browser = await openBrowser()
})
afterAll(async () => {
  await browser?.close()
  await emulator?.close()
  await turn?.stop()
})

function account(): Record<string, string> {
  const { apiUrl, rtcUrl } = emulator
  return { 'account-id': ACCOUNT_ID, 'api-token': TOKENS.write, 'api-url': apiUrl, 'rtc-url': rtcUrl }
}

test('two peers meet with the ICE servers of a key that the root action made, and waited for', async () => {
  const step = await runStep('.', { inputs: { ...account(), ttl: '600' } })
  expect(step).toMatchObject({ exitCode: 0, annotations: [], unmasked: [] })
  expect(step.log).toContain('Cloudflare does not know the key yet (HTTP status 401)')
  const printed = step.stdout.split('\n').filter(line => !line.startsWith('::add-mask::'))
  expect(printed.join('\n')).not.toContain(emulator.keys()[0]?.secret)

  const meeting = await meet(browser, step.outputs['ice-servers'] ?? '', MESSAGE)
  console.log(`selected candidate pair: ${meeting.pair.join(' and ')}; received: "${meeting.received}"`)
  expect(meeting).toMatchObject({ pair: ['relay', 'relay'], received: MESSAGE })
})

test('two peers meet with those of the credentials action, until the ttl is over', async () => {
  const { uid, secret: key } = emulator.seedKey({ name: 'kept' })
  const inputs = { uid, key, ttl: '4', 'rtc-url': emulator.rtcUrl }
  const step = await runStep('credentials', { inputs })
  expect(step).toMatchObject({ exitCode: 0, annotations: [] })

  const iceServers = step.outputs['ice-servers'] ?? ''
  expect(await meet(browser, iceServers, MESSAGE)).toMatchObject({ received: MESSAGE })

  // Coturn counts whole seconds.
  await sleep(Date.parse(step.outputs['expires-at'] ?? '') + 1100 - Date.now())
  const meeting = await meet(browser, iceServers, MESSAGE)
  console.log(`past the ttl: the TURN server answered ${[...new Set(meeting.errors)].join(', ')}`)
  expect(meeting).toMatchObject({ pair: [], received: '' })
  expect(meeting.errors).toContain(401)
})
