import { setOutput } from '@actions/core'
import type { AccountClient } from '../../cloudflare/keys.ts'
import { info, logAndTruncateUids, sanitize } from '../../runner/log.ts'
import type { ActionContext } from '../../runner/run.ts'
import { summarize } from '../../runner/summary.ts'
import { type DeletionResult, deleteKeys } from '../delete-keys.ts'
import { readDeleteInputs } from './inputs.ts'
import { type SelectedKeysAndPair, selectKeysAndPair } from './select-keys-and-pair.ts'
import { describeStoredPair, removeStoredPairIfUnchanged } from './stored-key.ts'
import { describeWorkerPair, removeWorkerPair } from './worker-key.ts'

/** The delete action: deletes the keys that its inputs select, or with `dry-run` says which it would. */
export async function main(context: ActionContext): Promise<void> {
  const inputs = readDeleteInputs()
  const client = context.createClient('Cloudflare', inputs.account)
  const selected = await selectKeysAndPair(inputs, client, context)
  const { uids, reasons, stored, worker } = selected
  if (inputs.dryRun) {
    context.drain.throwIfAborted()
    return reportDryRun(selected)
  }

  if (worker) await removeWorkerPair(client, worker, uids)
  const deletion = await deleteKeys(client, uids)
  setDeletedOutputs(deletion.deleted)
  await report(deletion, client.accountId, reasons)
  throwIfRemaining(deletion, client)
  if (stored) await removeStoredPairIfUnchanged(stored.store, stored.pair)
  context.drain.throwIfAborted()
}

function reportDryRun({ uids, worker, stored }: SelectedKeysAndPair): void {
  for (const pair of [worker && describeWorkerPair(worker), stored && describeStoredPair(stored)]) {
    if (pair) info(`Would remove ${pair}.`)
  }
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
