import type { KeySnapshot, ListedTurnKey } from '../../cloudflare/keys.ts'
import { selectKeys, sortNewestFirst } from '../../cloudflare/select-keys.ts'
import type { NameSelection } from './inputs.ts'

/** The keys of a list that a name or prefix selects, newest first. A key of unknown age never matches `older-than`. */
export function selectByNameLatestAndAge(selection: NameSelection, { keys, serverTime }: KeySnapshot): ListedTurnKey[] {
  const { keepLatest, olderThan } = selection
  const before = serverTime - (olderThan ?? 0)
  return withoutLatest(selectKeys(selection, keys), keepLatest).filter(
    ({ created }) => olderThan === undefined || Date.parse(created) < before,
  )
}

/** Without the newest `count` keys of each name, and, unless that is 0, without keys of unknown age. */
function withoutLatest(keys: readonly ListedTurnKey[], count: number): ListedTurnKey[] {
  if (count === 0) return sortNewestFirst(keys)
  const known = sortNewestFirst(keys).filter(({ created }) => !Number.isNaN(Date.parse(created)))
  return [...Map.groupBy(known, ({ name }) => name).values()].flatMap(sameName => sameName.slice(count))
}
