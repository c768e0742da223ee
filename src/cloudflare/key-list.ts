import type { KeyList, TurnKey } from './keys.ts'

/** The keys of exactly this name, newest first. */
export function named(name: string, { keys }: KeyList): TurnKey[] {
  return newestFirst(keys.filter(key => key.name === name))
}

/** Newest first; a key without a readable time of creation counts as the oldest. */
export function newestFirst(keys: readonly TurnKey[]): TurnKey[] {
  return keys.toSorted((a, b) => (Date.parse(b.created) || 0) - (Date.parse(a.created) || 0))
}

/**
 * The keys that were, or may have been, made since a moment of this machine's clock (milliseconds since the epoch).
 * The list's `Date` header tells how far Cloudflare's clock is from this one; it counts whole seconds.
 */
export function madeSince(moment: number, { keys, serverTime, receivedAt }: KeyList): TurnKey[] {
  const inServerTime = moment + ((serverTime ?? receivedAt) - receivedAt)
  const earliest = Math.floor(inServerTime / 1000) * 1000
  return keys.filter(key => !(Date.parse(key.created) < earliest))
}
