import type { AccountClient, ListedTurnKey } from '../../cloudflare/keys.ts'
import { listSecretNames, patchSecrets } from '../../cloudflare/worker-secrets.ts'
import { RequestError } from '../../http/error.ts'
import { info } from '../../runner/log.ts'
import type { WorkerStore } from '../worker-inputs.ts'
import { currentCreateState, updateCreateState, updateCreateStateIfPossible } from './state.ts'

/** Secrets of a Worker, and what is there. */
export interface WorkerStoreWithHasPair {
  readonly store: WorkerStore
  /** Whether both secrets are there. Nobody can read what they hold. */
  readonly hasPair: boolean
}

/**
 * Reads which secrets a Worker has, before there is a key.
 * @throws RequestError, or Error when there is no such Worker: it is never created here.
 */
export async function readWorkerPairPresence(
  client: AccountClient,
  store: WorkerStore,
): Promise<WorkerStoreWithHasPair> {
  const { worker, kind, uidVariable, keySecret } = store
  const names = await listSecretNames(client, store)
  if (names) return { store, hasPair: [uidVariable, keySecret].every(name => names.includes(name)) }
  const advice =
    kind === 'worker' ? 'Deploy it once' : 'Deploy it once, or create a preview of it once with `wrangler preview`'
  throw new Error(
    `There is no Worker "${worker}" in the account ${client.accountId}, and no TURN key was created. ${advice}, and run this again; or check \`worker\` and \`account-id\`.`,
  )
}

/**
 * The key that a Worker most likely holds; undefined when both secrets are not there. The keys of its name are given newest
 * first: all, and those that no other job can be about to store.
 */
export function likelyWorkerKey(
  { store, hasPair }: WorkerStoreWithHasPair,
  existing: readonly ListedTurnKey[],
  settled: readonly ListedTurnKey[],
): ListedTurnKey | undefined {
  if (!hasPair) return undefined
  if (existing.length > 1) {
    info(
      `Nobody can read which of the ${existing.length} TURN keys of this name is in ${store.label}: the newest that is older than 15 minutes is taken for it.`,
    )
  }
  return settled[0] ?? existing[0]
}

/**
 * Writes both values in one request. A cancelled job does not begin it, and repeats it when its outcome is unknown.
 * @throws RequestError
 */
export async function storeInWorker(
  client: AccountClient,
  cleanupClient: AccountClient,
  { uidVariable, keySecret, ...store }: WorkerStore,
  { uid, secret }: { uid: string; secret: string },
): Promise<void> {
  const write = (writer: AccountClient) => patchSecrets(writer, store, { [uidVariable]: uid, [keySecret]: secret })
  let mayBeStored = false
  try {
    updateCreateState({ phase: 'storing' })
    await write(client).catch(error => {
      mayBeStored = error instanceof RequestError && error.mayBeCarriedOut
      if (!mayBeStored || !client.drain.aborted) throw error
      return write(cleanupClient)
    })
  } catch (error) {
    if (!mayBeStored) updateCreateStateIfPossible({ phase: 'created' })
    throw error
  }
  updateCreateState({ phase: 'stored' })
}

/** After a failure: what a Worker holds, or may hold, and what the next run makes of it. Empty when it holds nothing. */
export function describeLeftInWorker({ label }: WorkerStore): string {
  const { phase, uid } = currentCreateState()
  if (phase === 'stored') {
    return `The TURN key ${uid} is kept: it is stored in ${label}, and the next run with \`if-exists: reuse\` keeps it.`
  }
  if (phase !== 'storing') return ''
  return `The TURN key ${uid} is kept, because it is stored in ${label}, or may be. The next run with \`if-exists: reuse\` keeps what is there if both secrets are, and stores a new key if they are not. \`keep-previous\` counts this key too: add 1 to it in the next rotation.`
}
