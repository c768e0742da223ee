import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { quotaResetSeconds } from '../../src/cloudflare/response.ts'
import { RequestError } from '../../src/http/error.ts'
import { RateLimitWaiter, retryAfterSeconds } from '../../src/http/rate-limit.ts'
import type { HttpResponse } from '../../src/http/send-once.ts'
import { sleep } from '../../src/http/time.ts'

const never = new AbortController().signal
const throttled = new RequestError({
  operation: 'list',
  kind: 'throttled',
  reason: 'the limit is used up',
  attempts: 1,
})

beforeEach(() => {
  vi.useFakeTimers({ now: Date.parse('2026-01-01T00:00:00Z') })
})
afterEach(() => {
  vi.useRealTimers()
})

function createLimiter(budget = { remainingMs: 300_000 }) {
  const logged: string[] = []
  return { logged, budget, limiter: new RateLimitWaiter('Cloudflare', budget, text => logged.push(text)) }
}

/** A response with a header, sent at a moment of the server's clock. */
function responseWith(name: string, value: string | undefined, serverTime = Date.now()): HttpResponse {
  const receivedAt = Date.now()
  return { status: 429, headers: { [name]: value }, text: '', sentAt: receivedAt, receivedAt, serverTime }
}

/** A response with this `Ratelimit` arrives. */
function update(limiter: RateLimitWaiter, header: string | undefined): void {
  limiter.setQuotaReset(quotaResetSeconds(responseWith('ratelimit', header)))
}

/** What a `Retry-After` asks for, by the server's clock. */
function retryAfter(value: string | undefined, date?: string): number | undefined {
  return retryAfterSeconds(responseWith('retry-after', value, date ? Date.parse(date) : Date.now()))
}

/** Starts to acquire, and returns what that was rejected with, if it was at once. */
async function acquire(limiter: RateLimitWaiter): Promise<unknown> {
  let reason: unknown
  limiter.acquire(never, throttled).catch(error => {
    reason = error
  })
  await Promise.resolve()
  await Promise.resolve()
  return reason
}

test('Retry-After is read in seconds and as a date by the clock of the server', () => {
  expect(retryAfter('7')).toBe(7)
  expect(retryAfter('Thu, 01 Jan 2026 00:01:30 GMT')).toBe(90)
  expect(retryAfter('Thu, 01 Jan 2026 00:11:30 GMT', 'Thu, 01 Jan 2026 00:11:00 GMT')).toBe(30)
  for (const nonsense of [undefined, '', '0', '-5', '1.5e3x', 'soon', 'Wed, 31 Dec 2025 00:00:00 GMT']) {
    expect(retryAfter(nonsense)).toBeUndefined()
  }
})

test('the waits of a step add up to 5 minutes, exactly', async () => {
  const { limiter, logged } = createLimiter()
  limiter.throttle(300)
  expect(await acquire(limiter)).toBeUndefined()
  expect(logged).toEqual(['Rate limited by Cloudflare: waiting 300 seconds.'])
  vi.advanceTimersByTime(300_000)
  limiter.throttle(1)
  const error = await acquire(limiter)
  expect(error).toMatchObject({ kind: 'throttled' })
  expect(String(error)).toContain('Run this again in 1 second, after 2026-01-01T00:05:01.000Z.')
})

test('waits that overlap count once', async () => {
  const { limiter, budget, logged } = createLimiter()
  for (const seconds of [100, 110]) {
    limiter.throttle(seconds)
    await acquire(limiter)
  }
  expect(budget.remainingMs).toBe(190_000)
  expect(logged.map(text => text.replace(/^.*: /, ''))).toEqual([
    'waiting 100 seconds.',
    'waiting 10 seconds.',
  ])
})

