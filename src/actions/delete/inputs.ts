import { describeMalformedId, isHexId } from '../../cloudflare/id.ts'
import { type Account, MAX_KEYS } from '../../cloudflare/keys.ts'
import type { Repository } from '../../github/request.ts'
import type { KeyStore } from '../../github/store.ts'
import { Inputs } from '../../runner/inputs.ts'
import { readAccount } from '../account.ts'
import { derivedName, repositoryName, storedKeyName } from '../key-name.ts'
import { readRepository } from '../repository.ts'
import { isRepositoryStore, readKeyStore } from '../store-inputs.ts'

/** Which keys to delete: given by uid, found by name or prefix, stored on GitHub, or without an owner there. */
export type Selection =
  | { readonly by: 'uid'; readonly uids: readonly string[] }
  | NameSelection
  | OrphanedSelection
  | StoreSelection

/** The keys of a repository whose owner is gone. `namePrefix` is what their names begin with; `olderThan` in milliseconds. */
export interface OrphanedSelection {
  readonly by: 'orphaned'
  readonly repository: Repository
  readonly namePrefix: string
  readonly olderThan: number | undefined
}

/** The key that is stored on GitHub. `keyName` is the name that such a key has on Cloudflare. */
export interface StoreSelection {
  readonly by: 'store'
  readonly keyStore: KeyStore
  readonly keyName: string
}

/** `olderThan` is in milliseconds; an undefined filter lets all through. */
export interface NameSelection {
  readonly by: 'name' | 'prefix'
  readonly text: string
  readonly keepLatest: number
  readonly olderThan: number | undefined
}

/** The checked inputs of the delete action. */
export interface DeleteInputs {
  readonly account: Account
  readonly selection: Selection
  readonly dryRun: boolean
}

/** Reads and checks the delete action's inputs. @throws AggregateError of all that is wrong with them. */
export function readDeleteInputs(): DeleteInputs {
  const inputs = new Inputs()
  const account = readAccount(inputs)
  const selection = readSelection(inputs)
  const dryRun = inputs.boolean('dry-run')
  inputs.throwIfInvalid()
  return { account, selection, dryRun }
}

const DEFAULT_TOKEN_HINT = "`orphaned` needs it to query GitHub: leave the input out to use the workflow's own token."

function readSelection(inputs: Inputs): Selection {
  const uid = inputs.selector('uid')
  const name = inputs.selector('name', 'keyName')
  const prefix = inputs.selector('name-prefix', 'keyName')
  const environment = inputs.selector('environment')
  const store = inputs.selector('store')
  // Not given and false are the same, but empty is an error.
  const orphaned = (inputs.selector('orphaned') && inputs.boolean('orphaned')) || undefined
  const given = [uid, name, prefix, environment, store, orphaned].filter(value => value !== undefined)
  inputs.rejectIf(
    given.length > 1,
    'Set exactly one of `uid`, `name`, `name-prefix`, `environment`, `store` and `orphaned`, not several: they say which keys to delete.',
  )
  const filters = readFilters(inputs, (name ?? prefix) !== undefined, orphaned)
  if (orphaned) {
    const repository = readRepository(inputs, 'orphaned', DEFAULT_TOKEN_HINT)
    return { by: 'orphaned', repository, namePrefix: repositoryName(inputs.run), olderThan: filters.olderThan }
  }
  if (uid !== undefined) return { by: 'uid', uids: readUids(inputs, uid) }
  if (prefix !== undefined) return { by: 'prefix', text: prefix, ...filters }
  if ((environment ?? store) !== undefined) {
    if (store !== undefined) isRepositoryStore(inputs, store)
    const keyStore = readKeyStore(inputs, environment ?? '')
    return { by: 'store', keyStore, keyName: storedKeyName(inputs.run, keyStore.environment) }
  }
  return { by: 'name', text: name ?? readPullRequestName(inputs), ...filters }
}

function readPullRequestName(inputs: Inputs): string {
  const { run } = inputs
  inputs.rejectIf(
    run.pullRequest === undefined,
    'Nothing says which keys to delete: set `uid`, `name`, `name-prefix`, `environment`, `store` or `orphaned`, or run on a pull request event to delete its own.',
  )
  return derivedName(run)
}

type Filters = Pick<NameSelection, 'keepLatest' | 'olderThan'>

function readFilters(inputs: Inputs, isByName: boolean, isOrphaned = false): Filters {
  const keepLatest = inputs.integer('keep-latest', 0, MAX_KEYS, 'keys')
  const olderThan = readAge(inputs)
  inputs.rejectIf(
    ((isOrphaned ? undefined : olderThan) ?? keepLatest) !== undefined && !isByName,
    '`keep-latest` requires `name` or `name-prefix`, and `older-than` one of these or `orphaned`: set one, or leave the filter out.',
  )
  return { keepLatest: keepLatest ?? 0, olderThan }
}

function readUids(inputs: Inputs, text: string): string[] {
  const uids = text.split(/\s+/).filter(Boolean)
  uids.forEach((uid, index) => {
    inputs.rejectIf(!isHexId(uid), `\`uid\` number ${index + 1} ${describeMalformedId(uid)}`)
  })
  return [...new Set(uids.map(uid => uid.toLowerCase()))]
}

const MILLISECONDS: Readonly<Record<string, number>> = { m: 60_000, h: 3_600_000, d: 86_400_000 }

function readAge(inputs: Inputs): number | undefined {
  const value = inputs.text('older-than')
  if (value === '') return undefined
  const [, count, unit = ''] = /^(\d{1,6})([mhd])$/.exec(value) ?? []
  inputs.rejectIf(
    count === undefined,
    `\`older-than\` must be a number of minutes, hours or days, such as 90m, 12h or 7d; it is "${value}".`,
  )
  return Number(count) * (MILLISECONDS[unit] ?? 0)
}
