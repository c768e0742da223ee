import type { AccountClient, ListedTurnKey } from '../../cloudflare/keys.ts'
import { keysNamed } from '../../cloudflare/select-keys.ts'
import { listSecretNames, patchSecrets } from '../../cloudflare/worker-secrets.ts'
import { info, logAndTruncateUids, messageOf, warning } from '../../runner/log.ts'
import { DEFAULT_NAMES } from '../store-inputs.ts'
import type { WorkerStore } from '../worker-inputs.ts'
import type { WorkerSelection } from './stored-inputs.ts'

/** Secrets of a Worker that are to be removed before any key is deleted. */
export interface FoundWorkerSecrets {
  readonly store: WorkerStore
  /** Those of the two names that are there. */
  readonly names: readonly string[]
  /** Whether other secrets may hold one of the keys: a pair under the default names, which are not the given ones. */
  readonly hasOtherPair: boolean
  readonly workerExists: boolean
}

/** Finds the secrets that hold a key; none, with a warning, when there is no such Worker. @throws RequestError */
export async function findPairSecretsOrWarnOfNoWorker(
  client: AccountClient,
  store: WorkerStore,
): Promise<FoundWorkerSecrets> {
  const { worker, uidVariable, keySecret } = store
  const names = await listSecretNames(client, store)
  if (names) {
    const own = [uidVariable, keySecret].filter(name => names.includes(name))
    const hasOtherPair = DEFAULT_NAMES.every(name => name !== uidVariable && name !== keySecret && names.includes(name))
    return { store, names: own, hasOtherPair, workerExists: true }
  }
  warning(
    `The account ${client.accountId} has no Worker "${worker}", so it has no secrets to remove: only keys are deleted. If it should be there, check \`worker\`.`,
  )
  return { store, names: [], hasOtherPair: false, workerExists: false }
}

/** Selects the keys that such a Worker may hold: nobody can read which one it does. */
export function selectWorkerKeys(
  keys: readonly ListedTurnKey[],
  { names, hasOtherPair, workerExists }: FoundWorkerSecrets,
  { keyName, workerStore: { label, uidVariable, keySecret } }: WorkerSelection,
): readonly ListedTurnKey[] {
  const selected = keysNamed(keyName, keys)
  if (selected.length === 0) {
    if (names.length > 0) {
      warning(
        `No TURN key is named "${keyName}", which is the name of a key in ${label}. If the one that it held was created under another \`name\`, delete it by that.`,
      )
    }
    return []
  }
  if (hasOtherPair) {
    const uids = logAndTruncateUids(selected.map(({ uid }) => uid))
    warning(
      `No TURN key is deleted: ${DEFAULT_NAMES.join(' and ')} are there too, and may hold one of the keys named "${keyName}". Delete the right one with \`uid\`: ${uids}.`,
    )
    return []
  }
  if (workerExists && names.length === 0) {
    warning(
      `Neither ${uidVariable} nor ${keySecret} is in ${label}. If other secrets there hold a key that is deleted now, set \`uid-variable\` and \`key-secret\` to their names.`,
    )
  }
  return selected
}

/** Removes the secrets in one request. @throws Error that says that the keys are kept. */
export async function removeWorkerPair(
  client: AccountClient,
  { store, names }: Pick<FoundWorkerSecrets, 'store' | 'names'>,
  uids: readonly string[],
): Promise<void> {
  if (names.length === 0) return
  try {
    await patchSecrets(client, store, Object.fromEntries(names.map(name => [name, null])))
  } catch (error) {
    const keys = uids.length > 0 ? ` The TURN keys are kept, because it may hold one: ${logAndTruncateUids(uids)}.` : ''
    throw new Error(`${messageOf(error)}${keys}`, { cause: error })
  }
  info(`Removed ${describeWorkerPair({ store, names })}.`)
}

/** `TURN_KEY_ID and TURN_KEY_API_TOKEN from the secrets of the Worker "app"`; empty where neither is there. */
export const describeWorkerPair = ({ store, names }: Pick<FoundWorkerSecrets, 'store' | 'names'>): string =>
  names.length > 0 ? `${names.join(' and ')} from ${store.label}` : ''