test('a wait of 5 minutes, asked for a moment apart, is one wait', async () => {
  const { limiter, logged } = createLimiter()
  limiter.throttle(300)
  expect(await acquire(limiter)).toBeUndefined()
  vi.advanceTimersByTime(8)
  limiter.throttle(300)
  expect(await acquire(limiter)).toBeUndefined()
  expect(logged).toEqual(['Rate limited by Cloudflare: waiting 300 seconds.'])
  limiter.throttle(302)
  expect(await acquire(limiter)).toMatchObject({ kind: 'throttled' })
})

test('a wait that a newer response shortens takes no more of the budget than it lasts', async () => {
  const { limiter, budget } = createLimiter()
  limiter.throttle(290)
  await acquire(limiter)
  limiter.throttle(5)
  await acquire(limiter)
  expect(budget.remainingMs).toBe(295_000)
  vi.advanceTimersByTime(5000)
  limiter.throttle(295)
  expect(await acquire(limiter)).toBeUndefined()
  expect(budget.remainingMs).toBe(0)
})

test('a newer, shorter Retry-After replaces an older one', async () => {
  const { limiter, logged } = createLimiter()
  limiter.throttle(100)
  limiter.throttle(3)
  await acquire(limiter)
  expect(logged).toEqual(['Rate limited by Cloudflare: waiting 3 seconds.'])
})

test('two services share one budget', async () => {
  const budget = { remainingMs: 300_000 }
  const [one, two] = [createLimiter(budget), createLimiter(budget)]
  one.limiter.throttle(200)
  await acquire(one.limiter)
  two.limiter.throttle(101)
  expect(await acquire(two.limiter)).toMatchObject({ kind: 'throttled' })
})

test('a response without requests left is waited out, and the newest response counts', async () => {
  const { limiter, logged } = createLimiter()
  update(limiter, '"default";r=0;t=299')
  update(limiter, '"default";r=0;t=1')
  await acquire(limiter)
  expect(logged).toEqual(['Rate limited by Cloudflare: waiting 1 second.'])
  vi.advanceTimersByTime(1000)
  update(limiter, '"default";r=7;t=30')
  await acquire(limiter)
  update(limiter, '"default";r=50;t=30, "burst";r=0;t=2')
  await acquire(limiter)
  expect(logged.slice(1)).toEqual(['Rate limited by Cloudflare: waiting 2 seconds.'])
})

test('a response without requests left is nothing to wait for later, nor is a header that cannot be read', async () => {
  const { limiter, logged } = createLimiter()
  update(limiter, '"default";r=0;t=30')
  vi.advanceTimersByTime(30_000)
  await acquire(limiter)
  for (const header of [undefined, '', 'r=0', '"default";r=x;t=1']) update(limiter, header)
  await acquire(limiter)
  expect(logged).toEqual([])
})

test('a 429 without Retry-After is waited out with growing pauses', async () => {
  const { limiter, logged } = createLimiter()
  for (let count = 0; count < 8; count++) {
    limiter.throttle(undefined)
    // What is throttled at the same moment does not make the pause grow.
    limiter.throttle(undefined)
    await acquire(limiter)
    vi.advanceTimersByTime(60_000)
  }
  expect(logged.map(text => /\d+/.exec(text)?.[0])).toEqual(['2', '4', '8', '16', '32', '60', '60', '60'])
  limiter.succeed()
  limiter.throttle(undefined)
  await acquire(limiter)
  expect(logged.at(-1)).toContain('waiting 2 seconds')
})

test('acquire waits, and no longer than it may', async () => {
  vi.useRealTimers()
  const { limiter } = createLimiter()
  limiter.throttle(0.05)
  let isEarlier = true
  setTimeout(() => (isEarlier = false), 20)
  await limiter.acquire(never, throttled)
  expect(isEarlier).toBe(false)
  limiter.throttle(100)
  const drain = new AbortController()
  const waiting = limiter.acquire(drain.signal, throttled)
  const reason = new Error('cancelled')
  drain.abort(reason)
  await expect(waiting).rejects.toBe(reason)
  await expect(sleep(1, drain.signal)).rejects.toBe(reason)
})
