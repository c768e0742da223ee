import { isHexId } from '../../cloudflare/id.ts'
import { keysNamed, sortNewestFirst } from '../../cloudflare/key-list.ts'
import type { TurnKey } from '../../cloudflare/keys.ts'
import type { KeyStoreClient } from '../../github/store.ts'
import type { StoredPair } from '../../github/stored-pair.ts'
import { info, logAndTruncateUids, messageOf, warning } from '../../runner/log.ts'
import { environmentNotFoundMessage, logUnknownKey } from '../store-inputs.ts'
import type { StoreSelection } from './stored-inputs.ts'

/**
 * Reads what a store holds; undefined, with a warning, when there is no such environment. Only here is octokit loaded.
 * @throws RequestError
 */
export async function findStoredPair(store: KeyStoreClient): Promise<StoredPair | undefined> {
  const { findPublicKey, readStoredPair } = await import('../../github/index.ts')
  if (await findPublicKey(store)) return readStoredPair(store)
  warning(environmentNotFoundMessage(store, 'Nothing was deleted.'))
  return undefined
}

/**
 * Selects the stored key.
 * @throws Error when nobody can tell which key the stored secret belongs to.
 */
export function selectStored(
  { uid, hasSecret }: StoredPair,
  keys: readonly TurnKey[],
  { keyStore, keyName }: StoreSelection,
): readonly TurnKey[] {
  const { uidVariable, keySecret, label } = keyStore
  if (uid !== undefined && !isHexId(uid)) {
    throw new Error(
      `The variable ${uidVariable} of ${label} does not hold the uid of a TURN key (32 hex digits): nothing was deleted. Check \`uid-variable\`.`,
    )
  }
  const stored = keys.filter(key => key.uid === uid)
  if (stored.length > 0) return stored
  const candidates = sortNewestFirst(keysNamed(keyName, keys)).map(candidate => candidate.uid)
  if (uid !== undefined && candidates.length === 0) logUnknownKey(keyStore, uid)
  if ((uid === undefined && !hasSecret) || candidates.length === 0) return []
  throw new Error(
    `Nothing was deleted: the variable ${uidVariable} of ${label} ${uid === undefined ? 'does not exist' : 'names no key of the account'}, so nobody can tell which TURN key its secret ${keySecret} belongs to. Delete the right one with \`uid\`, or all with \`name: ${keyName}\`, and run this again. Keys of that name: ${logAndTruncateUids(candidates)}.`,
  )
}

/** Removes variable and secret, unless another job stores a key meanwhile. @throws Error that names what is left. */
export async function removeStoredPair(store: KeyStoreClient, { uid }: StoredPair): Promise<void> {
  const { readVariable, removeSecret, removeVariable } = await import('../../github/index.ts')
  const errors: string[] = []
  const known = [uid]
  let isNewer = false
  for (const remove of [removeVariable, removeSecret]) {
    try {
      isNewer ||= !known.includes((await readVariable(store)).uid)
      if (!isNewer) await remove(store)
    } catch (error) {
      errors.push(messageOf(error))
    }
    // Removed, or may be, though GitHub's response was lost.
    known.push(undefined)
  }
  if (isNewer) warning(`Another job stored a TURN key in ${store.label} in the meantime: that key is kept.`)
  if (errors.length > 0) throw new Error(errors.join(' '))
  if (!isNewer) info(`Removed the TURN key from ${store.label}.`)
}
