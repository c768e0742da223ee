import type { Account } from '../../cloudflare/keys.ts'
import type { NameSelector } from '../../cloudflare/select-keys.ts'
import type { Repository } from '../../github/request.ts'
import { Inputs } from '../../runner/inputs.ts'
import { readAccount } from '../account.ts'
import { derivedName, nameRequiredMessage, repositoryNamePrefix } from '../key-name.ts'
import { readRepositoryAndToken } from '../repository.ts'
import { readUids } from '../uids.ts'
import { type KeepLatestAndOlderThan, readFilters } from './filter-inputs.ts'
import { readStoredSelection, type StoreSelection, type WorkerSelection } from './stored-inputs.ts'

/**
 * Which keys to delete: given by uid, found by name or prefix, stored on GitHub or in a Worker, or without an owner.
 * `orphaned: false` alone selects nothing, and is no reason to fall back on the keys of a pull request.
 */
export type DeleteSelection =
  | { readonly by: 'nothing' }
  | { readonly by: 'uid'; readonly uids: readonly string[] }
  | NameSelection
  | OrphanedSelection
  | StoreSelection
  | WorkerSelection

/** The keys of a repository whose owner is gone. `namePrefix` is what their names begin with; `olderThan` in milliseconds. */
export interface OrphanedSelection {
  readonly by: 'orphaned'
  readonly repository: Repository
  readonly namePrefix: string
  readonly olderThan: number | undefined
}

/** The keys of a name, or whose names begin so. */
export type NameSelection = NameSelector & KeepLatestAndOlderThan

/** The checked inputs of the delete action. */
export interface DeleteInputs {
  readonly account: Account
  readonly selection: DeleteSelection
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

function readSelection(inputs: Inputs): DeleteSelection {
  const uid = inputs.selector('uid')
  const name = inputs.selector('name', 'keyName')
  const prefix = inputs.selector('name-prefix', 'keyName')
  const environment = inputs.selector('environment', 'line')
  const store = inputs.selector('store')
  const orphaned = inputs.selector('orphaned') ? inputs.boolean('orphaned') : undefined
  const given = [uid, name, prefix, environment, store, orphaned || undefined].filter(value => value !== undefined)
  inputs.addErrorIf(
    given.length > 1,
    'Set exactly one of `uid`, `name`, `name-prefix`, `environment`, `store` and `orphaned`, not several: they say which keys to delete.',
  )
  const isNothing = orphaned === false && given.length === 0
  const filters = readFilters(inputs, (name ?? prefix) !== undefined, orphaned === true || isNothing)
  const stored = readStoredSelection(inputs, environment, store)
  if (stored) return stored
  // A `store` that is none is an error already.
  if (isNothing || store !== undefined) return { by: 'nothing' }
  if (orphaned) {
    const repository = readRepositoryAndToken(inputs, 'orphaned', DEFAULT_TOKEN_HINT)
    return { by: 'orphaned', repository, namePrefix: repositoryNamePrefix(inputs.run), olderThan: filters.olderThan }
  }
  if (uid !== undefined) return { by: 'uid', uids: readUids(inputs, uid) }
  if (prefix !== undefined) return { by: 'prefix', text: prefix, ...filters }
  return { by: 'name', text: name ?? readPullRequestName(inputs), ...filters }
}

function readPullRequestName(inputs: Inputs): string {
  const { run } = inputs
  inputs.addErrorIf(
    run.pullRequest === undefined,
    'Nothing says which keys to delete: set `uid`, `name`, `name-prefix`, `environment`, `store` or `orphaned`, or run on a pull request event to delete its own.',
  )
  const name = derivedName(run)
  // Keys that were created without a name have an empty one.
  inputs.addErrorIf(run.pullRequest !== undefined && name === '', nameRequiredMessage(run))
  return name
}
