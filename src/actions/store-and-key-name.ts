import type { KeyStore } from '../github/store.ts'
import type { Inputs } from '../runner/inputs.ts'
import { storedKeyName, workerKeyName } from './key-name.ts'
import { readKeyStore, readRepositoryOrWorker } from './store-inputs.ts'
import { addErrorIfWorkerGiven, readWorkerStore, type WorkerStore } from './worker-inputs.ts'

/** Where a key is stored, on GitHub or in a Worker, and the name that such a key has; empty where that cannot be derived. */
export type StoreAndKeyName = { readonly keyName: string } & (
  | { readonly keyStore: KeyStore; readonly workerStore?: undefined }
  | { readonly workerStore: WorkerStore; readonly keyStore?: undefined }
)

/** Reads what goes with the inputs `environment` and `store`; undefined when neither says where. */
export function readStoreAndKeyName(inputs: Inputs, environment: string, store: string): StoreAndKeyName | undefined {
  const kind = readRepositoryOrWorker(inputs, store)
  if (kind === 'worker' || kind === 'worker-previews') {
    const workerStore = readWorkerStore(inputs, kind)
    return { workerStore, keyName: workerKeyName(inputs.run, workerStore) }
  }
  addErrorIfWorkerGiven(inputs)
  if (environment === '' && kind === undefined) return undefined
  return { keyStore: readKeyStore(inputs, environment), keyName: storedKeyName(inputs.run, environment) }
}
