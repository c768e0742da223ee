import type { PublicKey } from '../../github/secret.ts'
import type { KeyStore, KeyStoreClient } from '../../github/store.ts'
import type { StoredPair } from '../../github/stored-pair.ts'
import { monotonicNow, sleep } from '../../http/clock.ts'
import { RequestError } from '../../http/error.ts'
import { info } from '../../runner/log.ts'
import { type ActionContext, toCleanupClient } from '../../runner/run.ts'
import { environmentNotFoundMessage } from '../store-inputs.ts'
import { updateCreateState } from './state.ts'

/** A store, what it holds now, and a client that completes both writes of a cancelled job. */
export interface OpenStore {
  readonly github: typeof import('../../github/index.ts')
  readonly client: KeyStoreClient
  /** A cancelled job begins no first write. */
  readonly drain: AbortSignal
  readonly publicKey: PublicKey
  readonly stored: StoredPair
}

/**
 * Reads a store, and checks it as far as that goes before there is a key. Only here is octokit loaded.
 * @throws RequestError, or Error when there is no such environment.
 */
export async function openStore(keyStore: KeyStore, context: ActionContext): Promise<OpenStore> {
  const github = await import('../../github/index.ts')
  const client = context.createClient('GitHub', keyStore)
  const publicKey = await github.findPublicKey(client)
  if (!publicKey) throw new Error(environmentNotFoundMessage(keyStore, HOW_TO_CREATE_IT))
  const stored = await github.readStoredPair(client)
  return { github, client: toCleanupClient(client, context), drain: context.drain, publicKey, stored }
}

/**
 * Writes a new key: its secret, then its uid. Once the secret may hold the key, the state stays "storing", and so the key
 * is kept.
 * @throws RequestError, or Error when other jobs write at the same time.
 */
export async function storeKey(store: OpenStore, uid: string, secret: string): Promise<void> {
  const { github, client, drain, publicKey } = store
  const write = (writer: KeyStoreClient) => github.writeSecret(writer, publicKey, secret)
  let mayBeStored = false
  try {
    updateCreateState({ phase: 'storing' })
    for (let attempt = 1; ; attempt++) {
      const startedAt = monotonicNow()
      await write(mayBeStored ? client : { ...client, drain }).catch(error => {
        mayBeStored ||= error instanceof RequestError && (error.kind === 'outcome-unknown' || error.attempts > 1)
        if (!mayBeStored || !drain.aborted) throw error
        return write(client)
      })
      mayBeStored = true
      await github.writeVariable(client, uid)
      if (await isWritten(store, uid, attempt, monotonicNow() - startedAt)) break
      info('Another job may have written the secret or the variable: writing both again.')
    }
  } catch (error) {
    if (!mayBeStored) updateCreateState({ phase: 'created' })
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
async function isWritten(store: OpenStore, uid: string, attempt: number, tookMs: number): Promise<boolean> {
  const { github, client } = store
  await sleep(READ_BACK_AFTER_MS, client.drain)
  const stored = await github.readStoredPair(client)
  const isOurs = stored.uid === uid && stored.isConsistent
  // Where GitHub is always slower than that, the last attempt counts.
  if (isOurs && (tookMs < READ_BACK_AFTER_MS || attempt === MAX_ATTEMPTS)) return true
  if (attempt < MAX_ATTEMPTS) return false
  await github.removeVariable(client)
  throw new Error(
    `Other jobs kept writing to ${client.label} at the same time, so the variable was removed. Give the jobs a \`concurrency\` group.`,
  )
}

const HOW_TO_CREATE_IT =
  "No TURN key was created. Create the environment in the repository's settings, under Environments, or run a job with `environment:` once, which creates it on first use. (This action does not: that needs the permission Administration. Private repositories have environments on GitHub Pro, Team and Enterprise only; otherwise use `store: repository`.)"
