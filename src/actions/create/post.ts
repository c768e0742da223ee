import { getInput } from '@actions/core'
import type { Account } from '../../cloudflare/keys.ts'
import { messageOf, say, warn } from '../../runner/log.ts'
import type { Job } from '../../runner/run.ts'
import { mask } from '../../runner/secrets.ts'
import { openAccount } from '../account.ts'
import { sweep } from '../delete-keys.ts'
import { settle } from './create-key.ts'
import { type CreateState, loadCreateState } from './state.ts'

/** After the job: deletes what a failed step left, what was to go with the job, and what was superseded. */
export async function post(job: Job): Promise<void> {
  const state = loadCreateState()
  mask(state.apiToken)
  if (state.phase === '') return say('This step made no TURN key: nothing to clean up.')
  const account = openAccount(state, job)
  if (state.phase === 'asked' || state.lost) await settleOnceMore(account, state)
  if (state.phase === 'made') {
    say('The step that made the TURN key failed.')
    return remove(account, [state.uid])
  }
  if (state.phase === 'stored') {
    return warn(
      `The step ended while it stored the TURN key ${state.uid} in an environment. The key stays. The next run repairs the environment.`,
    )
  }
  if (state.phase !== 'delivered') return say('The step delivered no TURN key: nothing else to clean up.')

  const jobStatus = getInput('job-status')
  if (goesWithTheJob(state, jobStatus)) {
    say(`The job ended with "${jobStatus}", and \`delete-after-job\` is \`${state.deleteAfterJob}\`.`)
    return remove(account, [state.uid])
  }
  say(`The TURN key ${state.uid} stays.`)
  await removeSuperseded(account, state, jobStatus)
}

async function settleOnceMore(account: Account, state: CreateState): Promise<void> {
  const { name, ownName, askedAt, namedUids, uid } = state
  say(`An answer to the request for the TURN key "${name}" was lost: looking for what it may have made.`)
  const known = [...namedUids.split(' '), uid]
  try {
    await settle({ cleanUp: account, name, ownName: ownName === 'true' }, Number(askedAt), known)
  } catch (error) {
    warn(`A TURN key named "${name}" may be left in the account ${account.accountId}: ${messageOf(error)}`)
  }
}

function goesWithTheJob({ deleteAfterJob }: CreateState, jobStatus: string): boolean {
  if (deleteAfterJob === 'failure') return jobStatus === 'failure' || jobStatus === 'cancelled'
  return deleteAfterJob === 'always'
}

async function removeSuperseded(
  account: Account,
  { supersededUids }: CreateState,
  jobStatus: string,
): Promise<void> {
  const uids = supersededUids.split(' ').filter(Boolean)
  if (uids.length === 0) return
  if (jobStatus !== 'success') {
    return say(
      `The job ended with "${jobStatus}", not "success", so the TURN keys before it stay too: ${uids.join(', ')}.`,
    )
  }
  await remove(account, uids)
}

async function remove(account: Account, uids: readonly string[]): Promise<void> {
  const { left } = await sweep(account, uids)
  for (const [uid, why = 'it was not begun any more.'] of left) {
    warn(`The TURN key ${uid} is left in the account ${account.accountId}: ${why}`)
  }
}
