import { expect, test } from 'vitest'
import { manage } from '../ask.ts'
import { ACCOUNT_ID, startEmulator, TOKENS } from '../emulator.ts'
import { RateLimit } from './rate-limit.ts'

const KEYS = `${ACCOUNT_ID}/calls/turn_keys`

test('past the quota every call is refused, no effect, a token at a time', async () => {
  const emulator = await startEmulator({ quota: { limit: 2, window: 60 } })
  const responses = []
  for (let count = 0; count < 3; count += 1) responses.push(await manage(emulator, 'POST', KEYS, {}))
  const other = await manage(emulator, 'GET', KEYS, undefined, `Bearer ${TOKENS.read}`)
  expect(responses.map(response => response.status)).toEqual([201, 201, 429])
  expect(responses[2]?.headers.get('retry-after')).toMatch(/^(59|60)$/)
  expect(responses[2]?.headers.get('ratelimit')).toMatch(/^"default";r=0;t=(59|60)$/)
  expect(responses[2]?.headers.get('ratelimit-policy')).toBe('"default";q=2;w=60')
  expect(responses[2]?.body.errors).toEqual([
    { code: 971, message: expect.stringContaining('please consider throttling') },
  ])
  expect(emulator.keys()).toHaveLength(2)
  expect(other.status).toBe(200)
  await emulator.close()
})

test('a blocked request spends no fault', async () => {
  const emulator = await startEmulator({ quota: { limit: 1, window: 60 } })
  emulator.injectFault({ on: 'list', kind: 'html' })
  expect((await manage(emulator, 'POST', KEYS, {})).status).toBe(201)
  expect((await manage(emulator, 'GET', KEYS)).status).toBe(429)
  expect((await manage(emulator, 'GET', KEYS, undefined, `Bearer ${TOKENS.read}`)).status).toBe(502)
  await emulator.close()
})

test('the window ends when it is over, however many calls were refused', () => {
  const limit = new RateLimit({ limit: 1, window: 300 }, 200)
  expect(limit.take('a', 0).retryAfter).toBeUndefined()
  expect(limit.take('a', 200_000).retryAfter).toBe(100)
  expect(limit.take('a', 299_999).retryAfter).toBe(1)
  expect(limit.take('a', 300_000).retryAfter).toBeUndefined()
})

test('so many a second from one address, whatever the token', () => {
  const limit = new RateLimit({ limit: 1200, window: 300 }, 2)
  expect(['a', 'b', 'c'].map(token => limit.take(token, 0).retryAfter)).toEqual([undefined, undefined, 1])
  expect(limit.take('a', 1000).retryAfter).toBeUndefined()
})
