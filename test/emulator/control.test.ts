import { expect, test } from 'vitest'
import { ask, manage, type ReceivedResponse } from './ask.ts'
import { ACCOUNT_ID, type Emulator, OTHER_ACCOUNT_ID, startEmulator } from './emulator.ts'

const KEYS = `${ACCOUNT_ID}/calls/turn_keys`

function control(
  { origin }: Pick<Emulator, 'origin'>,
  method: string,
  path: string,
  body?: unknown,
): Promise<ReceivedResponse> {
  return ask(method, `${origin}/emulator/${path}`, {}, body)
}

test('keys, faults and requests from another process', async () => {
  const emulator = await startEmulator()
  const seeded = await control(emulator, 'POST', 'keys', { name: 'a', accountId: OTHER_ACCOUNT_ID })
  expect([seeded.status, seeded.body]).toMatchObject([201, { name: 'a', accountId: OTHER_ACCOUNT_ID }])
  const fault = { on: 'list', kind: 'html', times: 'Infinity' }
  expect((await control(emulator, 'POST', 'faults', fault)).status).toBe(201)
  for (let count = 0; count < 3; count += 1) expect((await manage(emulator, 'GET', KEYS)).status).toBe(502)
  expect((await control(emulator, 'GET', 'requests')).body).toHaveLength(3)
  expect((await control(emulator, 'GET', 'keys')).body).toEqual(emulator.keys())
  emulator.github.setVariable('staging', 'A', 'a')
  const environments = { 'octo/app': { staging: { variables: { A: { value: 'a' } } }, production: {} } }
  expect((await control(emulator, 'GET', 'environments')).body).toMatchObject(environments)
  expect((await control(emulator, 'POST', 'reset')).status).toBe(200)
  expect([emulator.keys(), emulator.requests]).toEqual([[], []])
  expect((await manage(emulator, 'GET', KEYS)).status).toBe(200)
  expect(emulator.github.environment('staging')?.variables).toEqual({})
  await emulator.close()
})

test.each([
  'no JSON',
  { on: 'list' },
  { on: 'nothing', kind: 'html' },
  { on: 'list', kind: 'odd' },
  { on: 'list', kind: 'slow' },
  { on: 'list', kind: 'error', status: '500' },
])('no fault: %j', async fault => {
  const emulator = await startEmulator()
  expect((await control(emulator, 'POST', 'faults', fault)).status).toBe(400)
  await emulator.close()
})
