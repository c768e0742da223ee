import { afterEach, beforeEach, expect, test } from 'vitest'
import { ask, failureOf, manage, type ReceivedResponse } from '../ask.ts'
import { ACCOUNT_ID, type Emulator, startEmulator, TOKENS } from '../emulator.ts'

const SECRETS = `${ACCOUNT_ID}/workers/scripts/app/secrets`
const BULK = `${SECRETS}-bulk`
const WORKER = `${ACCOUNT_ID}/workers/workers/app`
const AUTHENTICATION = { success: false, errors: [{ code: 10000, message: 'Authentication error' }] }
const TYPE = 'application/merge-patch+json'
let emulator: Emulator

beforeEach(async () => {
  emulator = await startEmulator()
})
afterEach(() => emulator.close())

function read(path: string, token: string = TOKENS.workers): Promise<ReceivedResponse> {
  return manage(emulator, 'GET', path, undefined, `Bearer ${token}`)
}

function patch(
  path: string,
  body: unknown,
  { token = TOKENS.workers, type = TYPE }: { token?: string; type?: string } = {},
): Promise<ReceivedResponse> {
  const headers = { authorization: `Bearer ${token}`, 'content-type': type }
  return ask('PATCH', `${emulator.apiUrl}/accounts/${path}`, headers, body)
}

function secret(name: string, text: string): Record<string, unknown> {
  return { [name]: { name, type: 'secret_text', text } }
}

