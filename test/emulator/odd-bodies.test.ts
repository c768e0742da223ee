import { afterEach, beforeEach, expect, test } from 'vitest'
import { github, manage, rtc } from './ask.ts'
import { ACCOUNT_ID, type Emulator, startEmulator, TOKENS } from './emulator.ts'
import { REFUSAL_REASONS } from './github/refusals.ts'

const KEYS = `${ACCOUNT_ID}/calls/turn_keys`
let emulator: Emulator

beforeEach(async () => {
  emulator = await startEmulator()
})
afterEach(() => emulator.close())

test("html from a proxy: any status, and none of the service's headers", async () => {
  for (const status of [200, 401, 403, 404, 429, 502]) {
    emulator.injectFault({ on: 'any', kind: 'html', status, from: 'proxy', times: 2 })
    const ours = await manage(emulator, 'GET', KEYS)
    expect([ours.status, ours.headers.get('cf-ray'), ours.headers.get('ratelimit')]).toEqual([
      status,
      null,
      null,
    ])
    expect(ours.text).toContain(`Bearer ${TOKENS.write}`)
    expect(ours.text).not.toContain('Ray ID')
    const theirs = await github(emulator, 'GET', '')
    expect([theirs.status, theirs.headers.get('x-github-request-id')]).toEqual([status, null])
  }
})

// What fetch itself decodes comes out as it was.
test.each(['gzip', 'x-gzip', 'deflate', 'br', 'gzip, br'])('encoded: %s', async coding => {
  emulator.injectFault({ on: 'create', kind: 'encoded', coding, bytes: 100 })
  const { status, headers, body, text } = await manage(emulator, 'POST', KEYS, { name: 'a' })
  expect([status, headers.get('content-encoding'), body.result.name]).toEqual([201, coding, 'a'])
  expect(text.endsWith(' '.repeat(100))).toBe(true)
  expect(emulator.keys()).toHaveLength(1)
})

test('encoded: in several header lines, without a header of zlib, in one that nobody knows', async () => {
  emulator.injectFault({ on: 'list', kind: 'encoded', coding: ['gzip', 'br'] })
  expect((await manage(emulator, 'GET', KEYS)).headers.get('content-encoding')).toBe('gzip, br')
  emulator.injectFault({ on: 'list', kind: 'encoded', coding: 'raw deflate' })
  expect((await manage(emulator, 'GET', KEYS)).body.result).toEqual([])
  emulator.injectFault({ on: 'list', kind: 'encoded', coding: 'zstd2' })
  const { headers, body } = await manage(emulator, 'GET', KEYS)
  expect([headers.get('content-encoding'), body.result]).toEqual(['zstd2', []])
})

test('encoded: a 204 has no body, whatever it calls itself', async () => {
  const key = emulator.seedKey({ name: 'a' })
  const minted = await rtc(emulator, key, 'generate-ice-servers', { ttl: 60 })
  const { username = '' } = minted.body.iceServers[1] ?? {}
  emulator.injectFault({ on: 'revoke', kind: 'encoded', coding: 'gzip' })
  const { status, headers, text } = await rtc(emulator, key, `${username}/revoke`)
  expect([status, headers.get('content-encoding'), text]).toEqual([204, 'gzip', ''])
})

test('byte-order-mark: three bytes before the body', async () => {
  emulator.injectFault({ on: 'list', kind: 'byte-order-mark' })
  const response = await fetch(`${emulator.apiUrl}/accounts/${KEYS}`, {
    headers: { authorization: `Bearer ${TOKENS.write}` },
  })
  const bytes = Buffer.from(await response.arrayBuffer())
  expect([...bytes.subarray(0, 4)]).toEqual([0xef, 0xbb, 0xbf, '{'.charCodeAt(0)])
})

test.each(REFUSAL_REASONS)('refusal: %s', async reason => {
  emulator.injectFault({ on: 'gh-repo', kind: 'refusal', reason })
  const { status, headers, body } = await github(emulator, 'GET', '')
  expect(status).toBe(reason === 'validation' ? 422 : 403)
  expect(body.message).not.toBe('')
  const isUsedUp = headers.get('x-ratelimit-remaining') === '0'
  expect(isUsedUp).toBe(reason === 'rate limit' || reason.endsWith('last request of the hour'))
})

test('echo-secret: the token after so many characters', async () => {
  emulator.injectFault({ on: 'create', kind: 'echo-secret', after: 990 })
  const { body } = await manage(emulator, 'POST', KEYS, { name: 'a' })
  expect(body.errors[0]?.message.indexOf('refused Bearer')).toBe(990)
})

test('a repository was created long ago, or when the test says', async () => {
  const createdAt = async () => JSON.parse((await github(emulator, 'GET', '')).text).created_at
  expect(Date.parse(await createdAt())).toBeLessThan(Date.parse('2012-01-01'))
  emulator.github.setCreatedAt('2026-05-01T00:00:00Z')
  expect(await createdAt()).toBe('2026-05-01T00:00:00Z')
})
