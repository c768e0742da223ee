import { afterEach, beforeEach, expect, test } from 'vitest'
import { github, manage, type ReceivedResponse, rtc, until } from './ask.ts'
import { ACCOUNT_ID, type Emulator, startEmulator, TOKENS } from './emulator.ts'

const KEYS = `${ACCOUNT_ID}/calls/turn_keys`
let emulator: Emulator
const create = (): Promise<ReceivedResponse> => manage(emulator, 'POST', KEYS, { name: 'a' })

beforeEach(async () => {
  emulator = await startEmulator()
})
afterEach(() => emulator.close())

test('skip, times and uid', async () => {
  const [one, two] = [emulator.seedKey({ name: 'one' }), emulator.seedKey({ name: 'two' })]
  emulator.injectFault({ on: 'get', kind: 'html', uid: two.uid, skip: 1, times: 2 })
  const statuses = []
  for (const { uid } of [one, two, two, one, two, two]) {
    statuses.push((await manage(emulator, 'GET', `${KEYS}/${uid}`)).status)
  }
  expect(statuses).toEqual([200, 200, 502, 200, 502, 200])
})

test('any takes every call, without end when injected so', async () => {
  emulator.injectFault({ on: 'any', kind: 'html', times: Number.POSITIVE_INFINITY })
  const key = emulator.seedKey({ name: 'a' })
  const responses = [create(), rtc(emulator, key, 'generate', { ttl: 1 }), github(emulator, 'GET', '')]
  expect((await Promise.all(responses)).map(response => response.status)).toEqual([502, 502, 502])
})

test('requests are recorded in order, with what was sent and what came', async () => {
  await create()
  await manage(emulator, 'GET', `${KEYS}?page=1`)
  await until(() => emulator.requests.every(request => request.status !== undefined))
  expect(emulator.requests).toMatchObject([
    { method: 'POST', operation: 'create', host: 'api', body: '{"name":"a"}', status: 201, concurrency: 1 },
    { method: 'GET', operation: 'list', path: `/client/v4/accounts/${KEYS}?page=1`, status: 200 },
  ])
  expect(emulator.requests[0]?.headers.authorization).toBe(`Bearer ${TOKENS.write}`)
})
