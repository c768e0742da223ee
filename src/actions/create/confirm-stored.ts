import { type AccountClient, listKeys } from '../../cloudflare/keys.ts'
import { sleep } from '../../http/clock.ts'
import { settleSideBySide } from '../../http/side-by-side.ts'
import { messageOf } from '../../runner/log.ts'
import type { OpenStore } from './open-store.ts'
import { updateCreateState } from './state.ts'

/** Reads may lag behind writes: what is found wrong is read once more. */
const READ_AGAIN_AFTER_MS = 1000
/** How much later than this step's own write the secret's time must be to be another job's. */
const LATER_MS = 1000

/**
 * Looks whether the variable is still ours, the secret was not written since, and the key exists: what dies between two
 * writes, and what others delete, no lock can hold.
 */
export async function confirmStored(
  store: OpenStore,
  account: AccountClient,
  uid: string,
  writtenAt: number,
): Promise<boolean> {
  const { label } = store.client
  for (let look = 1; ; look++) {
    const { exists, isOurs } = await lookAtPair(store, account, uid, writtenAt).catch(error => {
      throw new Error(`The TURN key is stored in ${label}, but that could not be checked. ${messageOf(error)}`)
    })
    if (exists && isOurs) break
    if (look === 1) {
      await sleep(READ_AGAIN_AFTER_MS, store.client.drain)
      continue
    }
    store.progress = 'written'
    if (exists) return false
    updateCreateState({ phase: 'rolled-back' })
    throw new Error(
      `Another job deleted the TURN key ${uid} while this one stored it in ${label}. Run this again, and give the jobs a \`concurrency\` group.`,
    )
  }
  store.progress = 'checked'
  updateCreateState({ phase: 'stored' })
  return true
}

async function lookAtPair({ github, client }: OpenStore, account: AccountClient, uid: string, writtenAt: number) {
  const [{ variable, secretTime }, { keys }] = await settleSideBySide([
    github.readStoredPair(client),
    listKeys(account),
  ])
  const isOurs = variable?.uid === uid && secretTime !== undefined && !(secretTime > writtenAt + LATER_MS)
  return { isOurs, exists: keys.some(key => key.uid === uid) }
}
