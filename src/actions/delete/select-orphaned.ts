import type { KeyList, TurnKey } from '../../cloudflare/keys.ts'
import type { Owner } from '../../github/owners.ts'
import { RequestError } from '../../http/error.ts'
import { info, warning } from '../../runner/log.ts'
import type { StepContext } from '../../runner/run.ts'
import { ownerOf } from '../key-name.ts'
import type { OrphanedSelection } from './inputs.ts'
import { selectByName } from './select-by-name.ts'

interface Owned {
  readonly owner: Owner
  readonly keys: readonly TurnKey[]
}

type Ask = (owner: Owner) => Promise<string | undefined>

const CONCURRENCY = 8
const PROGRESS_INTERVAL = 50

/**
 * Selects the keys of this repository whose owner is gone, and says for each of their names why. GitHub is asked once for each owner, after the list was read.
 * Only here is octokit loaded.
 */
export async function selectOrphaned(
  { repository: inputs, olderThan }: OrphanedSelection,
  list: KeyList,
  context: StepContext,
): Promise<{ uids: readonly string[]; reasons: readonly string[] }> {
  const repository = `${inputs.owner}/${inputs.repo}`
  const keys = selectByName({ by: 'prefix', text: repository, keepLatest: 0, olderThan }, list)
  const all = groupByOwner(keys, repository)
  if (all.length === 0) return { uids: [], reasons: [] }
  const { reasonGone } = await import('../../github/index.ts')
  const client = { ...context.createClient('GitHub'), ...inputs }
  const gone = await askForAll(all, one => reasonGone(client, one))

  const orphaned = [...gone].flatMap(([owned, reason]) => owned.keys.map(key => ({ ...key, reason })))
  for (const { uid, name, reason } of orphaned) info(`TURN key ${uid}, ${name}: ${reason}.`)
  return {
    uids: orphaned.map(({ uid }) => uid),
    reasons: [...new Set(orphaned.map(({ name, reason }) => `${name}: ${reason}`))],
  }
}

function groupByOwner(keys: readonly TurnKey[], repository: string): Owned[] {
  const groups = Map.groupBy(keys, ({ name }) => JSON.stringify(ownerOf(name, repository)))
  return [...groups.values()].flatMap(group => {
    const owner = ownerOf(group[0]?.name ?? '', repository)
    return owner ? { owner, keys: group } : []
  })
}

/** Why those owners are gone that are gone. Where GitHub proves nothing, the keys stay, with one warning per kind. */
async function askForAll(all: readonly Owned[], ask: Ask): Promise<Map<Owned, string>> {
  const gone = new Map<Owned, string>()
  const failures = new Map<Owned, RequestError>()
  const queue = all.entries()
  const unavailable: RequestError[] = []

  async function work(): Promise<void> {
    for (const [index, owned] of queue) {
      try {
        const reason = await ask(owned.owner)
        if (reason !== undefined) gone.set(owned, reason)
      } catch (error) {
        if (!(error instanceof RequestError)) throw error
        failures.set(owned, error)
        // GitHub is down, or cannot be reached: each further question would take its time in vain.
        if (error.kind !== 'rejected' && unavailable.push(error) >= CONCURRENCY) return
      }
      if ((index + 1) % PROGRESS_INTERVAL === 0) info(`GitHub was asked about ${index + 1} of ${all.length} owners.`)
    }
  }
  await Promise.all(Array.from({ length: CONCURRENCY }, work))
  const [error] = unavailable
  if (error) for (const [, owned] of queue) failures.set(owned, error)
  warnOfFailures(failures)
  return gone
}

function warnOfFailures(failures: ReadonlyMap<Owned, RequestError>): void {
  for (const [kind, [first, ...others]] of Map.groupBy(failures, ([{ owner }]) => owner.kind)) {
    const more = others.length > 0 ? ` ${others.length} more are kept too.` : ''
    warning(`The keys of a ${kind} are kept: ${first?.[1].message}${more}`)
  }
}
