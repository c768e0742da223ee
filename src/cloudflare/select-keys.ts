import type { KeySnapshot, ListedTurnKey } from './keys.ts'

/** The keys of exactly this name. */
export const keysNamed = (name: string, keys: readonly ListedTurnKey[]): ListedTurnKey[] =>
  keys.filter(key => key.name === name)

/** Which keys a name says: those of exactly that name, or all whose name starts with a prefix. */
export interface NameSelector {
  readonly by: 'name' | 'prefix'
  readonly text: string
}

/** The keys that a name or a prefix selects. */
export const selectKeys = ({ by, text }: NameSelector, keys: readonly ListedTurnKey[]): ListedTurnKey[] =>
  by === 'name' ? keysNamed(text, keys) : keys.filter(({ name }) => name.startsWith(text))

/** Newest first; a key without a readable time of creation counts as the oldest. */
export const sortNewestFirst = (keys: readonly ListedTurnKey[]): ListedTurnKey[] =>
  keys.toSorted((a, b) => (Date.parse(b.created) || 0) - (Date.parse(a.created) || 0))

/**
 * The keys that were, or may have been, created between two moments of this machine's clock (milliseconds since the
 * epoch). The list tells how far Cloudflare's clock is from this one; `Date` counts whole seconds.
 */
export function keysCreatedBetween(
  from: number,
  to: number,
  { keys, serverTime, receivedAt }: KeySnapshot,
): ListedTurnKey[] {
  const offset = serverTime - receivedAt
  const earliest = Math.floor((from + offset) / 1000) * 1000
  const latest = Math.ceil((to + offset) / 1000) * 1000
  return keys.filter(({ created }) => !(Date.parse(created) < earliest || Date.parse(created) > latest))
}
