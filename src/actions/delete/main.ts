import { setOutput } from '@actions/core'
import type { Account } from '../../cloudflare/keys.ts'
import { readEvent } from '../../runner/event.ts'
import { say } from '../../runner/log.ts'
import type { Job } from '../../runner/run.ts'
import { summarize } from '../../runner/summary.ts'
import { listAccount, openAccount } from '../account.ts'
import { type Sweep, sweep } from '../delete-keys.ts'
import { type KeySelection, readDeleteInputs } from './inputs.ts'
import { select } from './select-by-name.ts'
import { findHeldKey } from './select-stored.ts'

/** The delete action: deletes the keys that its inputs select, or with `dry-run` says which it would. */
export async function main(job: Job): Promise<void> {
  const inputs = readDeleteInputs(readEvent(process.env))
  const account = openAccount(inputs, job)
  const { selection, dryRun } = inputs
  const held = selection.by === 'environment' ? await findHeldKey(selection.environment, job) : undefined
  const uids = await selectedUids(
    account,
    selection.by === 'environment' ? byUid(held?.uid) : selection,
    dryRun,
  )
  if (dryRun) {
    job.work.stop.throwIfAborted()
    return rehearse(uids)
  }

  const swept = await sweep(account, uids)
  putOut(swept.deleted)
  await tell(swept, account.accountId)
  throwIfLeft(swept, account.accountId, job.work.stop.aborted)
  await held?.clear()
  job.work.stop.throwIfAborted()
}

function byUid(uid: string | undefined): KeySelection {
  return { by: 'uid', uids: uid === undefined ? [] : [uid] }
}

async function selectedUids(
  account: Account,
  selection: KeySelection,
  dryRun: boolean,
): Promise<readonly string[]> {
  if (selection.by === 'uid' && !dryRun) return selection.uids
  return select(selection, await listAccount(account)).map(({ uid }) => uid)
}

function rehearse(uids: readonly string[]): void {
  for (const uid of uids) say(`Would delete the TURN key ${uid}.`)
  putOut(uids)
  say(`Nothing was deleted: this is a dry run. TURN keys that would be: ${uids.length}.`)
}

function putOut(uids: readonly string[]): void {
  setOutput('deleted', JSON.stringify(uids))
  setOutput('count', uids.length)
}

async function tell({ deleted, left }: Sweep, accountId: string): Promise<void> {
  for (const why of left.values()) if (why) say(why)
  say(`TURN keys deleted in the account ${accountId}: ${deleted.length}.`)
  await summarize('TURN keys deleted', {
    Deleted: deleted.join(' ') || 'none',
    Left: [...left.keys()].join(' ') || 'none',
  })
}

function throwIfLeft({ left }: Sweep, accountId: string, isCancelled: boolean): void {
  if (left.size === 0) return
  const uids = [...left.keys()].join(', ')
  const first = [...left.values()].find(why => why !== undefined)
  const why = isCancelled ? 'The job was cancelled.' : `The log says why, key by key; the first: ${first}`
  throw new Error(
    `Not every TURN key was deleted. Left in the account ${accountId}: ${uids}. Run this again to delete the rest. ${why}`,
  )
}
