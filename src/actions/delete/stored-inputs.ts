import type { KeyStore } from '../../github/store.ts'
import type { Inputs } from '../../runner/inputs.ts'
import { readStoreAndKeyName } from '../store-and-key-name.ts'
import type { WorkerStore } from '../worker-inputs.ts'

/** The key that is stored on GitHub. `keyName` is the name that such a key has on Cloudflare. */
export interface StoreSelection {
  readonly by: 'store'
  readonly keyStore: KeyStore
  readonly keyName: string
}

/** The keys that secrets of a Worker may hold, by their name. */
export interface WorkerSelection {
  readonly by: 'worker'
  readonly workerStore: WorkerStore
  readonly keyName: string
}

/** Reads what goes with `environment` or `store`; undefined when neither is given. */
export function readStoredSelection(
  inputs: Inputs,
  environment = '',
  text = '',
): StoreSelection | WorkerSelection | undefined {
  const store = readStoreAndKeyName(inputs, environment, text)
  if (!store?.workerStore) return store && { by: 'store', ...store }
  inputs.addErrorIf(store.keyName === '', '`store` needs GITHUB_REPOSITORY, which is not set.')
  return { by: 'worker', ...store }
}
