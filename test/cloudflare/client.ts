import { Agent } from 'undici'
import { test } from 'vitest'
import type { AccountClient } from '../../src/cloudflare/keys.ts'
import { RateLimitWaiter } from '../../src/http/rate-limit.ts'
import { ACCOUNT_ID, type Emulator, startEmulator, TOKENS } from '../emulator/emulator.ts'

/** A client of an emulator, what it logged, and the controllers of its signals. */
interface Client {
  readonly emulator: Emulator
  readonly account: AccountClient
  readonly logged: string[]
  readonly debugLogged: string[]
  readonly drain: AbortController
  readonly abort: AbortController
}

/** A test with a client and an emulator of its own. */
export const it = test.extend<{ client: Client }>({
  // biome-ignore lint/correctness/noEmptyPattern: vitest reads the names of fixtures from the pattern
  client: async ({}, use) => {
    const emulator = await startEmulator()
    const dispatcher = new Agent({ allowH2: false })
    await use(clientOf(emulator, dispatcher))
    await dispatcher.destroy()
    await emulator.close()
  },
})

function clientOf(emulator: Emulator, dispatcher: Agent): Client {
  const [logged, debugLogged]: string[][] = [[], []]
  const [drain, abort] = [new AbortController(), new AbortController()]
  const info = (text: string) => void logged?.push(text)
  const account: AccountClient = {
    baseUrl: emulator.apiUrl,
    token: TOKENS.write,
    accountId: ACCOUNT_ID,
    drain: drain.signal,
    signal: abort.signal,
    dispatcher: async () => dispatcher,
    rateLimitWaiter: new RateLimitWaiter('Cloudflare', { remainingMs: 300_000 }, info),
    info,
    debug: text => void debugLogged?.push(text),
    redact: text => text,
  }
  return { emulator, account, logged: logged ?? [], debugLogged: debugLogged ?? [], drain, abort }
}

/** What a promise was rejected with. */
export async function rejection(promise: Promise<unknown>): Promise<unknown> {
  return promise.then(
    () => 'no rejection',
    (reason: unknown) => reason,
  )
}
