import { setOutput } from '@actions/core'
import { listAccount, openAccount } from '../account.ts'
import type { Account } from '../cloudflare/keys.ts'
import { readEvent } from '../event.ts'
import { say } from '../log.ts'
import type { Job } from '../run.ts'
import { summarize } from '../summary.ts'
import { type DeleteInputs, readDeleteInputs } from './inputs.ts'
import { select } from './select.ts'
import { type Sweep, sweep } from './sweep.ts'

/** The delete action: deletes the keys that its inputs select, or with `dry-run` says which it would. */
export async function main(job: Job): Promise<void> {
  const inputs = readDeleteInputs(readEvent(process.env))
  const account = openAccount(inputs, job)
  const uids = await selected(account, inputs)

  if (inputs.dryRun) {
    for (const uid of uids) say(`Would delete the TURN key ${uid}.`)
    putOut(uids)
    return say(`Nothing was deleted: this is a dry run. ${uids.length} would be.`)
  }
  const swept = await sweep(account, uids)
  putOut(swept.deleted)
  await tell(swept, inputs)
  job.work.stop.throwIfAborted()
}

async function selected(account: Account, { selection, dryRun }: DeleteInputs): Promise<readonly string[]> {
  if (selection.by === 'uid' && !dryRun) return selection.uids
  return select(selection, await listAccount(account)).map(({ uid }) => uid)
}

function putOut(uids: readonly string[]): void {
  setOutput('deleted', JSON.stringify(uids))
  setOutput('count', uids.length)
}

async function tell({ deleted, left }: Sweep, { accountId }: DeleteInputs): Promise<void> {
  say(`Deleted ${deleted.length} TURN keys in the account ${accountId}.`)
  await summarize('TURN keys deleted', {
    Deleted: deleted.join(' ') || 'none',
    Left: left.join(' ') || 'none',
  })
  if (left.length === 0) return
  throw new Error(
    `${left.length} of the TURN keys that were to be deleted are left in the account ${accountId}: ${left.join(', ')}. The log says why, key by key; run this again to delete them.`,
  )
}