test('secrets-bulk creates, changes and deletes in one request, keeps the others, and gives no value back', async () => {
  emulator.setWorker('app', { secrets: { KEPT: 'kept', OLD: 'old', CHANGED: 'before' } })
  const body = {
    secrets: { ...secret('NEW', 'new'), ...secret('CHANGED', 'after'), OLD: null, ABSENT: null },
  }
  const written = await patch(BULK, body)
  expect(written.status).toBe(200)
  expect(emulator.worker('app')?.secrets).toEqual({ KEPT: 'kept', CHANGED: 'after', NEW: 'new' })
  const listed = await read(SECRETS)
  expect(listed.body.result).toEqual(['KEPT', 'CHANGED', 'NEW'].map(name => ({ name, type: 'secret_text' })))
  expect(written.text + listed.text).not.toMatch(/kept|after|new"/)
})

test('the Previews base configuration is patched like RFC 7396 says, and shown without the values of secrets', async () => {
  emulator.setWorker('app')
  expect((await read(WORKER)).body.result).not.toHaveProperty('previews_base_config')
  const first = { A: { type: 'secret_text', text: 'aaa' }, B: { type: 'secret_text', text: 'bbb' } }
  const other = { V: { type: 'plain_text', text: 'visible' } }
  await patch(WORKER, { previews_base_config: { env: { ...first, ...other }, placement: { mode: 'smart' } } })
  const env = { A: { text: 'new' }, B: null }
  const written = await patch(WORKER, { previews_base_config: { env } })
  const kept = { placement: { mode: 'smart' }, env: { A: { type: 'secret_text' }, ...other } }
  expect([written.status, Object(written.body.result).previews_base_config]).toEqual([200, kept])
  expect(Object((await read(WORKER)).body.result).previews_base_config).toEqual(kept)
  const stored = { ...kept, env: { A: { type: 'secret_text', text: 'new' }, ...other } }
  expect(emulator.worker('app')).toMatchObject({ secrets: {}, previewsBaseConfig: stored })
})

test.each([
  [TOKENS.write, 403, 403],
  [TOKENS.workersRead, 200, 403],
  [TOKENS.workersOnly, 200, 200],
])('%s: Workers Scripts is a permission of its own', async (token, reading, writing) => {
  emulator.setWorker('app')
  for (const path of [SECRETS, WORKER]) expect((await read(path, token)).status).toBe(reading)
  for (const [path, body] of [
    [BULK, { secrets: secret('A', 'a') }],
    [WORKER, { previews_base_config: { env: {} } }],
  ] as const) {
    const response = await patch(path, body, { token })
    expect(response.status).toBe(writing)
    if (writing === 403) expect(response.body).toEqual(AUTHENTICATION)
  }
  expect(emulator.worker('app')?.secrets).toEqual(writing === 200 ? { A: 'a' } : {})
})

test('Workers Scripts is no permission for keys', async () => {
  const response = await read(`${ACCOUNT_ID}/calls/turn_keys`, TOKENS.workersOnly)
  expect([response.status, response.body]).toEqual([403, AUTHENTICATION])
})

test('a Worker that does not exist: 10007, and none is created', async () => {
  const responses = [
    await read(SECRETS),
    await read(WORKER),
    await patch(BULK, { secrets: secret('A', 'a') }),
    await patch(WORKER, { previews_base_config: { env: {} } }),
  ]
  for (const { status, body } of responses) expect([status, body.errors[0]?.code]).toEqual([404, 10007])
  expect(emulator.worker('app')).toBeUndefined()
})

test('10215 while the latest version is not deployed; the base configuration does not care', async () => {
  emulator.setWorker('app', { isLatestDeployed: false })
  const { status, body } = await patch(BULK, { secrets: secret('A', 'a') })
  expect([status, body.errors[0]?.code]).toEqual([400, 10215])
  expect(emulator.worker('app')?.secrets).toEqual({})
  const env = { A: { type: 'secret_text', text: 'a' } }
  expect((await patch(WORKER, { previews_base_config: { env } })).status).toBe(200)
})

test('10053 for a name that the Wrangler file gives a value, and nothing is changed', async () => {
  emulator.setWorker('app', { vars: ['TAKEN'] })
  const { status, body } = await patch(BULK, { secrets: { ...secret('A', 'a'), ...secret('TAKEN', 'b') } })
  expect([status, body.errors[0]?.code]).toEqual([400, 10053])
  expect(emulator.worker('app')?.secrets).toEqual({})
})

test('at most 100 operations', async () => {
  emulator.setWorker('app')
  const nulls = (count: number) =>
    Object.fromEntries(Array.from({ length: count }, (_, at) => [`S${at}`, null]))
  expect((await patch(BULK, { secrets: nulls(100) })).status).toBe(200)
  expect((await patch(BULK, { secrets: nulls(101) })).status).toBe(400)
})

test.each(['application/json', 'text/plain', ''])('content type %j: 415', async type => {
  emulator.setWorker('app')
  expect((await patch(BULK, { secrets: secret('A', 'a') }, { type })).status).toBe(415)
  expect((await patch(WORKER, { previews_base_config: {} }, { type })).status).toBe(415)
  expect(emulator.worker('app')).toMatchObject({ secrets: {} })
})

test.each([
  ['no JSON', '{'],
  ['no secrets', {}],
  ['no text', { secrets: { A: { name: 'A', type: 'secret_text' } } }],
  ['another name', { secrets: { A: { name: 'B', type: 'secret_text', text: 'a' } } }],
  ['another type', { secrets: { A: { name: 'A', type: 'plain_text', text: 'a' } } }],
])('secrets-bulk with %s: 400', async (_what, body) => {
  emulator.setWorker('app')
  expect((await patch(BULK, body)).status).toBe(400)
  expect(emulator.worker('app')?.secrets).toEqual({})
})

test.each([
  ['no type', { A: { text: 'a' } }],
  ['no text', { A: { type: 'secret_text' } }],
])('a base configuration with %s: 400', async (_what, env) => {
  emulator.setWorker('app')
  expect((await patch(WORKER, { previews_base_config: { env } })).status).toBe(400)
  expect(emulator.worker('app')).not.toHaveProperty('previewsBaseConfig')
})

test('faults can be ordered for all four', async () => {
  emulator.setWorker('app')
  for (const on of ['worker-secrets', 'worker-secrets-bulk', 'worker', 'worker-patch'] as const)
    emulator.injectFault({ on, kind: 'response-lost' })
  const body = { secrets: secret('A', 'a') }
  const base = { previews_base_config: { env: { A: { type: 'secret_text', text: 'a' } } } }
  for (const call of [
    () => read(SECRETS),
    () => patch(BULK, body),
    () => read(WORKER),
    () => patch(WORKER, base),
  ])
    expect(await failureOf(call())).toBe('ECONNRESET')
  expect(emulator.worker('app')).toMatchObject({
    secrets: { A: 'a' },
    previewsBaseConfig: base.previews_base_config,
  })
})
