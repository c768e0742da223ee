import type { ListKeysResponse, TurnKey } from './keys.ts'

/** The keys of exactly this name, newest first. */
export const filterByName = (name: string, { keys }: ListKeysResponse): TurnKey[] =>
  sortNewestFirst(keys.filter(key => key.name === name))

/** The key with this uid, whatever its case. */
export const findByUid = (uid: string | undefined, keys: readonly TurnKey[]): TurnKey | undefined =>
  keys.find(key => key.uid.toLowerCase() === uid?.toLowerCase())

/** Newest first; a key without a readable time of creation counts as the oldest. */
export const sortNewestFirst = (keys: readonly TurnKey[]): TurnKey[] =>
  keys.toSorted((a, b) => (Date.parse(b.created) || 0) - (Date.parse(a.created) || 0))

/**
 * The keys that were, or may have been, created between two moments of this machine's clock (milliseconds since the
 * epoch). The list tells how far Cloudflare's clock is from this one; `Date` counts whole seconds.
 */
export function filterByCreated(
  from: number,
  to: number,
  { keys, serverTime, receivedAt }: ListKeysResponse,
): TurnKey[] {
  const offset = serverTime - receivedAt
  const earliest = Math.floor((from + offset) / 1000) * 1000
  const latest = Math.ceil((to + offset) / 1000) * 1000
  return keys.filter(({ created }) => !(Date.parse(created) < earliest || Date.parse(created) > latest))
}
