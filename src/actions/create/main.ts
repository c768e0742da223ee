import type { AccountClient } from '../../cloudflare/keys.ts'
import { awaitAllOrThrowRefusalFirst } from '../../http/await-all.ts'
import { type ActionContext, toCleanupClient } from '../../runner/run.ts'
import { listKeysAndWarnIfNearlyFull } from '../account.ts'
import { setIceServerOutputs } from '../ice-servers.ts'
import { createMintAndStore } from './create-mint-and-store.ts'
import { planCreate } from './if-exists.ts'
import { type CreateInputs, readCreateInputs } from './inputs.ts'
import { deleteJobScopedOrReportLostKeys } from './lost-keys.ts'
import { readGithubStoreOrThrow } from './read-github-store.ts'
import { logAndSummarize, setKeyOutputs } from './report.ts'
import { rollBackAndExtendError } from './roll-back.ts'
import { currentCreateState, saveSupersededForPost, updateCreateState, updateCreateStateIfPossible } from './state.ts'
import { readWorkerPairPresence } from './worker-store.ts'

/** The root action: creates a TURN key, or finds one, and outputs it. */
export async function main(context: ActionContext): Promise<void> {
  const inputs = readCreateInputs()
  const { account, name, isJobScoped, deleteAfterJob, keyStore, workerStore } = inputs
  const client = context.createClient('Cloudflare', account)
  const cleanupClient = toCleanupClient(client, context)
  const [store, list, worker] = await readWhatExists(inputs, client, context)
  const storedIn = (keyStore ?? workerStore)?.label

  const { reusable, superseded, outcome } = planCreate(inputs, list, store, worker)
  if (reusable) {
    context.drain.throwIfAborted()
    setKeyOutputs(outcome, reusable, '')
    return logAndSummarize(outcome, reusable, account.accountId, storedIn)
  }

  saveSupersededForPost({ uids: superseded.map(({ uid }) => uid), keyStore })
  updateCreateState({ account, name, isJobScoped, deleteAfterJob })
  try {
    const { key, secret, credentials } = await createMintAndStore(inputs, client, cleanupClient, store, context)
    context.drain.throwIfAborted()
    setKeyOutputs(outcome, key, secret)
    if (credentials) setIceServerOutputs(credentials)
    updateCreateState({ phase: 'published' })
    await logAndSummarize(outcome, key, account.accountId, storedIn)
  } catch (error) {
    throw await rollBackAndExtendError(cleanupClient, error, store, workerStore)
  } finally {
    await settleIfLost(cleanupClient)
  }
}

const readWhatExists = (
  { ifExists, keyStore, workerStore }: CreateInputs,
  client: AccountClient,
  context: ActionContext,
) =>
  awaitAllOrThrowRefusalFirst([
    keyStore && readGithubStoreOrThrow(keyStore, ifExists, context),
    ifExists === 'create' ? undefined : listKeysAndWarnIfNearlyFull(client),
    workerStore && readWorkerPairPresence(client, workerStore),
  ])

async function settleIfLost(client: AccountClient): Promise<void> {
  const state = currentCreateState()
  if (state.responseLostAt > 0) updateCreateStateIfPossible(await deleteJobScopedOrReportLostKeys(client, state))
}
