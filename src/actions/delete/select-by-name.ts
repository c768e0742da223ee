import { newestFirst } from '../../cloudflare/key-list.ts'
import type { KeyList, TurnKey } from '../../cloudflare/keys.ts'
import type { KeySelection } from './inputs.ts'

/** The keys of a list that a selection means, newest first. A key of unknown age is never older than anything. */
export function select(selection: KeySelection, list: KeyList): TurnKey[] {
  if (selection.by === 'uid') return list.keys.filter(({ uid }) => selection.uids.includes(uid))
  const { by, text, keepLatest, olderThan } = selection
  const matching = list.keys.filter(({ name }) => (by === 'name' ? name === text : name.startsWith(text)))
  const before = (list.serverTime ?? list.receivedAt) - (olderThan ?? 0)
  return withoutLatest(matching, keepLatest).filter(
    key => olderThan === undefined || Date.parse(key.created) < before,
  )
}

/** Without the newest so many keys of each name. */
function withoutLatest(keys: readonly TurnKey[], count: number): TurnKey[] {
  const byName = Map.groupBy(newestFirst(keys), ({ name }) => name)
  return [...byName.values()].flatMap(sameName => sameName.slice(count))
}
