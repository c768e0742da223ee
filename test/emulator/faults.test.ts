import { afterEach, beforeEach, expect, test } from 'vitest'
import { failureOf, manage, type ReceivedResponse, rtc } from './ask.ts'
import { ACCOUNT_ID, type Emulator, startEmulator, TOKENS } from './emulator.ts'

const KEYS = `${ACCOUNT_ID}/calls/turn_keys`
let emulator: Emulator
const create = (): Promise<ReceivedResponse> => manage(emulator, 'POST', KEYS, { name: 'a' })

beforeEach(async () => {
  emulator = await startEmulator()
})
afterEach(() => emulator.close())

test('html: a page of the edge that repeats the token', async () => {
  emulator.injectFault({ on: 'create', kind: 'html', status: 522, retryAfter: 7 })
  const { status, headers, text } = await create()
  expect([status, headers.get('content-type')]).toEqual([522, 'text/html; charset=UTF-8'])
  expect(headers.get('retry-after')).toBe('7')
  expect(text).toContain(headers.get('cf-ray'))
  expect(text).toContain(`Bearer ${TOKENS.write}`)
  expect(emulator.keys()).toEqual([])
  emulator.injectFault({ on: 'create', kind: 'html', effect: true })
  expect((await create()).status).toBe(502)
  expect(emulator.keys()).toHaveLength(1)
})

test('fields: members of the result set and removed, members of the envelope left out', async () => {
  emulator.injectFault({
    on: 'create',
    kind: 'fields',
    set: { secret: undefined, name: 5 },
    remove: ['created'],
  })
  const { status, body } = await create()
  expect(status).toBe(201)
  expect(body.result).toEqual({ uid: expect.any(String), name: 5, modified: expect.any(String) })
  emulator.injectFault({ on: 'create', kind: 'fields', result: null, omit: ['messages', 'success'] })
  expect((await create()).body).toEqual({ errors: [], result: null })
  emulator.injectFault({ on: 'create', kind: 'fields', omit: ['result'] })
  expect(Object.keys((await create()).body)).toEqual(['success', 'errors', 'messages'])
  expect(emulator.keys()).toHaveLength(3)
})

test('fields of a response without an envelope', async () => {
  const key = emulator.seedKey({ name: 'a' })
  emulator.injectFault({ on: 'mint', kind: 'fields', set: { iceServers: [] } })
  expect((await rtc(emulator, key, 'generate-ice-servers', { ttl: 9 })).body).toEqual({ iceServers: [] })
})

test('error: status, errors, Retry-After, members left out; effect only when asked for', async () => {
  const errors = [{ code: 10000, message: 'Authentication error' }]
  emulator.injectFault({ on: 'create', kind: 'error', status: 400, errors, omit: ['result', 'messages'] })
  const bare = await create()
  expect([bare.status, bare.body]).toEqual([400, { success: false, errors }])
  const date = 'Wed, 21 Oct 2026 07:28:00 GMT'
  emulator.injectFault({
    on: 'create',
    kind: 'error',
    status: 429,
    retryAfter: date,
    headers: { ratelimit: 'odd' },
  })
  const limited = await create()
  expect([limited.headers.get('retry-after'), limited.headers.get('ratelimit')]).toEqual([date, 'odd'])
  expect(emulator.keys()).toEqual([])
  emulator.injectFault({ on: 'create', kind: 'error', status: 500, effect: true })
  expect((await create()).status).toBe(500)
  expect(emulator.keys()).toHaveLength(1)
})

test('headers: the proper response, with headers of the test beside or over its own', async () => {
  const set = { Ratelimit: '"burst";r=0;t=1, "default";r=900;t=300', 'x-other': 'b' }
  emulator.injectFault({ on: 'create', kind: 'headers', set })
  const { status, headers, body } = await create()
  expect([status, body.result.name, emulator.keys().length]).toEqual([201, 'a', 1])
  expect([headers.get('ratelimit'), headers.get('x-other')]).toEqual([set.Ratelimit, 'b'])
  expect(headers.get('ratelimit-policy')).toBe('"default";q=1200;w=300')
})

test('error 429 says no Retry-After unless the fault does', async () => {
  emulator.injectFault({ on: 'create', kind: 'error', status: 429 })
  const { status, headers } = await create()
  expect([status, headers.get('retry-after')]).toEqual([429, null])
})

test('redirect: to where the fault says, or back here, where following is seen', async () => {
  emulator.injectFault({ on: 'list', kind: 'redirect', status: 302, location: 'http://127.0.0.1:9/x' })
  emulator.injectFault({ on: 'list', kind: 'redirect' })
  const [there, here] = [await manage(emulator, 'GET', KEYS), await manage(emulator, 'GET', KEYS)]
  expect([there.status, there.headers.get('location')]).toEqual([302, 'http://127.0.0.1:9/x'])
  expect(here.status).toBe(307)
  await fetch(here.headers.get('location') ?? '')
  expect(emulator.requests.at(-1)?.path).toBe(`/redirected/client/v4/accounts/${KEYS}`)
})

test('huge: valid JSON of the size injected, or without an end', async () => {
  emulator.injectFault({ on: 'create', kind: 'huge', bytes: 300_000 })
  const { status, text, body } = await create()
  expect([status, body.result.name]).toEqual([201, 'a'])
  expect(text.length).toBeGreaterThan(300_000)
  emulator.injectFault({ on: 'create', kind: 'huge', bytes: Number.POSITIVE_INFINITY })
  const headers = { authorization: `Bearer ${TOKENS.write}` }
  const response = await fetch(`${emulator.apiUrl}/accounts/${KEYS}`, { method: 'POST', headers, body: '{}' })
  let got = 0
  for await (const part of response.body ?? []) {
    got += part.length
    if (got > 1_000_000) break
  }
  expect(emulator.keys()).toHaveLength(2)
})

test('text: any bytes, with the effect or without', async () => {
  emulator.injectFault({ on: 'create', kind: 'text', body: '{"success":tru' })
  const broken = await failureOf(create())
  expect(broken).toContain('SyntaxError')
  emulator.injectFault({
    on: 'create',
    kind: 'text',
    body: 'hi',
    status: 503,
    contentType: 'text/plain',
    effect: false,
  })
  const { status, text } = await create()
  expect([status, text, emulator.keys().length]).toEqual([503, 'hi', 1])
})

test('echo-secret: the token and every sort of injection in one message', async () => {
  emulator.injectFault({ on: 'create', kind: 'echo-secret' })
  const { status, body } = await create()
  expect(status).toBe(400)
  const nasty = [
    TOKENS.write,
    '\n::error::injected',
    '\n##[error]injected',
    '\u001b[31m',
    '<img src=x>',
    '|',
    '`',
  ]
  for (const part of nasty) expect(body.errors[0]?.message).toContain(part)
})
