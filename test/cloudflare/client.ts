import { Agent } from 'undici'
import { test } from 'vitest'
import type { Account } from '../../src/cloudflare/keys.ts'
import { fullPatience, RateLimit } from '../../src/http/rate-limit.ts'
import { ACCOUNT_ID, type Emulator, startEmulator, TOKENS } from '../emulator/emulator.ts'

/** A client of an emulator, what it said, and the controllers of its lifeline. */
interface Client {
  readonly emulator: Emulator
  readonly account: Account
  readonly said: string[]
  readonly debugged: string[]
  readonly stop: AbortController
  readonly cut: AbortController
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
  const [said, debugged]: string[][] = [[], []]
  const [stop, cut] = [new AbortController(), new AbortController()]
  const say = (text: string) => void said?.push(text)
  const account: Account = {
    baseUrl: emulator.apiUrl,
    bearer: TOKENS.write,
    accountId: ACCOUNT_ID,
    lifeline: { stop: stop.signal, cut: cut.signal },
    dispatcher,
    rateLimit: new RateLimit('Cloudflare', fullPatience(), say),
    say,
    debug: text => void debugged?.push(text),
  }
  return { emulator, account, said: said ?? [], debugged: debugged ?? [], stop, cut }
}

/** What a promise was rejected with. */
export async function rejection(promise: Promise<unknown>): Promise<unknown> {
  return promise.then(
    () => 'no rejection',
    (reason: unknown) => reason,
  )
}
