import { setOutput } from '@actions/core'
import type { AccountClient } from '../../cloudflare/keys.ts'
import { info, sanitize, truncateUidList } from '../../runner/log.ts'
import type { StepContext } from '../../runner/run.ts'
import { summarize } from '../../runner/summary.ts'
import { listKeysAndWarn } from '../account.ts'
import { type DeletionResult, deleteKeys } from '../delete-keys.ts'
import { type DeleteInputs, readDeleteInputs } from './inputs.ts'
import { selectByName } from './select-by-name.ts'
import { selectOrphaned } from './select-orphaned.ts'
import { selectStored } from './select-stored.ts'

/** The delete action: deletes the keys that its inputs select, or with `dry-run` says which it would. */
export async function main(context: StepContext): Promise<void> {
  const inputs = readDeleteInputs()
  const account = { ...context.createClient('Cloudflare'), ...inputs.account }
  const { uids, reasons, remove } = await select(inputs, account, context)
  if (inputs.dryRun) {
    context.drain.throwIfAborted()
    return reportDryRun(uids)
  }

  const deletion = await deleteKeys(account, uids)
  setDeletedOutputs(deletion.deleted)
  await report(deletion, account.accountId, reasons)
  throwIfRemaining(deletion, account)
  await remove?.()
  context.drain.throwIfAborted()
}

/** The uids to delete, why, and what is to be removed from GitHub after them. */
interface Selected {
  readonly uids: readonly string[]
  readonly reasons?: readonly string[]
  remove?(): Promise<void>
}

async function select(inputs: DeleteInputs, account: AccountClient, context: StepContext): Promise<Selected> {
  const { selection, dryRun } = inputs
  if (selection.by === 'store') return selectStored(selection.keyStore, () => listKeysAndWarn(account), context)
  if (selection.by === 'uid' && !dryRun) return { uids: selection.uids }
  const list = await listKeysAndWarn(account)
  if (selection.by === 'orphaned') return selectOrphaned(selection, list, context)
  const keys =
    selection.by === 'uid'
      ? list.keys.filter(({ uid }) => selection.uids.includes(uid.toLowerCase()))
      : selectByName(selection, list)
  return { uids: keys.map(({ uid }) => uid) }
}

function reportDryRun(uids: readonly string[]): void {
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
    `Not all selected TURN keys were deleted from the account ${accountId}. ${reason} Run this again to delete the rest. Remaining: ${truncateUidList([...remaining.keys()])}.`,
  )
}
