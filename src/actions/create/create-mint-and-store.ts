import type { MintedCredentials } from '../../cloudflare/credentials.ts'
import type { AccountClient, NewTurnKey } from '../../cloudflare/keys.ts'
import type { ActionContext } from '../../runner/run.ts'
import { mintAndMask } from '../ice-servers.ts'
import { createAndSaveKey } from './create-key.ts'
import type { CreateInputs } from './inputs.ts'
import type { GithubStoreWithProgress } from './read-github-store.ts'
import { deleteOvertakenKey } from './roll-back.ts'
import { storeOnGithubUnlessOvertaken } from './store-on-github.ts'
import { storeInWorker } from './worker-store.ts'

/** A key, its secret, and with `ttl` what was minted from it. */
interface CreatedKey {
  readonly key: NewTurnKey
  readonly secret: string
  readonly credentials: MintedCredentials | undefined
}

/**
 * Creates a key, mints from it when `ttl` is set, and stores it. Where another job stores its pair in between, another key
 * is created: that job may have read this one as the stored key, and delete it. `cleanup` completes what was begun.
 * @throws RequestError, or Error: what is left then, the state and `store.progress` say.
 */
export async function createMintAndStore(
  inputs: CreateInputs,
  client: AccountClient,
  cleanup: AccountClient,
  store: GithubStoreWithProgress | undefined,
  context: ActionContext,
): Promise<CreatedKey> {
  const { workerStore } = inputs
  let created = await createAndMint(inputs, client, context)
  while (store && !(await storeOnGithubUnlessOvertaken(store, cleanup, created.key.uid, created.secret))) {
    await deleteOvertakenKey(cleanup, created.key.uid, store.client.label)
    created = await createAndMint(inputs, client, context)
  }
  const { key, secret } = created
  if (workerStore) await storeInWorker(client, cleanup, workerStore, { uid: key.uid, secret })
  return created
}

async function createAndMint(inputs: CreateInputs, client: AccountClient, context: ActionContext): Promise<CreatedKey> {
  const key = await createAndSaveKey(client, inputs.name)
  const secret = secretOf(key)
  return { key, secret, credentials: await mintFrom(key.uid, secret, inputs, context) }
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
