import { afterEach, beforeEach, expect, test } from 'vitest'
import { type Answer, github, manage, rtc } from './ask.ts'
import { ACCOUNT_ID, type Emulator, startEmulator, TOKENS } from './emulator.ts'

const KEYS = `${ACCOUNT_ID}/calls/turn_keys`
let emulator: Emulator
const create = (): Promise<Answer> => manage(emulator, 'POST', KEYS, { name: 'a' })

beforeEach(async () => {
  emulator = await startEmulator()
})
afterEach(() => emulator.close())

/** What fetch failed with, at the bottom. */
async function failureOf(promise: Promise<unknown>): Promise<string> {
  const error: unknown = await promise.then(
    () => 'no failure',
    (reason: unknown) => reason,
  )
  const cause = error instanceof Error ? (error.cause ?? error) : error
  return cause instanceof Error && 'code' in cause ? String(cause.code) : String(cause)
}

/** Waits until something is so. */
async function until(isSo: () => boolean): Promise<void> {
  while (!isSo()) await new Promise(resolve => setTimeout(resolve, 2))
}

test('answer-lost: the key is made, the socket reset', async () => {
  emulator.order({ on: 'create', kind: 'answer-lost' })
  expect(await failureOf(create())).toBe('ECONNRESET')
  expect(emulator.keys()).toHaveLength(1)
  await until(() => emulator.peakConcurrency() === 1)
  expect(emulator.requests[0]).not.toHaveProperty('status')
})

test('reset: the socket is reset, no key', async () => {
  emulator.order({ on: 'create', kind: 'reset' })
  expect(await failureOf(create())).toBe('ECONNRESET')
  expect(emulator.keys()).toEqual([])
})

test.each([
  [false, 0],
  [true, 1],
])('no-answer with work %s: open until the emulator closes', async (work, keys) => {
  emulator.order({ on: 'create', kind: 'no-answer', work })
  const outcome = failureOf(create())
  await until(() => emulator.requests.length === 1)
  expect((await manage(emulator, 'GET', KEYS)).body.result).toHaveLength(keys)
  expect(emulator.peakConcurrency()).toBe(2)
  await emulator.close()
  expect(await outcome).toMatch(/SOCKET|RESET/)
})

test('cut: status and headers come, half of the body too', async () => {
  emulator.order({ on: 'create', kind: 'cut' })
  const headers = { authorization: `Bearer ${TOKENS.write}` }
  const response = await fetch(`${emulator.apiUrl}/accounts/${KEYS}`, { method: 'POST', headers, body: '{}' })
  expect(response.status).toBe(201)
  expect(await failureOf(response.text())).toMatch(/SOCKET|RESET/)
  expect(emulator.keys()).toHaveLength(1)
})

test.each([
  [undefined, 1],
  [true, 0],
])('slow with workAfterDelay %s', async (workAfterDelay, early) => {
  const late = workAfterDelay === undefined ? {} : { workAfterDelay }
  emulator.order({ on: 'create', kind: 'slow', delay: 60, ...late })
  const answer = create()
  await until(() => emulator.requests.length === 1)
  expect(emulator.keys()).toHaveLength(early)
  expect((await answer).status).toBe(201)
  expect(emulator.keys()).toHaveLength(1)
})

test('html: a page of the edge that repeats the token', async () => {
  emulator.order({ on: 'create', kind: 'html', status: 522, retryAfter: 7 })
  const { status, headers, text } = await create()
  expect([status, headers.get('content-type')]).toEqual([522, 'text/html; charset=UTF-8'])
  expect(headers.get('retry-after')).toBe('7')
  expect(text).toContain(headers.get('cf-ray'))
  expect(text).toContain(`Bearer ${TOKENS.write}`)
  expect(emulator.keys()).toEqual([])
  emulator.order({ on: 'create', kind: 'html', work: true })
  expect((await create()).status).toBe(502)
  expect(emulator.keys()).toHaveLength(1)
})

test('fields: members of the result set and removed, members of the envelope left out', async () => {
  emulator.order({ on: 'create', kind: 'fields', set: { secret: undefined, name: 5 }, remove: ['created'] })
  const { status, body } = await create()
  expect(status).toBe(201)
  expect(body.result).toEqual({ uid: expect.any(String), name: 5, modified: expect.any(String) })
  emulator.order({ on: 'create', kind: 'fields', result: null, omit: ['messages', 'success'] })
  expect((await create()).body).toEqual({ errors: [], result: null })
  emulator.order({ on: 'create', kind: 'fields', omit: ['result'] })
  expect(Object.keys((await create()).body)).toEqual(['success', 'errors', 'messages'])
  expect(emulator.keys()).toHaveLength(3)
})

test('fields of an answer without an envelope', async () => {
  const key = emulator.seedKey({ name: 'a' })
  emulator.order({ on: 'mint', kind: 'fields', set: { iceServers: [] } })
  expect((await rtc(emulator, key, 'generate-ice-servers', { ttl: 9 })).body).toEqual({ iceServers: [] })
})

