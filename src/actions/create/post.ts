import { getInput } from '@actions/core'
import type { AccountClient } from '../../cloudflare/keys.ts'
import { info, messageOf, truncateUidList, warning } from '../../runner/log.ts'
import type { StepContext } from '../../runner/run.ts'
import { mask } from '../../runner/secrets.ts'
import { deleteKeys } from '../delete-keys.ts'
import type { KeyStoreInputs } from '../key-store.ts'
import { reconcileLostCreates } from './create-key.ts'
import { loadCreateState, loadSuperseded } from './state.ts'

/** After the job: deletes what a failed step left, what is to go with the job, and what was superseded. */
export async function post(context: StepContext): Promise<void> {
  const state = loadCreateState()
  if (!state) return info('This step created no TURN key: nothing to clean up.')
  const { accountId, token, baseUrl, phase, uid, deleteAfterJob, responseLostAt } = state
  mask(token)
  const account = { ...context.createClient('Cloudflare'), accountId, token, baseUrl }
  if (phase === 'requested' || responseLostAt > 0) await reconcileLostCreates(account, state)
  if (phase === 'created') {
    info('The step that created the TURN key failed.')
    return deleteOrWarn(account, [uid])
  }
  if (phase === 'storing') {
    return warning(
      `The step ended while it stored the TURN key ${uid} on GitHub. The key is kept. The next run repairs the variable and the secret.`,
    )
  }
  if (phase !== 'published') return info('The step published no TURN key: nothing else to clean up.')

  const jobStatus = getInput('job-status')
  if (endsWithJob(deleteAfterJob, jobStatus)) {
    info(`The job ended with "${jobStatus}", and \`delete-after-job\` is \`${deleteAfterJob}\`.`)
    return deleteOrWarn(account, [uid])
  }
  info(`The TURN key ${uid} is kept.`)
  await deleteSuperseded(account, jobStatus, context)
}

function endsWithJob(deleteAfterJob: string, jobStatus: string): boolean {
  if (deleteAfterJob === 'failure') return jobStatus === 'failure' || jobStatus === 'cancelled'
  return deleteAfterJob === 'always'
}

async function deleteSuperseded(account: AccountClient, jobStatus: string, context: StepContext): Promise<void> {
  const { uids, keyStore } = loadSuperseded()
  if (uids.length === 0) return
  if (jobStatus !== 'success') {
    return info(
      `The job ended with "${jobStatus}", not "success", so the older TURN keys are kept too: ${uids.join(', ')}.`,
    )
  }
  try {
    const stored = keyStore && (await readStoredUid(keyStore, context))
    const unused = uids.filter(uid => uid.toLowerCase() !== stored)
    if (unused.length < uids.length) info(`The TURN key ${stored} is kept too: ${keyStore?.label} stores it now.`)
    await deleteOrWarn(account, unused)
  } catch (error) {
    warning(`The older TURN keys are kept too: ${messageOf(error)} Their uids: ${truncateUidList(uids)}.`)
  }
}

/**
 * Another job may have stored one of the superseded keys since, when it created that key before this step ran.
 * @throws RequestError, or Error when it is about to.
 */
async function readStoredUid(keyStore: KeyStoreInputs, context: StepContext): Promise<string | undefined> {
  mask(keyStore.token)
  const { readStoredKey } = await import('../../github/index.ts')
  const { uid, hasSecret, isConsistent } = await readStoredKey({ ...context.createClient('GitHub'), ...keyStore })
  if (hasSecret && !isConsistent) throw new Error(`Another job is writing to ${keyStore.label}.`)
  return uid
}

async function deleteOrWarn(account: AccountClient, uids: readonly string[]): Promise<void> {
  const { remaining } = await deleteKeys(account, uids)
  for (const [uid, reason = 'deletion was not attempted.'] of remaining) {
    warning(`The TURN key ${uid} remains in the account ${account.accountId}: ${reason}`)
  }
}
