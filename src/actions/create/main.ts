import type { NewTurnKey, TurnKey } from '../../cloudflare/keys.ts'
import { type StepContext, withCleanupSignal } from '../../runner/run.ts'
import { mintAndMask, setIceServerOutputs } from '../ice-servers.ts'
import { createKeyWithRetry, reconcileLostCreates } from './create-key.ts'
import { deleteUnpublishedKey } from './delete-unpublished-key.ts'
import { resolveIfExists } from './if-exists.ts'
import { type CreateInputs, readCreateInputs } from './inputs.ts'
import { logAndSummarize, type Outcome, setKeyOutputs } from './report.ts'
import { currentCreateState, saveSuperseded, updateCreateState } from './state.ts'
import { type PreparedKeyStore, prepareKeyStore, storeKey } from './store-key.ts'

/** The root action: creates a TURN key, or finds one, and outputs it. */
export async function main(context: StepContext): Promise<void> {
  const inputs = readCreateInputs()
  const account = { ...context.createClient('Cloudflare'), ...inputs.account }
  const cleanup = withCleanupSignal(account, context)
  const store = inputs.keyStore && (await prepareKeyStore(inputs.keyStore, context))

  const { reusable, superseded, outcome } = await resolveIfExists(account, inputs, store)
  if (reusable) {
    context.drain.throwIfAborted()
    setKeyOutputs(outcome, reusable, '')
    return logAndSummarize(outcome, reusable, inputs)
  }

  saveStateForPost(inputs, superseded)
  try {
    const key = await createKeyWithRetry(account, inputs.name)
    await publish(key, outcome, inputs, store, context)
    await logAndSummarize(outcome, key, inputs)
  } catch (error) {
    throw await deleteUnpublishedKey(cleanup, error)
  } finally {
    const state = currentCreateState()
    if (state.responseLostAt > 0) updateCreateState(await reconcileLostCreates(cleanup, state))
  }
}

async function publish(
  key: NewTurnKey,
  outcome: Outcome,
  inputs: CreateInputs,
  store: PreparedKeyStore | undefined,
  context: StepContext,
): Promise<void> {
  const secret = secretOf(key)
  const iceServers = await mintFrom(key, secret, inputs, context)
  const setOutputs = () => {
    context.drain.throwIfAborted()
    setKeyOutputs(outcome, key, secret)
    if (iceServers) setIceServerOutputs(iceServers)
    updateCreateState({ phase: 'published' })
  }
  if (!store) return setOutputs()
  context.drain.throwIfAborted()
  await storeKey(store, key.uid, secret, setOutputs)
}

function saveStateForPost(inputs: CreateInputs, superseded: readonly TurnKey[]): void {
  const { account, keyStore, name, isJobScoped, deleteAfterJob } = inputs
  saveSuperseded({ uids: superseded.map(({ uid }) => uid), keyStore })
  updateCreateState({ ...account, name, isJobScoped, deleteAfterJob })
}

function secretOf({ uid, name, secrets: [secret] }: NewTurnKey): string {
  if (secret) return secret
  throw new Error(
    `Cloudflare created the TURN key "${name}" (uid ${uid}), but its response has no secret (neither \`secret\` nor \`key\`), and it cannot be read later. Run this again.`,
  )
}

async function mintFrom({ uid }: TurnKey, secret: string, inputs: CreateInputs, context: StepContext) {
  const { rtcUrl, ttl, customIdentifier } = inputs
  if (ttl === undefined) return undefined
  const client = { ...context.createClient('Cloudflare'), baseUrl: rtcUrl, token: secret }
  return mintAndMask(client, { uid, ttl, customIdentifier, isNew: true })
}
