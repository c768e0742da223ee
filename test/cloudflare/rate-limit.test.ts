import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { fullPatience, RateLimit, RateLimitExceeded, rest, secondsToWait } from '../../src/http/rate-limit.ts'

const never = new AbortController().signal

beforeEach(() => {
  vi.useFakeTimers({ now: Date.parse('2026-01-01T00:00:00Z') })
})
afterEach(() => {
  vi.useRealTimers()
})

function limit(patience = fullPatience()) {
  const said: string[] = []
  return { said, patience, rate: new RateLimit('Cloudflare', patience, text => said.push(text)) }
}

test('Retry-After in seconds, as a date, and as nonsense', () => {
  expect(secondsToWait('7')).toBe(7)
  expect(secondsToWait('Thu, 01 Jan 2026 00:01:30 GMT')).toBe(90)
  expect(secondsToWait('Thu, 01 Jan 2026 00:11:30 GMT', 'Thu, 01 Jan 2026 00:11:00 GMT')).toBe(30)
  for (const nonsense of [undefined, '', '0', '-5', '1.5e3x', 'soon', 'Wed, 31 Dec 2025 00:00:00 GMT']) {
    expect(secondsToWait(nonsense)).toBe(2)
  }
})

test('waits add up to 5 minutes, exactly', () => {
  const { rate, said } = limit()
  rate.pause(300)
  expect(said).toEqual(['Cloudflare limits the rate of requests: waiting 300 seconds.'])
  vi.advanceTimersByTime(300_000)
  expect(() => rate.pause(1)).toThrow(RateLimitExceeded)
  expect(() => rate.pause(1)).toThrow('Run this again in 1 second, after 2026-01-01T00:05:01.000Z.')
})

test('waits that overlap count once', () => {
  const { rate, patience, said } = limit()
  rate.pause(100)
  rate.pause(60)
  rate.pause(110)
  expect(patience.left).toBe(190_000)
  expect(said.map(text => text.replace(/^.*: /, ''))).toEqual(['waiting 100 seconds.', 'waiting 10 seconds.'])
})

test('two services share one patience', () => {
  const patience = fullPatience()
  const [one, two] = [limit(patience), limit(patience)]
  one.rate.pause(200)
  expect(() => two.rate.pause(101)).toThrow(RateLimitExceeded)
  two.rate.pause(100)
})

test('what the header leaves is not exceeded by requests side by side', () => {
  const { rate, said } = limit()
  rate.note('"default";r=2;t=30')
  rate.ready(never)
  rate.ready(never)
  expect(said).toEqual([])
  rate.ready(never).catch(() => {})
  expect(said).toEqual(['Cloudflare limits the rate of requests: waiting 30 seconds.'])
})

test('a header of old, or none that can be read, is nothing to wait for', () => {
  const { rate, said } = limit()
  rate.note('"default";r=0;t=30')
  vi.advanceTimersByTime(30_000)
  rate.ready(never)
  for (const header of [undefined, '', 'r=0', '"default";r=x;t=1']) rate.note(header)
  rate.ready(never)
  expect(said).toEqual([])
})

test('ready waits for the pause, and no longer than it may', async () => {
  vi.useRealTimers()
  const { rate } = limit()
  rate.pause(0.05)
  const before = Date.now()
  await rate.ready(never)
  expect(Date.now() - before).toBeGreaterThanOrEqual(45)
  rate.pause(100)
  const stop = new AbortController()
  const waiting = rate.ready(stop.signal)
  const reason = new Error('stopped')
  stop.abort(reason)
  await expect(waiting).rejects.toBe(reason)
  await expect(rest(1, stop.signal)).rejects.toBe(reason)
})
