import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { type Browser, chromium } from 'playwright-core'
import { isObject } from '../emulator/emulated-response.ts'
import { commandOf } from './installed.ts'

/** What two peers in a page made of the ICE servers that they were given. */
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
const SCRIPT = readFileSync(join(import.meta.dirname, 'meeting.js'), 'utf8')

/** Starts the system's Chromium, which talks to nobody but loopback. */
export function openBrowser(): Promise<Browser> {
  return chromium.launch({ executablePath: commandOf('chromium'), headless: true, args: FLAGS })
}

/** Gives a page the output `ice-servers` as it is, and lets two peers in it meet. */
export async function meet(browser: Browser, iceServers: string, message: string): Promise<Meeting> {
  const page = await browser.newPage()
  try {
    await page.addScriptTag({ content: SCRIPT })
    const call = `meet(${JSON.stringify(iceServers)}, ${JSON.stringify(message)})`
    return read(await page.evaluate<unknown>(call))
  } finally {
    await page.close()
  }
}

function read(value: unknown): Meeting {
  if (!isObject(value)) throw new Error(`the page gave ${JSON.stringify(value)}`)
  const { pair, received, errors } = value
  return { pair: list(pair).map(String), received: String(received), errors: list(errors).map(Number) }
}

function list(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : []
}
