import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { type Browser, chromium, type Page } from 'playwright-core'
import { isObject } from '../emulator/emulated-response.ts'
import { commandOf } from './installed.ts'

/** What two pages did with the ICE servers that they were given. */
interface Meeting {
  /** The candidate types of the pair in use, ours and theirs; empty when there was no connection. */
  readonly pair: readonly string[]
  /** What came through the data channel. */
  readonly received: string
  /** The STUN error codes that the TURN server answered with. */
  readonly errors: readonly number[]
}

const FLAGS = [
  '--allow-loopback-in-peer-connection',
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
]
const SCRIPT = readFileSync(join(import.meta.dirname, 'peer.js'), 'utf8')

/** Starts the system's Chromium, which talks to nobody but loopback; more flags can lead names there. */
export function openBrowser(flags: readonly string[] = []): Promise<Browser> {
  return chromium.launch({
    executablePath: commandOf('chromium'),
    headless: true,
    args: [...FLAGS, ...flags],
  })
}

/** Lets two pages meet: each opens what it likes, and says which ICE servers it has, as JSON. */
export async function meet(
  browser: Browser,
  iceServersOf: (page: Page) => Promise<string>,
  message: string,
): Promise<Meeting> {
  const [caller, callee] = [await browser.newPage(), await browser.newPage()]
  try {
    const [ours, theirs] = [await open(caller, iceServersOf), await open(callee, iceServersOf)]
    const offer = await run(caller, 'offer', ours, message)
    await run(caller, 'accept', await run(callee, 'answer', theirs, String(offer)))
    const received = String(offer).includes('a=candidate:') ? await run(callee, 'receive') : ''
    return read(await run(caller, 'report'), String(received))
  } finally {
    await Promise.all([caller.close(), callee.close()])
  }
}

async function open(page: Page, iceServersOf: (page: Page) => Promise<string>): Promise<string> {
  const iceServers = await iceServersOf(page)
  await page.addScriptTag({ content: SCRIPT })
  return iceServers
}

function run(page: Page, name: string, ...values: unknown[]): Promise<unknown> {
  return page.evaluate<unknown>(`${name}(${values.map(value => JSON.stringify(value)).join(', ')})`)
}

function read(value: unknown, received: string): Meeting {
  if (!isObject(value)) throw new Error(`the page gave ${JSON.stringify(value)}`)
  const { pair, errors } = value
  return { pair: list(pair).map(String), received, errors: list(errors).map(Number) }
}

function list(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : []
}
