import type { Period } from '../../cloudflare/analytics.ts'

/** Since when traffic counts: the first of the month, or an age in milliseconds. */
export type Since = 'month' | number

/** The period up to a moment. A month begins by UTC, as it is billed. */
export function periodUntil(to: number, since: Since): Period {
  if (since !== 'month') return { from: to - since, to }
  const date = new Date(to)
  return { from: Date.UTC(date.getUTCFullYear(), date.getUTCMonth()), to }
}

/** Analytics are some minutes late, so that a smaller error at the end changes nothing. */
const TOLERANCE_MS = 300_000

/** Whether a period is not what it should be by another clock: another month, or more than five minutes off. */
export function hasClockSkew(period: Period, clock: number, since: Since): boolean {
  const isOtherMonth = since === 'month' && periodUntil(clock, since).from !== period.from
  return isOtherMonth || Math.abs(clock - period.to) > TOLERANCE_MS
}
