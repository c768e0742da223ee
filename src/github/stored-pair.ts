import { awaitAllOrThrowRefusalFirst } from '../http/await-all.ts'
import { findPublicKey, findSecretLastWrite, type PublicKey } from './secret.ts'
import { type KeyStoreClient, requestStore } from './store.ts'
import { findVariable, type StoredVariable } from './variable.ts'

/** What is stored. */
export interface StoredPair {
  readonly variable: StoredVariable | undefined
  /** When the secret was last written: milliseconds since the epoch; undefined when there is none. */
  readonly secretTime: number | undefined
  /** Both are there, and the variable, which is written last, is not older than the secret. */
  readonly isConsistent: boolean
  /**
   * Consistent, and read some seconds after the secret was written, so that any later write shows by its time: the variable
   * may be removed, and created again as it was.
   */
  readonly isRestorable: boolean
}

/** GitHub's times are whole seconds, and a response takes its time. */
const RESTORABLE_AFTER_MS = 5000

/** Reads the variable, and when the secret, which nobody can read, was written. @throws RequestError */
export async function readStoredPair(store: KeyStoreClient): Promise<StoredPair> {
  const [variable, secret] = await awaitAllOrThrowRefusalFirst([findVariable(store), findSecretLastWrite(store)])
  const isConsistent = variable !== undefined && secret !== undefined && variable.updatedAt >= secret.writtenAt
  const isRestorable = isConsistent && secret.readAt - secret.writtenAt > RESTORABLE_AFTER_MS
  return { variable, secretTime: secret?.writtenAt, isConsistent, isRestorable }
}

/**
 * Reads what a store holds, and GitHub's public key; undefined when the repository has no such environment.
 * @throws RequestError, also when the token may not use a private repository's secrets or variables.
 */
export async function readPairAndPublicKey(
  store: KeyStoreClient,
): Promise<{ publicKey: PublicKey; pair: StoredPair } | undefined> {
  const [publicKey, , pair] = await awaitAllOrThrowRefusalFirst([
    findPublicKey(store),
    store.environment ? undefined : checkVariables(store),
    readStoredPair(store),
  ])
  return publicKey && { publicKey, pair }
}

/**
 * Reads what a store holds, and that the token may: where it does not exist, that is sure.
 * @throws RequestError, or Error where there is no such environment, or the token may not see it.
 */
export async function readPairProvingAccess(store: KeyStoreClient): Promise<StoredPair> {
  const held = await readPairAndPublicKey(store)
  if (held) return held.pair
  throw new Error(`There is no longer ${store.label}, or \`github-token\` lost the permission ${store.permissions}.`)
}

/**
 * A private repository's variable is a 404 for a token that may not read it, and so is the list of variables, which
 * otherwise exists. (An environment's public key is allowed by the same permission.)
 */
async function checkVariables(store: KeyStoreClient): Promise<void> {
  await requestStore(store, 'list the variables', 'GET /variables')
}
