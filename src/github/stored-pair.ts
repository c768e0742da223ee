import { settleSideBySide } from '../http/side-by-side.ts'
import { findPublicKey, type PublicKey, readSecretTime } from './secret.ts'
import { type KeyStoreClient, requestStore } from './store.ts'
import { readVariable, type StoredVariable } from './variable.ts'

/** What is stored. */
export interface StoredPair {
  readonly variable: StoredVariable | undefined
  /** When the secret was last written: milliseconds since the epoch; undefined when there is none. */
  readonly secretTime: number | undefined
  /** Both are there, and the variable, which is written last, is not older than the secret. */
  readonly isConsistent: boolean
}

/** Reads the variable, and when the secret, which nobody can read, was written. @throws RequestError */
export async function readStoredPair(store: KeyStoreClient): Promise<StoredPair> {
  const [variable, secretTime] = await settleSideBySide([readVariable(store), readSecretTime(store)])
  const isConsistent = variable !== undefined && secretTime !== undefined && variable.updatedAt >= secretTime
  return { variable, secretTime, isConsistent }
}

/**
 * Reads what a store holds, and GitHub's public key; undefined when the repository has no such environment.
 * @throws RequestError, also when the token may not use a private repository's secrets or variables.
 */
export async function readPairAndPublicKey(
  store: KeyStoreClient,
): Promise<{ publicKey: PublicKey; pair: StoredPair } | undefined> {
  const [publicKey, , pair] = await settleSideBySide([
    findPublicKey(store),
    store.environment ? undefined : checkVariables(store),
    readStoredPair(store),
  ])
  return publicKey && { publicKey, pair }
}

/**
 * A private repository's variable is a 404 for a token that may not read it, and so is the list of variables, which
 * otherwise exists. (An environment's public key is allowed by the same permission.)
 */
async function checkVariables(store: KeyStoreClient): Promise<void> {
  await requestStore(store, 'list the variables', 'GET /variables')
}
