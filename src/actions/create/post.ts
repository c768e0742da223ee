import type { AccountClient } from '../../cloudflare/keys.ts'
import type { KeyStore } from '../../github/store.ts'
import { awaitAllOrThrowRefusalFirst } from '../../http/await-all.ts'
import { info, logAndTruncateUids, messageOf, warning } from '../../runner/log.ts'
import type { ActionContext } from '../../runner/run.ts'
import { mask } from '../../runner/secrets.ts'
import { deleteKeysOrWarn } from '../delete-keys.ts'
import { deleteJobScopedOrReportLostKeys } from './lost-keys.ts'
import { loadCreateStateOrThrow, loadSupersededOrThrow } from './state.ts'

/** After the job: deletes what a failed step left, what is to go with the job, and what was superseded. */
export async function post(context: ActionContext): Promise<void> {
  const state = loadCreateStateOrThrow()
  const { account, phase, uid, deleteAfterJob, responseLostAt } = state
  mask(account.token)
  const client = context.createClient('Cloudflare', account)
  if (phase === 'requested' || responseLostAt > 0) await deleteJobScopedOrReportLostKeys(client, state)
  if (phase === 'created') {
    info('The step that created the TURN key failed.')
    return deleteKeysOrWarn(client, [uid])
  }
  if (phase === 'storing') {
    return warning(
      `The step ended while it stored the TURN key ${uid}, so the key is not deleted. The next run with \`if-exists: reuse\` keeps the pair if it is whole, and stores a new key if it is not.`,
    )
  }
  if (phase === 'stored') return info(`The step failed after it stored the TURN key ${uid}: the key is kept.`)
  if (phase !== 'published') return info('The step published no TURN key: nothing else to clean up.')

  const { jobStatus } = context
  if (endsWithJob(deleteAfterJob, jobStatus)) {
    info(`The job ended with "${jobStatus}", and \`delete-after-job\` is \`${deleteAfterJob}\`.`)
    return deleteKeysOrWarn(client, [uid])
  }
  info(`The TURN key ${uid} is kept.`)
  await deleteSuperseded(client, context)
}

function endsWithJob(deleteAfterJob: string, jobStatus: string): boolean {
  if (deleteAfterJob === 'failure') return jobStatus === 'failure' || jobStatus === 'cancelled'
  return deleteAfterJob === 'always'
}

async function deleteSuperseded(client: AccountClient, context: ActionContext): Promise<void> {
  const { jobStatus } = context
  const { uids, keyStore } = loadSupersededOrThrow()
  if (uids.length === 0) return
  if (jobStatus !== 'success') {
    return info(
      `The job ended with "${jobStatus}", not "success", so the older TURN keys are kept too: ${uids.join(', ')}.`,
    )
  }
  try {
    const stored = keyStore ? await readStoredUids(keyStore, context) : []
    const unused = uids.filter(uid => !stored.includes(uid))
    for (const uid of uids.filter(uid => stored.includes(uid))) {
      info(`The TURN key ${uid} is kept too: a variable of ${keyStore?.label} names it.`)
    }
    await deleteKeysOrWarn(client, unused)
  } catch (error) {
    warning(`The older TURN keys are kept too: ${messageOf(error)} Their uids: ${logAndTruncateUids(uids)}.`)
  }
}

/**
 * Reads which keys are in use: another job may have stored one of the superseded keys since, when it created that key
 * before this step ran, and another pair of this place may hold one.
 * @throws RequestError, or Error where nothing proves which key is stored: another job is about to store one, or the token
 * may no longer read the pair of a private repository.
 */
async function readStoredUids(keyStore: KeyStore, context: ActionContext): Promise<readonly string[]> {
  mask(keyStore.token)
  const { label, uidVariable, keySecret } = keyStore
  const { listNormalizedVariableValues, readStoredPair } = await import('../../github/index.ts')
  const client = context.createClient('GitHub', keyStore)
  const [{ variable, secretTime, isConsistent }, uids] = await awaitAllOrThrowRefusalFirst([
    readStoredPair(client),
    listNormalizedVariableValues(client),
  ])
  if (variable && isConsistent) return [variable.uid, ...uids]
  if (variable && secretTime !== undefined) throw new Error(`Another job is writing to ${label}.`)
  throw new Error(
    `The ${variable ? `secret ${keySecret}` : `variable ${uidVariable}`} of ${label} does not exist, or \`github-token\` can no longer read it, so nothing shows which key is in use.`,
  )
}
