import type { KeySnapshot, ListedTurnKey } from '../../cloudflare/keys.ts'
import type { PullRequestOrRefOrRun } from '../../github/reason-gone.ts'
import { RequestError } from '../../http/error.ts'
import { info, warning } from '../../runner/log.ts'
import type { ActionContext } from '../../runner/run.ts'
import { forEachConcurrentlyUntilStop } from '../for-each-concurrently.ts'
import { pullRequestOrRefOrRunOf } from '../key-name.ts'
import type { OrphanedSelection } from './inputs.ts'
import { selectByNameLatestAndAge } from './select-by-name-latest-and-age.ts'

/** The keys of one owner, and what GitHub said of it: why it is gone, or an error that proves nothing. */
interface Owned {
  readonly owner: PullRequestOrRefOrRun
  readonly keys: readonly ListedTurnKey[]
  reason?: string | undefined
  error?: RequestError | undefined
}

const MAX_UNAVAILABLE = 8
const PROGRESS_INTERVAL = 50

/**
 * Selects the keys of this repository whose owner is gone, and says for each of their names why. GitHub is asked once for
 * each owner, after the list was read. Only here is octokit loaded.
 */
export async function selectOrphaned(
  { repository, namePrefix, olderThan }: OrphanedSelection,
  list: KeySnapshot,
  context: ActionContext,
): Promise<{ uids: readonly string[]; reasons: readonly string[] }> {
  const keys = selectByNameLatestAndAge({ by: 'prefix', text: namePrefix, keepLatest: 0, olderThan }, list)
  const derived = keys.filter(({ name }) => pullRequestOrRefOrRunOf(name, namePrefix))
  if (derived.length === 0) return { uids: [], reasons: [] }
  const github = await import('../../github/index.ts')
  const client = context.createClient('GitHub', repository)
  const all = groupByOwner(await withoutOlderThanRepository(derived, () => github.readCreationTime(client)), namePrefix)
  await askForAll(all, owner => github.reasonGone(client, owner))
  warnOfErrors(all)

  const orphaned = all.flatMap(owned => (owned.reason ? owned.keys.map(key => ({ ...key, reason: owned.reason })) : []))
  for (const { uid, name, reason } of orphaned) info(`TURN key ${uid}, ${name}: ${reason}.`)
  return {
    uids: orphaned.map(({ uid }) => uid),
    reasons: [...new Set(orphaned.map(({ name, reason }) => `${name}: ${reason}`))],
  }
}

/** A key that is older than the repository belongs to an earlier one of that name, and one of unknown age may. */
async function withoutOlderThanRepository(
  keys: readonly ListedTurnKey[],
  readCreationTime: () => Promise<number>,
): Promise<readonly ListedTurnKey[]> {
  try {
    const createdAt = await readCreationTime()
    const { own = [], kept = [] } = Object.groupBy(keys, ({ created }) =>
      Date.parse(created) >= createdAt ? 'own' : 'kept',
    )
    for (const { uid, name } of kept) {
      info(`TURN key ${uid}, ${name}, is kept: it is older than the repository, or of unknown age.`)
    }
    return own
  } catch (error) {
    if (!(error instanceof RequestError)) throw error
    warning(`All keys are kept, because nothing says whether they are older than the repository: ${error.message}`)
    return []
  }
}

function groupByOwner(keys: readonly ListedTurnKey[], namePrefix: string): Owned[] {
  const groups = Map.groupBy(keys, ({ name }) => JSON.stringify(pullRequestOrRefOrRunOf(name, namePrefix)))
  return [...groups.values()].flatMap(group => {
    const owner = pullRequestOrRefOrRunOf(group[0]?.name ?? '', namePrefix)
    return owner ? { owner, keys: group } : []
  })
}

async function askForAll(
  all: readonly Owned[],
  ask: (owner: PullRequestOrRefOrRun) => Promise<string | undefined>,
): Promise<void> {
  const unavailable: RequestError[] = []
  const remaining = await forEachConcurrentlyUntilStop(all, async (owned, index) => {
    try {
      owned.reason = await ask(owned.owner)
    } catch (error) {
      if (!(error instanceof RequestError)) throw error
      owned.error = error
      // GitHub is down, or cannot be reached: each further question would take its time in vain.
      if (error.kind !== 'rejected' && unavailable.push(error) >= MAX_UNAVAILABLE) return 'stop'
    }
    if ((index + 1) % PROGRESS_INTERVAL === 0) info(`GitHub was asked about ${index + 1} of ${all.length} owners.`)
    return undefined
  })
  for (const owned of remaining) owned.error = unavailable[0]
}

/** Where GitHub proves nothing, the keys are kept, with one warning per kind of owner. */
function warnOfErrors(all: readonly Owned[]): void {
  const failed = all.filter(({ error }) => error)
  for (const [kind, [first, ...others]] of Map.groupBy(failed, ({ owner }) => owner.kind)) {
    const more = others.length > 0 ? ` ${others.length} more are kept too.` : ''
    warning(`The keys of a ${kind} are kept: ${first?.error?.message}${more}`)
  }
}
