import { afterAll, beforeAll, expect, test } from 'vitest'
import { ask, manage } from '../ask.ts'
import { ACCOUNT_ID, type Emulator, OTHER_ACCOUNT_ID, startEmulator, TOKENS } from '../emulator.ts'

const KEYS = `${ACCOUNT_ID}/calls/turn_keys`
let emulator: Emulator

beforeAll(async () => {
  emulator = await startEmulator()
})
afterAll(() => emulator.close())

const AUTHENTICATION = { success: false, errors: [{ code: 10000, message: 'Authentication error' }] }

test.each(['none', 'other', 'disabled'] as const)('token %s: 10000, no result, no messages', async name => {
  const response = await manage(emulator, 'GET', KEYS, undefined, `Bearer ${TOKENS[name]}`)
  expect(response.status).toBe(403)
  expect(response.body).toEqual(AUTHENTICATION)
})

test('Calls Read lists and gets, and cannot write', async () => {
  const { uid } = emulator.seedKey({ name: 'a' })
  const as = `Bearer ${TOKENS.read}`
  expect((await manage(emulator, 'GET', KEYS, undefined, as)).status).toBe(200)
  expect((await manage(emulator, 'GET', `${KEYS}/${uid}`, undefined, as)).status).toBe(200)
  for (const [method, path] of [
    ['POST', KEYS],
    ['PUT', `${KEYS}/${uid}`],
    ['DELETE', `${KEYS}/${uid}`],
  ] as const) {
    const response = await manage(emulator, method, path, method === 'DELETE' ? undefined : {}, as)
    expect([response.status, response.body]).toEqual([403, AUTHENTICATION])
  }
})

test('an account that never subscribed: 10002', async () => {
  const path = `${OTHER_ACCOUNT_ID}/calls/turn_keys`
  const { status, body } = await manage(emulator, 'POST', path, {}, `Bearer ${TOKENS.other}`)
  expect(status).toBe(403)
  expect(body.errors).toEqual([
    {
      code: 10002,
      message:
        'Authorization Failure: The authentication credentials are not authorized to handle the request',
    },
  ])
})

test('9109: a token that nobody knows, and an account that is none of the token', async () => {
  const unknown = await manage(emulator, 'GET', KEYS, undefined, 'Bearer some-token-of-the-right-form')
  const foreign = await manage(emulator, 'GET', `${'d'.repeat(32)}/calls/turn_keys`)
  expect([unknown.status, unknown.body.errors]).toEqual([
    401,
    [{ code: 9109, message: 'Invalid access token' }],
  ])
  expect([foreign.status, foreign.body.errors]).toEqual([
    403,
    [{ code: 9109, message: 'Unauthorized to access requested resource' }],
  ])
})

test.each([
  TOKENS.write,
  `Bearer "${TOKENS.write}"`,
  `Bearer ${TOKENS.write} x`,
  `Bearer  ${TOKENS.write}`,
  `Bearer ${'a'.repeat(37)}`,
  'Bearer',
  'Bearer short',
])('malformed header %j: 6003 with 6111', async authorization => {
  const { status, body } = await manage(emulator, 'GET', KEYS, undefined, authorization)
  expect(status).toBe(400)
  expect(body).toEqual({
    success: false,
    errors: [
      {
        code: 6003,
        message: 'Invalid request headers',
        error_chain: [{ code: 6111, message: 'Invalid format for Authorization header' }],
      },
    ],
    messages: [],
    result: null,
  })
})

test('no header at all', async () => {
  const response = await ask('GET', `${emulator.apiUrl}/accounts/${KEYS}`, {})
  expect([response.status, response.body.errors[0]?.code]).toEqual([400, 9106])
})

test.each([
  ['an account id that cannot be one', `/accounts/my-account/calls/turn_keys`, 404],
  ['an account id one digit short', `/accounts/${ACCOUNT_ID.slice(1)}/calls/turn_keys`, 404],
  ['a slash too many', `//accounts/${KEYS}`, 400],
  ['a path that does not exist', `/accounts/${KEYS}/a/b`, 400],
])('%s: 7003 and 7000', async (_what, path, status) => {
  const response = await ask('GET', `${emulator.apiUrl}${path}`, { authorization: `Bearer ${TOKENS.write}` })
  expect(response.status).toBe(status)
  expect(response.body.errors).toEqual([
    {
      code: 7003,
      message: `Could not route to /client/v4${path}, perhaps your object identifier is invalid?`,
    },
    { code: 7000, message: 'No route for that URI' },
  ])
})

test('a method that the path does not have: 10405', async () => {
  const { status, body } = await manage(emulator, 'PATCH', KEYS, {})
  expect([status, body.errors[0]?.code]).toEqual([405, 10405])
})
