import type { NewTurnKey } from '../../cloudflare/keys.ts'
import { settleSideBySide } from '../../http/side-by-side.ts'
import { type ActionContext, toCleanupClient } from '../../runner/run.ts'
import { listKeysAndWarn } from '../account.ts'
import { mintAndMask, setIceServerOutputs } from '../ice-servers.ts'
import { createAndSaveKey } from './create-key.ts'
import { planCreate } from './if-exists.ts'
import { type CreateInputs, readCreateInputs } from './inputs.ts'
import { settleLostResponses } from './lost-responses.ts'
import { openStore } from './open-store.ts'
import { logAndSummarize, setKeyOutputs } from './report.ts'
import { deleteOvertakenKey, rollBack } from './roll-back.ts'
import { currentCreateState, saveSuperseded, updateCreateState } from './state.ts'
import { storeKey } from './store-key.ts'
import { openWorker, storeInWorker } from './worker-store.ts'

/** The root action: creates a TURN key, or finds one, and outputs it. */
export async function main(context: ActionContext): Promise<void> {
  const inputs = readCreateInputs()
  const { account, name, isJobScoped, deleteAfterJob, keyStore, workerStore } = inputs
  const client = context.createClient('Cloudflare', account)
  const cleanupClient = toCleanupClient(client, context)
  const [store, list, worker] = await settleSideBySide([
    keyStore && openStore(keyStore, context),
    inputs.ifExists === 'create' ? undefined : listKeysAndWarn(client),
    workerStore && openWorker(client, workerStore),
  ])
  const storedIn = (keyStore ?? workerStore)?.label

  const { reusable, superseded, outcome } = planCreate(inputs, list, store?.pair, worker)
  if (reusable) {
    context.drain.throwIfAborted()
    setKeyOutputs(outcome, reusable, '')
    return logAndSummarize(outcome, reusable, account.accountId, storedIn)
  }

  saveSuperseded({ uids: superseded.map(({ uid }) => uid), keyStore })
  updateCreateState({ account, name, isJobScoped, deleteAfterJob })
  try {
    const create = async () => {
      const key = await createAndSaveKey(client, name)
      const secret = secretOf(key)
      return { key, secret, credentials: await mintFrom(key.uid, secret, inputs, context) }
    }
    let created = await create()
    while (store && !(await storeKey(store, cleanupClient, created.key.uid, created.secret))) {
      await deleteOvertakenKey(cleanupClient, created.key.uid, store.client.label)
      created = await create()
    }
    const { key, secret, credentials } = created
    if (workerStore) await storeInWorker(client, cleanupClient, workerStore, { uid: key.uid, secret })
    context.drain.throwIfAborted()
    setKeyOutputs(outcome, key, secret)
    if (credentials) setIceServerOutputs(credentials)
    updateCreateState({ phase: 'published' })
    await logAndSummarize(outcome, key, account.accountId, storedIn)
  } catch (error) {
    throw await rollBack(cleanupClient, error, store, workerStore)
  } finally {
    const state = currentCreateState()
    if (state.responseLostAt > 0) updateCreateState(await settleLostResponses(cleanupClient, state))
  }
}

function secretOf({ uid, name, secrets: [secret] }: NewTurnKey): string {
  if (secret) return secret
  throw new Error(
    `Cloudflare created the TURN key "${name}" (uid ${uid}), but its response has no secret (neither \`secret\` nor \`key\`), and it cannot be read later. Run this again.`,
  )
}

async function mintFrom(uid: string, secret: string, inputs: CreateInputs, context: ActionContext) {
  const { rtcUrl, ttl, customIdentifier } = inputs
  if (ttl === undefined) return undefined
  const client = context.createClient('Cloudflare', { baseUrl: rtcUrl, token: secret })
  return mintAndMask(client, { uid, ttl, customIdentifier, isNew: true })
}
