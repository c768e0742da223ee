import { findByUid } from '../../cloudflare/key-list.ts'
import type { TurnKey } from '../../cloudflare/keys.ts'
import type { KeyStoreClient, PublicKey, StoredKey } from '../../github/key-store.ts'
import { now, sleep } from '../../http/clock.ts'
import { RequestError } from '../../http/error.ts'
import { info, messageOf } from '../../runner/log.ts'
import { type StepContext, withCleanupSignal } from '../../runner/run.ts'
import { environmentNotFoundMessage, type KeyStoreInputs } from '../key-store.ts'
import { updateCreateState } from './state.ts'

/** What is to store a key on GitHub, what it stores now, and a client that completes both writes of a cancelled job. */
export interface PreparedKeyStore {
  readonly github: typeof import('../../github/index.ts')
  readonly client: KeyStoreClient
  /** A cancelled job begins no first write. */
  readonly drain: AbortSignal
  readonly publicKey: PublicKey
  readonly stored: StoredKey
}

/**
 * Checks the place as far as that goes before there is a key. Only here is octokit loaded.
 * @throws RequestError, or Error when there is no such environment.
 */
export async function prepareKeyStore(inputs: KeyStoreInputs, context: StepContext): Promise<PreparedKeyStore> {
  const github = await import('../../github/index.ts')
  const client = { ...context.createClient('GitHub'), ...inputs }
  const publicKey = await github.findPublicKey(client)
  if (!publicKey) throw new Error(environmentNotFoundMessage(inputs, HOW_TO_CREATE_IT))
  const stored = await github.readStoredKey(client)
  return { github, client: withCleanupSignal(client, context), drain: context.drain, publicKey, stored }
}

/** The key that is stored, when variable and secret belong together and it is among these. */
export const findConsistentKey = ({ stored }: PreparedKeyStore, keys: readonly TurnKey[]): TurnKey | undefined =>
  stored.isConsistent ? findByUid(stored.uid, keys) : undefined

/**
 * Writes a new key: its secret, then its uid. Then it is published.
 * Once the secret may hold the key, the state stays "storing", and so the key is kept.
 * @throws Error that says so; RequestError before.
 */
export async function storeKey(
  store: PreparedKeyStore,
  uid: string,
  secret: string,
  publish: () => void,
): Promise<void> {
  const { github, client, drain, publicKey } = store
  const write = (writer: KeyStoreClient) => github.writeSecret(writer, publicKey, secret)
  let mayBeStored = false
  try {
    updateCreateState({ phase: 'storing' })
    for (let attempt = 1; ; attempt++) {
      const startedAt = now()
      await write(mayBeStored ? client : { ...client, drain }).catch(error => {
        mayBeStored ||= error instanceof RequestError && (error.kind === 'outcome-unknown' || error.attempts > 1)
        if (!mayBeStored || !drain.aborted) throw error
        return write(client)
      })
      mayBeStored = true
      await github.writeUid(client, uid)
      if (await isWritten(store, uid, attempt, now() - startedAt)) break
      info('Another job may have written the secret or the variable: writing both again.')
    }
    publish()
  } catch (error) {
    if (mayBeStored) throw retainedError(uid, client, error)
    updateCreateState({ phase: 'created' })
    throw error
  }
}

const MAX_ATTEMPTS = 3
const READ_BACK_AFTER_MS = 2000

/**
 * Reads the pair back, 2 seconds after the second write. Whoever took less than that for both writes need not fear that
 * another job's secret stands beside its own uid: the other wrote its uid before, and then finds this one there, or
 * writes it after, and then its whole pair is the last. (GitHub's times, in whole seconds, could not tell.)
 */
async function isWritten(store: PreparedKeyStore, uid: string, attempt: number, tookMs: number): Promise<boolean> {
  const { github, client } = store
  await sleep(READ_BACK_AFTER_MS, client.drain)
  const stored = await github.readStoredKey(client)
  const isOurs = stored.uid === uid.toLowerCase() && stored.isConsistent
  // Where GitHub is always slower than that, the last attempt counts.
  if (isOurs && (tookMs < READ_BACK_AFTER_MS || attempt === MAX_ATTEMPTS)) return true
  if (attempt < MAX_ATTEMPTS) return false
  await github.removeUid(client)
  throw new Error(
    `Other jobs kept writing to ${client.label} at the same time, so the variable was removed. Give the jobs a \`concurrency\` group.`,
  )
}

const HOW_TO_CREATE_IT =
  "No TURN key was created. Create the environment in the repository's settings, under Environments, or run a job with `environment:` once, which creates it on first use. (This action does not: that needs the permission Administration. Private repositories have environments on GitHub Pro, Team and Enterprise only; otherwise use `store: repository`.)"

function retainedError(uid: string, { keySecret, label }: KeyStoreClient, cause: unknown): Error {
  return new Error(
    `${messageOf(cause)} The TURN key ${uid} is kept, because the secret ${keySecret} of ${label} holds it or may hold it. Run this again with \`if-exists: reuse\` or \`replace\` to repair the variable and the secret.`,
    { cause },
  )
}
