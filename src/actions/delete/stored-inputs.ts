import type { KeyStore } from '../../github/store.ts'
import type { Inputs } from '../../runner/inputs.ts'
import { storedKeyName, workerKeyName } from '../key-name.ts'
import { readKeyStore, readRepositoryOrWorker } from '../store-inputs.ts'
import { addErrorIfWorkerGiven, readWorkerStore, type WorkerStore } from '../worker-inputs.ts'

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
  store = '',
): StoreSelection | WorkerSelection | undefined {
  const kind = readRepositoryOrWorker(inputs, store)
  if (kind === 'worker' || kind === 'worker-previews') {
    const workerStore = readWorkerStore(inputs, kind)
    const keyName = workerKeyName(inputs.run, workerStore)
    inputs.addErrorIf(keyName === '', '`store` needs GITHUB_REPOSITORY, which is not set.')
    return { by: 'worker', workerStore, keyName }
  }
  addErrorIfWorkerGiven(inputs)
  if (environment === '' && store === '') return undefined
  const keyStore = readKeyStore(inputs, environment)
  return { by: 'store', keyStore, keyName: storedKeyName(inputs.run, keyStore.environment) }
}
