import { undefinedOn404 } from './request.ts'
import { type KeyStoreClient, requestStore } from './store.ts'
import { parseUpdatedAt, readVariable } from './variable.ts'

/** What is stored. */
export interface StoredPair {
  /** What the variable holds, in lower case; undefined when there is none. */
  readonly uid: string | undefined
  readonly hasSecret: boolean
  /** Both are there, and the variable, which is written last, is not older than the secret. */
  readonly isConsistent: boolean
}

/**
 * Reads the variable, and whether the secret, which nobody can read, goes with it.
 * https://docs.github.com/rest/actions/secrets
 * @throws RequestError
 */
export async function readStoredPair(store: KeyStoreClient): Promise<StoredPair> {
  const { uid, updatedAt } = await readVariable(store)
  if (uid === undefined && !store.environment) await checkVariables(store)
  const { keySecret } = store
  const secret = await undefinedOn404(requestStore(store, `read the secret ${keySecret}`, `GET /secrets/${keySecret}`))
  return { uid, hasSecret: secret !== undefined, isConsistent: updatedAt >= parseUpdatedAt(secret) }
}

/**
 * A private repository's variable is a 404 for a token that may not read it, and so is the list of variables, which
 * otherwise exists. (An environment's public key, which the same permission allows, was read before.)
 */
async function checkVariables(store: KeyStoreClient): Promise<void> {
  await requestStore(store, 'list the variables', 'GET /variables')
}