test('error: status, errors, Retry-After, members left out; work only when ordered', async () => {
  const errors = [{ code: 10000, message: 'Authentication error' }]
  emulator.order({ on: 'create', kind: 'error', status: 400, errors, omit: ['result', 'messages'] })
  const bare = await create()
  expect([bare.status, bare.body]).toEqual([400, { success: false, errors }])
  const date = 'Wed, 21 Oct 2026 07:28:00 GMT'
  emulator.order({
    on: 'create',
    kind: 'error',
    status: 429,
    retryAfter: date,
    headers: { ratelimit: 'odd' },
  })
  const limited = await create()
  expect([limited.headers.get('retry-after'), limited.headers.get('ratelimit')]).toEqual([date, 'odd'])
  expect(emulator.keys()).toEqual([])
  emulator.order({ on: 'create', kind: 'error', status: 500, work: true })
  expect((await create()).status).toBe(500)
  expect(emulator.keys()).toHaveLength(1)
})

test('redirect: to where is ordered, or back here, where following is seen', async () => {
  emulator.order({ on: 'list', kind: 'redirect', status: 302, location: 'http://127.0.0.1:9/x' })
  emulator.order({ on: 'list', kind: 'redirect' })
  const [there, here] = [await manage(emulator, 'GET', KEYS), await manage(emulator, 'GET', KEYS)]
  expect([there.status, there.headers.get('location')]).toEqual([302, 'http://127.0.0.1:9/x'])
  expect(here.status).toBe(307)
  await fetch(here.headers.get('location') ?? '')
  expect(emulator.requests.at(-1)?.path).toBe(`/redirected/client/v4/accounts/${KEYS}`)
})

test('huge: valid JSON of the size ordered, or without an end', async () => {
  emulator.order({ on: 'create', kind: 'huge', bytes: 300_000 })
  const { status, text, body } = await create()
  expect([status, body.result.name]).toEqual([201, 'a'])
  expect(text.length).toBeGreaterThan(300_000)
  emulator.order({ on: 'create', kind: 'huge', bytes: Number.POSITIVE_INFINITY })
  const headers = { authorization: `Bearer ${TOKENS.write}` }
  const response = await fetch(`${emulator.apiUrl}/accounts/${KEYS}`, { method: 'POST', headers, body: '{}' })
  let got = 0
  for await (const part of response.body ?? []) {
    got += part.length
    if (got > 1_000_000) break
  }
  expect(emulator.keys()).toHaveLength(2)
})

test('text: any bytes, with the work done or not', async () => {
  emulator.order({ on: 'create', kind: 'text', body: '{"success":tru' })
  const broken = await failureOf(create())
  expect(broken).toContain('SyntaxError')
  emulator.order({
    on: 'create',
    kind: 'text',
    body: 'hi',
    status: 503,
    contentType: 'text/plain',
    work: false,
  })
  const { status, text } = await create()
  expect([status, text, emulator.keys().length]).toEqual([503, 'hi', 1])
})

test('echo-secret: the token and every sort of injection in one message', async () => {
  emulator.order({ on: 'create', kind: 'echo-secret' })
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

test('skip, times and uid', async () => {
  const [one, two] = [emulator.seedKey({ name: 'one' }), emulator.seedKey({ name: 'two' })]
  emulator.order({ on: 'get', kind: 'html', uid: two.uid, skip: 1, times: 2 })
  const statuses = []
  for (const { uid } of [one, two, two, one, two, two]) {
    statuses.push((await manage(emulator, 'GET', `${KEYS}/${uid}`)).status)
  }
  expect(statuses).toEqual([200, 200, 502, 200, 502, 200])
})

test('any takes every call, without end when ordered so', async () => {
  emulator.order({ on: 'any', kind: 'html', times: Number.POSITIVE_INFINITY })
  const key = emulator.seedKey({ name: 'a' })
  const answers = [create(), rtc(emulator, key, 'generate', { ttl: 1 }), github(emulator, 'GET', '')]
  expect((await Promise.all(answers)).map(answer => answer.status)).toEqual([502, 502, 502])
})

test('requests are recorded in order, with what was sent and answered', async () => {
  await create()
  await manage(emulator, 'GET', `${KEYS}?page=1`)
  await until(() => emulator.requests.every(request => request.status !== undefined))
  expect(emulator.requests).toMatchObject([
    { method: 'POST', operation: 'create', host: 'api', body: '{"name":"a"}', status: 201, concurrency: 1 },
    { method: 'GET', operation: 'list', path: `/client/v4/accounts/${KEYS}?page=1`, status: 200 },
  ])
  expect(emulator.requests[0]?.headers.authorization).toBe(`Bearer ${TOKENS.write}`)
})
