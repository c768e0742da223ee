import { setOutput } from '@actions/core'
import type { AccountClient, ListedTurnKey } from '../../cloudflare/keys.ts'
import type { KeyStoreClient } from '../../github/store.ts'
import type { StoredPair } from '../../github/stored-pair.ts'
import { awaitAllOrThrowRefusalFirst } from '../../http/await-all.ts'
import { info, logAndTruncateUids, sanitize } from '../../runner/log.ts'
import type { ActionContext } from '../../runner/run.ts'
import { summarize } from '../../runner/summary.ts'
import { listKeysAndWarnIfNearlyFull } from '../account.ts'
import { type DeletionResult, deleteKeys } from '../delete-keys.ts'
import { type DeleteInputs, readDeleteInputs } from './inputs.ts'
import { selectByNameLatestAndAge } from './select-by-name-latest-and-age.ts'
import { selectOrphaned } from './select-orphaned.ts'
import { readPairIfEnvironmentExists, removeStoredPairIfUnchanged, selectStoredKey } from './stored-key.ts'
import {
  describeWorkerPair,
  type FoundWorkerSecrets,
  findPairSecretsOrWarnOfNoWorker,
  removeWorkerPair,
  selectWorkerKeys,
} from './worker-key.ts'

/** The delete action: deletes the keys that its inputs select, or with `dry-run` says which it would. */
export async function main(context: ActionContext): Promise<void> {
  const inputs = readDeleteInputs()
  const client = context.createClient('Cloudflare', inputs.account)
  const { uids, reasons, stored, worker } = await select(inputs, client, context)
  if (inputs.dryRun) {
    context.drain.throwIfAborted()
    return reportDryRun(uids, worker)
  }

  if (worker) await removeWorkerPair(client, worker, uids)
  const deletion = await deleteKeys(client, uids)
  setDeletedOutputs(deletion.deleted)
  await report(deletion, client.accountId, reasons)
  throwIfRemaining(deletion, client)
  if (stored) await removeStoredPairIfUnchanged(stored.store, stored.pair)
  context.drain.throwIfAborted()
}

/** The uids to delete, why, what is to be removed from a Worker before them, and from GitHub after them. */
interface Selected {
  readonly uids: readonly string[]
  readonly reasons?: readonly string[]
  readonly worker?: FoundWorkerSecrets
  readonly stored?: { readonly store: KeyStoreClient; readonly pair: StoredPair }
}

async function select(
  { selection, dryRun }: DeleteInputs,
  client: AccountClient,
  context: ActionContext,
): Promise<Selected> {
  if (selection.by === 'nothing') {
    info('`orphaned` is false, and nothing else says which keys to delete: none is.')
    return { uids: [] }
  }
  if (selection.by === 'store') {
    const store = context.createClient('GitHub', selection.keyStore)
    const [pair, { keys }] = await awaitAllOrThrowRefusalFirst([
      readPairIfEnvironmentExists(store),
      listKeysAndWarnIfNearlyFull(client),
    ])
    if (!pair) return { uids: [] }
    return { uids: uidsOf(selectStoredKey(pair, keys, selection)), stored: { store, pair } }
  }
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

const uidsOf = (keys: readonly ListedTurnKey[]): string[] => keys.map(({ uid }) => uid)

function reportDryRun(uids: readonly string[], worker: FoundWorkerSecrets | undefined): void {
  if (worker && worker.names.length > 0) info(`Would remove ${describeWorkerPair(worker)}.`)
  for (const uid of uids) info(`Would delete the TURN key ${uid}.`)
  setDeletedOutputs(uids)
  info(`Dry run: would delete ${uids.length} TURN ${uids.length === 1 ? 'key' : 'keys'}.`)
}

function setDeletedOutputs(uids: readonly string[]): void {
  setOutput('deleted', JSON.stringify(uids))
  setOutput('count', uids.length)
}

async function report(deletion: DeletionResult, accountId: string, reasons?: readonly string[]): Promise<void> {
  const { deleted, remaining } = deletion
  for (const [uid, reason = 'deletion was not attempted.'] of remaining) info(`TURN key ${uid}: ${reason}`)
  info(`TURN keys deleted in the account ${accountId}: ${deleted.length}.`)
  await summarize('TURN keys deleted', {
    Deleted: deleted.join(' ') || 'none',
    Remaining: [...remaining.keys()].join(' ') || 'none',
    ...(reasons && { Reasons: reasons.join('; ') || 'none' }),
  })
}

/** Characters of a reason, so that the advice after it is still in the 4,096 of an annotation. */
const MAX_REASON = 1500

function throwIfRemaining({ remaining }: DeletionResult, { accountId, drain }: AccountClient): void {
  if (remaining.size === 0) return
  // Sanitized before it is cut: half a secret would not be recognized as one.
  const first = sanitize([...remaining.values()].find(reason => reason !== undefined) ?? '').slice(0, MAX_REASON)
  const reason = drain.aborted ? 'The job was cancelled.' : `The log gives the reason for each key. The first: ${first}`
  throw new Error(
    `Not all selected TURN keys were deleted from the account ${accountId}. ${reason} Run this again to delete the rest. Remaining: ${logAndTruncateUids([...remaining.keys()])}.`,
  )
}
