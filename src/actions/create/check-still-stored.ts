import { type AccountClient, listKeys } from '../../cloudflare/keys.ts'
import type { KeyStoreClient } from '../../github/store.ts'
import type { StoredPair } from '../../github/stored-pair.ts'
import { awaitAllOrThrowRefusalFirst } from '../../http/await-all.ts'
import { sleep } from '../../http/time.ts'
import { messageOf } from '../../runner/log.ts'
import type { GithubStoreWithProgress } from './read-github-store.ts'
import { updateCreateState } from './state.ts'

/** Reads may lag behind writes: what is found wrong is read once more. */
const READ_AGAIN_AFTER_MS = 1000
/** How much later than this step's own write the secret's time must be to be another job's. */
const LATER_MS = 1000

/**
 * Looks whether the variable is still ours, the secret was not written since, and the key exists: what dies between two
 * writes, and what others delete, no lock can hold.
 * @returns false where another job stores its pair since
 * @throws Error where the key is gone, or that cannot be checked: what is left then, `store.progress` says.
 */
export async function checkStillStoredAndRecord(
  store: GithubStoreWithProgress,
  account: AccountClient,
  uid: string,
  writtenAt: number,
): Promise<boolean> {
  const { client, github } = store
  const look = (read: (client: KeyStoreClient) => Promise<StoredPair>) =>
    lookAtPair(read(client), account, uid, writtenAt).catch(error => {
      throw new Error(`The TURN key is stored in ${client.label}, but that could not be checked. ${messageOf(error)}`)
    })
  let { exists, isOurs } = await look(github.readStoredPair)
  if (!exists || !isOurs) {
    await sleep(READ_AGAIN_AFTER_MS, client.drain)
    ;({ exists, isOurs } = await look(github.readPairProvingAccess))
  }
  if (!isOurs || !exists) store.progress = 'written'
  if (!isOurs) return false
  if (!exists) {
    throw new Error(
      `Cloudflare no longer lists the TURN key ${uid}: another job may have deleted it while this one stored it in ${client.label}. Run this again, and give the jobs a \`concurrency\` group.`,
    )
  }
  store.progress = 'checked'
  updateCreateState({ phase: 'stored' })
  return true
}

async function lookAtPair(pair: Promise<StoredPair>, account: AccountClient, uid: string, writtenAt: number) {
  const [{ variable, secretTime }, { keys }] = await awaitAllOrThrowRefusalFirst([pair, listKeys(account)])
  const isOurs = variable?.uid === uid && secretTime !== undefined && !(secretTime > writtenAt + LATER_MS)
  return { isOurs, exists: keys.some(key => key.uid === uid) }
}
