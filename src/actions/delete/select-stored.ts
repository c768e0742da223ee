import { isId } from '../../cloudflare/id.ts'
import { filterByName, findByUid } from '../../cloudflare/key-list.ts'
import type { ListKeysResponse } from '../../cloudflare/keys.ts'
import type { KeyStoreClient, StoredKey } from '../../github/key-store.ts'
import { info, messageOf, truncateUidList, warning } from '../../runner/log.ts'
import type { StepContext } from '../../runner/run.ts'
import { environmentNotFoundMessage, type KeyStoreInputs, logUnknownKey } from '../key-store.ts'

type GitHub = typeof import('../../github/index.ts')

/**
 * Selects the key that is stored on GitHub, and says how to remove it from there. Only here is octokit loaded.
 * @throws RequestError, or Error when nobody can tell which key the stored secret belongs to.
 */
export async function selectStored(
  keyStore: KeyStoreInputs,
  listKeys: () => Promise<ListKeysResponse>,
  context: StepContext,
): Promise<{ uids: readonly string[]; remove?: () => Promise<void> }> {
  const github = await import('../../github/index.ts')
  const client = { ...context.createClient('GitHub'), ...keyStore }
  if (!(await github.findPublicKey(client))) {
    warning(environmentNotFoundMessage(keyStore, 'Nothing was deleted.'))
    return { uids: [] }
  }
  const stored = await github.readStoredKey(client)
  const uids = selectUids(stored, await listKeys(), keyStore)
  return { uids, remove: () => removeUnlessNewer(github, client, stored.uid) }
}

/** Removes variable and secret, unless another job stores a key meanwhile. @throws Error that names what is left. */
async function removeUnlessNewer(github: GitHub, client: KeyStoreClient, uid: string | undefined): Promise<void> {
  const errors: string[] = []
  const known = [uid]
  let isNewer = false
  for (const removeOne of [github.removeUid, github.removeSecret]) {
    try {
      isNewer ||= !known.includes((await github.readVariable(client)).uid)
      if (!isNewer) await removeOne(client)
    } catch (error) {
      errors.push(messageOf(error))
    }
    // Removed, or may be, though GitHub's response was lost.
    known.push(undefined)
  }
  if (isNewer) warning(`Another job stored a TURN key in ${client.label} in the meantime: that key is kept.`)
  if (errors.length > 0) throw new Error(errors.join(' '))
  if (!isNewer) info(`Removed the TURN key from ${client.label}.`)
}

function selectUids(stored: StoredKey, list: ListKeysResponse, keyStore: KeyStoreInputs): string[] {
  const { uid, hasSecret } = stored
  const { uidVariable, keySecret, label, keyName } = keyStore
  if (uid !== undefined && !isId(uid)) {
    throw new Error(
      `The variable ${uidVariable} of ${label} does not hold the uid of a TURN key (32 hex digits): nothing was deleted. Check \`uid-variable\`.`,
    )
  }
  const key = findByUid(uid, list.keys)
  if (key) return [key.uid]
  const candidates = filterByName(keyName, list).map(candidate => candidate.uid)
  if (uid !== undefined && candidates.length === 0) logUnknownKey(keyStore, uid)
  if ((uid === undefined && !hasSecret) || candidates.length === 0) return []
  throw new Error(
    `Nothing was deleted: the variable ${uidVariable} of ${label} ${uid === undefined ? 'does not exist' : 'names no key of the account'}, so nobody can tell which TURN key its secret ${keySecret} belongs to. Delete the right one with \`uid\`, or all with \`name: ${keyName}\`, and run this again. Keys of that name: ${truncateUidList(candidates)}.`,
  )
}
