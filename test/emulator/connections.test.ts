import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { failureOf, manage, type ReceivedResponse, until } from './ask.ts'
import { ACCOUNT_ID, type Emulator, startEmulator, TOKENS } from './emulator.ts'
import type { Transport } from './server.ts'

const KEYS = `${ACCOUNT_ID}/calls/turn_keys`
let emulator: Emulator
const create = (): Promise<ReceivedResponse> => manage(emulator, 'POST', KEYS, { name: 'a' })

describe.each<Transport>(['http', 'https'])('%s', transport => {
  beforeEach(async () => {
    emulator = await startEmulator({ transport })
  })
  afterEach(() => emulator.close())

  test('response-lost: the key is made, the socket reset', async () => {
    emulator.injectFault({ on: 'create', kind: 'response-lost' })
    expect(await failureOf(create())).toBe('ECONNRESET')
    expect(emulator.keys()).toHaveLength(1)
    await until(() => emulator.peakConcurrency() === 1)
    expect(emulator.requests[0]).not.toHaveProperty('status')
  })

  test('reset: the socket is reset, no key', async () => {
    emulator.injectFault({ on: 'create', kind: 'reset' })
    expect(await failureOf(create())).toBe('ECONNRESET')
    expect(emulator.keys()).toEqual([])
  })

  test.each([
    [false, 0],
    [true, 1],
  ])('no-response with effect %s: open until the emulator closes', async (effect, keys) => {
    emulator.injectFault({ on: 'create', kind: 'no-response', effect })
    const outcome = failureOf(create())
    await until(() => emulator.requests.length === 1)
    expect((await manage(emulator, 'GET', KEYS)).body.result).toHaveLength(keys)
    expect(emulator.peakConcurrency()).toBe(2)
    await emulator.close()
    expect(await outcome).toMatch(/SOCKET|RESET/)
  })

  test('cut: status and headers come, half of the body too', async () => {
    emulator.injectFault({ on: 'create', kind: 'cut' })
    const headers = { authorization: `Bearer ${TOKENS.write}` }
    const response = await fetch(`${emulator.apiUrl}/accounts/${KEYS}`, {
      method: 'POST',
      headers,
      body: '{}',
    })
    expect(response.status).toBe(201)
    expect(await failureOf(response.text())).toMatch(/SOCKET|RESET/)
    expect(emulator.keys()).toHaveLength(1)
  })

  test.each([
    [undefined, 1],
    [true, 0],
  ])('slow with effectAfterDelay %s', async (effectAfterDelay, early) => {
    const late = effectAfterDelay === undefined ? {} : { effectAfterDelay }
    emulator.injectFault({ on: 'create', kind: 'slow', delay: 60, ...late })
    const response = create()
    await until(() => emulator.requests.length === 1)
    expect(emulator.keys()).toHaveLength(early)
    expect((await response).status).toBe(201)
    expect(emulator.keys()).toHaveLength(1)
  })
})
