import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest'
import { ACCOUNT_ID, type Emulator, startEmulator, TOKENS } from '../emulator/emulator.ts'
import { runStep } from '../github-runner.ts'
import { meet, openBrowser } from './browser.ts'
import { RELAYS_TO_ITSELF, startCoturn, type TurnServer } from './coturn.ts'
import { startWorker } from './worker.ts'

const MESSAGE = 'by way of the relay'
let turn: TurnServer
let emulator: Emulator
let browser: Browser

beforeAll(async () => {
  turn = await startCoturn(RELAYS_TO_ITSELF)
  emulator = await startEmulator({ turn, mintDelay: 600, mintDelayStatus: 401 })
  browser = await openBrowser()
})
afterAll(async () => {
  await browser?.close()
  await emulator?.close()
  await turn?.stop()
})

function account(): Record<string, string> {
  return { 'account-id': ACCOUNT_ID, 'api-token': TOKENS.write, 'api-url': emulator.apiUrl }
}

/** The page of docs/ asks the server that it came from. */
async function askServer(page: Page, url: string): Promise<string> {
  await page.goto(url)
  const source = readFileSync(join(import.meta.dirname, '../../docs/server/page.js'), 'utf8')
  const script = `${source.replace('export ', '')}\nfetchIceServers()`
  return JSON.stringify(await page.evaluate<unknown>(script))
}

test('two browsers meet with what the Worker of docs/ mints from the secrets that the root action stored in it', async () => {
  emulator.setWorker('signaling')
  const inputs = { ...account(), 'api-token': TOKENS.workers, store: 'worker', worker: 'signaling' }
  const step = await runStep('.', { inputs })
  expect(step).toMatchObject({ exitCode: 0, annotations: [], unmasked: [] })
  const { uid } = step.outputs
  await sleep(600)

  const worker = await startWorker(emulator, { ...emulator.worker('signaling')?.secrets })
  onTestFinished(() => worker.stop())
  const answers: string[] = []
  const iceServersOf = async (page: Page): Promise<string> => {
    answers.push(await askServer(page, worker.url))
    return answers.at(-1) ?? ''
  }
  const meeting = await meet(browser, iceServersOf, MESSAGE)
  const minted = emulator.credentials().filter(credential => credential.uid === uid)
  console.log(
    `selected candidate pair: ${meeting.pair.join(' and ')}; received: "${meeting.received}"; credentials minted by the Worker in workerd: ${minted.length}`,
  )
  expect(meeting).toMatchObject({ pair: ['relay', 'relay'], received: MESSAGE })
  expect(minted).toHaveLength(2)
  for (const [index, { username, credential }] of minted.entries()) {
    expect(JSON.parse(answers[index] ?? '')).toEqual([{ urls: turn.urls, username, credential }])
  }
})

test('two browsers meet with the ICE servers of a key that the root action created', async () => {
  const inputs = { ...account(), 'rtc-url': emulator.rtcUrl, ttl: '600' }
  const step = await runStep('.', { inputs })
  expect(step).toMatchObject({ exitCode: 0, annotations: [], unmasked: [] })
  const meeting = await meet(browser, async () => step.outputs['ice-servers'] ?? '', MESSAGE)
  expect(meeting).toMatchObject({ pair: ['relay', 'relay'], received: MESSAGE })
})

test('two browsers meet with those of the credentials action, until the ttl is over', async () => {
  const { uid, secret: key } = emulator.seedKey({ name: 'kept' })
  const inputs = { uid, key, ttl: '4', 'rtc-url': emulator.rtcUrl }
  const step = await runStep('credentials', { inputs })
  expect(step).toMatchObject({ exitCode: 0, annotations: [] })

  const iceServers = step.outputs['ice-servers'] ?? ''
  expect(await meet(browser, async () => iceServers, MESSAGE)).toMatchObject({ received: MESSAGE })

  // Coturn counts whole seconds.
  await sleep(Date.parse(step.outputs['expires-at'] ?? '') + 1100 - Date.now())
  const meeting = await meet(browser, async () => iceServers, MESSAGE)
  console.log(`past the ttl: the TURN server answered ${[...new Set(meeting.errors)].join(', ')}`)
  expect(meeting).toMatchObject({ pair: [], received: '' })
  expect(meeting.errors).toContain(401)
})
