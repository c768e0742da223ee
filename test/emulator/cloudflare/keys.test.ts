import { afterEach, beforeEach, expect, test } from 'vitest'
import { manage } from '../ask.ts'
import { ACCOUNT_ID, type Emulator, startEmulator } from '../emulator.ts'

const KEYS = `${ACCOUNT_ID}/calls/turn_keys`
const ISO = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z$/
let emulator: Emulator

beforeEach(async () => {
  emulator = await startEmulator()
})
afterEach(() => emulator.close())

test('create responds with 201, the key and, this once, its secret', async () => {
  const { status, body, headers } = await manage(emulator, 'POST', KEYS, { name: 'a' })
  expect(status).toBe(201)
  expect(body).toEqual({
    success: true,
    errors: [],
    messages: [],
    result: {
      uid: expect.stringMatching(/^[0-9a-f]{32}$/),
      name: 'a',
      created: expect.stringMatching(ISO),
      modified: expect.stringMatching(ISO),
      secret: expect.stringMatching(/^emulated-key-[0-9a-f]{51}$/),
    },
  })
  expect(headers.get('content-type')).toBe('application/json')
  expect(headers.get('cf-ray')).toMatch(/^[0-9a-f]{16}-EMU$/)
  expect(headers.get('date')).toBeTruthy()
  expect(headers.get('ratelimit')).toMatch(/^"default";r=1199;t=\d+$/)
  expect(headers.get('ratelimit-policy')).toBe('"default";q=1200;w=300')
})

test.each([
  ['key', ['key']],
  ['both', ['secret', 'key']],
] as const)('the secret can be in %s', async (secretField, members) => {
  const other = await startEmulator({ secretField })
  const { body } = await manage(other, 'POST', KEYS, {})
  const [stored] = other.keys()
  expect(Object.keys(body.result).slice(4)).toEqual(members)
  for (const member of members) expect(body.result[member]).toBe(stored?.secret)
  await other.close()
})

test('a name is optional and not unique', async () => {
  const made = [{}, { name: 'a' }, { name: 'a' }].map(body => manage(emulator, 'POST', KEYS, body))
  const names = (await Promise.all(made)).map(({ body }) => body.result.name)
  expect(names).toEqual(['', 'a', 'a'])
  expect(new Set(emulator.keys().map(key => key.uid)).size).toBe(3)
})

test.each(['{"name":', '', '[]', '"a"', { name: 1 }, { name: null }])('create refuses %j', async body => {
  const { status, body: response } = await manage(emulator, 'POST', KEYS, body)
  expect(status).toBe(400)
  expect(response).toMatchObject({ success: false, result: null, errors: [{ code: expect.any(Number) }] })
  expect(emulator.keys()).toEqual([])
})

test('list is one page in the order of nothing but the uid, without secrets', async () => {
  emulator.seedKey({ name: 'first', uid: 'f'.repeat(32), created: '2026-01-01T00:00:00Z' })
  emulator.seedKey({ name: 'last', uid: '0'.repeat(32), created: '2026-03-01T00:00:00Z' })
  emulator.seedKey({ name: 'between', uid: 'a'.repeat(32), created: '2026-02-01T00:00:00Z' })
  const { status, body, text } = await manage(emulator, 'GET', `${KEYS}?page=2&per_page=1`)
  expect(status).toBe(200)
  expect(body.result.map(key => key.name)).toEqual(['last', 'between', 'first'])
  expect(Object.keys(body.result[0] ?? {})).toEqual(['uid', 'name', 'created', 'modified'])
  expect(text).not.toContain('emulated-key')
  expect(emulator.keys().map(key => key.name)).toEqual(['first', 'between', 'last'])
})

test('get, update and delete respond with the key, without its secret', async () => {
  const { uid } = emulator.seedKey({ name: 'a', created: '2026-01-01T00:00:00Z' })
  const before = { uid, name: 'a', created: '2026-01-01T00:00:00Z', modified: '2026-01-01T00:00:00Z' }
  const after = { ...before, name: 'b', modified: expect.stringMatching(ISO) }
  const got = await manage(emulator, 'GET', `${KEYS}/${uid}`)
  const updated = await manage(emulator, 'PUT', `${KEYS}/${uid}`, { name: 'b' })
  const deleted = await manage(emulator, 'DELETE', `${KEYS}/${uid}`)
  expect([got.status, updated.status, deleted.status]).toEqual([200, 200, 200])
  expect([got.body.result, updated.body.result, deleted.body.result]).toEqual([before, after, after])
  expect(emulator.keys()).toEqual([])
})

test.each(['GET', 'PUT', 'DELETE'])('%s of a key that is gone: 20008', async method => {
  const { uid } = emulator.seedKey({ name: 'a' })
  emulator.removeKey(uid)
  const body = method === 'PUT' ? { name: 'b' } : undefined
  const response = await manage(emulator, method, `${KEYS}/${uid}`, body)
  expect(response.status).toBe(404)
  expect(response.body).toEqual({
    success: false,
    errors: [{ code: 20008, message: 'TURN key not found' }],
    messages: [],
    result: null,
  })
})

test('a key of another account is not found', async () => {
  const { uid } = emulator.seedKey({ name: 'a', accountId: 'b'.repeat(32) })
  expect((await manage(emulator, 'DELETE', `${KEYS}/${uid}`)).status).toBe(404)
  expect(emulator.keys('b'.repeat(32))).toHaveLength(1)
  expect(emulator.keys(ACCOUNT_ID)).toEqual([])
})

test('an account holds 1,000 keys', async () => {
  for (let count = 0; count < 1000; count += 1) emulator.seedKey({ name: String(count) })
  const { status, body } = await manage(emulator, 'POST', KEYS, { name: 'one more' })
  expect(status).toBe(403)
  expect(body.errors[0]?.message).toContain('1000')
  expect(emulator.keys()).toHaveLength(1000)
})
