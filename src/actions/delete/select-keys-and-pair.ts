import type { AccountClient, ListedTurnKey } from '../../cloudflare/keys.ts'
import type { KeyStoreClient } from '../../github/store.ts'
import type { StoredPair } from '../../github/stored-pair.ts'
import { awaitAllOrThrowRefusalFirst } from '../../http/await-all.ts'
import { info } from '../../runner/log.ts'
import type { ActionContext } from '../../runner/run.ts'
import { listKeysAndWarnIfNearlyFull } from '../account.ts'
import type { DeleteInputs } from './inputs.ts'
import { selectByNameLatestAndAge } from './select-by-name-latest-and-age.ts'
import { selectOrphaned } from './select-orphaned.ts'
import type { StoreSelection } from './stored-inputs.ts'
import { readPairIfEnvironmentExists, selectStoredKey } from './stored-key.ts'
import { type FoundWorkerSecrets, findPairSecretsOrWarnOfNoWorker, selectWorkerKeys } from './worker-key.ts'

/** The uids to delete, why, what is to be removed from a Worker before them, and from GitHub after them. */
export interface SelectedKeysAndPair {
  readonly uids: readonly string[]
  readonly reasons?: readonly string[]
  readonly worker?: FoundWorkerSecrets
  readonly stored?: { readonly store: KeyStoreClient; readonly pair: StoredPair }
}

/** Reads what there is, and selects what the inputs name. @throws RequestError, or Error where nothing proves what may go. */
export async function selectKeysAndPair(
  { selection, dryRun }: DeleteInputs,
  client: AccountClient,
  context: ActionContext,
): Promise<SelectedKeysAndPair> {
  if (selection.by === 'nothing') {
    info('`orphaned` is false, and nothing else says which keys to delete: none is.')
    return { uids: [] }
  }
  if (selection.by === 'store') return selectStored(selection, client, context)
  if (selection.by === 'worker') {
    const [list, worker] = await awaitAllOrThrowRefusalFirst([
      listKeysAndWarnIfNearlyFull(client),
      findPairSecretsOrWarnOfNoWorker(client, selection.workerStore),
    ])
    return { uids: uidsOf(selectWorkerKeys(list.keys, worker, selection)), worker }
  }
  if (selection.by === 'uid' && !dryRun) return { uids: selection.uids }
  const list = await listKeysAndWarnIfNearlyFull(client)
  if (selection.by === 'orphaned') return selectOrphaned(selection, list, context)
  if (selection.by === 'uid') return { uids: uidsOf(list.keys.filter(({ uid }) => selection.uids.includes(uid))) }
  return { uids: uidsOf(selectByNameLatestAndAge(selection, list)) }
}

async function selectStored(
  selection: StoreSelection,
  client: AccountClient,
  context: ActionContext,
): Promise<SelectedKeysAndPair> {
  const store = context.createClient('GitHub', selection.keyStore)
  const [pair, { keys }] = await awaitAllOrThrowRefusalFirst([
    readPairIfEnvironmentExists(store),
    listKeysAndWarnIfNearlyFull(client),
  ])
  if (!pair) return { uids: [] }
  return { uids: uidsOf(selectStoredKey(pair, keys, selection)), stored: { store, pair } }
}

const uidsOf = (keys: readonly ListedTurnKey[]): string[] => keys.map(({ uid }) => uid)
