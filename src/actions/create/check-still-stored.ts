import type { AccountClient } from '../../cloudflare/keys.ts'
import type { KeyStoreClient } from '../../github/store.ts'
import type { StoredPair } from '../../github/stored-pair.ts'
import { awaitAllOrThrowRefusalFirst } from '../../http/await-all.ts'
import { sleep } from '../../http/time.ts'
import { messageOf } from '../../runner/log.ts'
import { listKeysAndWarnIfNearlyFull } from '../account.ts'
import { isOthersPair, isWrittenSince, type LastWrite } from './is-others-pair.ts'
import type { GithubStoreWithProgress } from './read-github-store.ts'
import { updateCreateState } from './state.ts'

/**
 * Looks whether the variable is still ours, the secret was not written since, and the key exists: what dies between two
 * writes, and what others delete, no lock can hold.
 * @returns false where another job changed the pair since
 * @throws Error where the key is gone, or that cannot be checked: what is left then, `store.progress` says.
 */
export async function checkStillStoredAndRecord(
  store: GithubStoreWithProgress,
  account: AccountClient,
  own: LastWrite,
): Promise<boolean> {
  const { pair, exists, isOurs } = await lookTwiceIfWrong(store, account, own)
  if (isOthersPair(pair, own)) {
    // Nothing of this step's is left there that a failure would have to remove.
    Object.assign(store, { pair, progress: 'untouched' })
    return false
  }
  if (!isOurs || !exists) store.progress = 'written'
  if (!isOurs) return false
  if (!exists) {
    throw new Error(
      `Cloudflare no longer lists the TURN key ${own.uid}: another job may have deleted it while this one stored it in ${store.client.label}. Run this again, and give the jobs a \`concurrency\` group.`,
    )
  }
  store.progress = 'checked'
  updateCreateState({ phase: 'stored' })
  return true
}

/** Reads may lag behind writes: what is found wrong is read once more. */
async function lookTwiceIfWrong(store: GithubStoreWithProgress, account: AccountClient, own: LastWrite) {
  const { client, github } = store
  const look = (read: (client: KeyStoreClient) => Promise<StoredPair>, outcome: string) =>
    lookAtPair(read(client), account, own).catch(error => {
      throw new Error(`The TURN key was stored in ${client.label}, but ${outcome}. ${messageOf(error)}`)
    })
  const first = await look(github.readStoredPair, 'that could not be checked')
  const { pair, exists, isOurs } = first
  if ((exists && isOurs) || isOthersPair(pair, own)) return first
  // Variable and secret may be two jobs': where the second look fails, they are not left beside each other.
  if (pair.variable && (pair.variable.uid !== own.uid || isWrittenSince(pair, own))) store.progress = 'written'
  await sleep(github.READ_AGAIN_AFTER_MS, client.drain)
  return look(github.readPairProvingAccess, 'a first look did not confirm that, and the second one failed')
}

async function lookAtPair(read: Promise<StoredPair>, account: AccountClient, own: LastWrite) {
  const [pair, { keys }] = await awaitAllOrThrowRefusalFirst([read, listKeysAndWarnIfNearlyFull(account)])
  const isOurs = pair.variable?.uid === own.uid && pair.secretTime !== undefined && !isWrittenSince(pair, own)
  return { pair, isOurs, exists: keys.some(key => key.uid === own.uid) }
}
