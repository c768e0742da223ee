import type { AccountClient } from '../../cloudflare/keys.ts'
import type { KeyStoreClient } from '../../github/store.ts'
import { RequestError } from '../../http/error.ts'
import { info, messageOf } from '../../runner/log.ts'
import { confirmStored } from './confirm-stored.ts'
import type { StoreSession } from './open-store.ts'
import { restoreRemovedVariable } from './restore-removed-variable.ts'
import { withShortWaits } from './short-waits.ts'
import { updateCreateState } from './state.ts'

const MAX_ROUNDS = 10

/**
 * Stores a key. The variable is the lock: it is removed, the secret is written, and the variable is created, which GitHub
 * refuses where one exists. Then another job stored its pair in between, and this one begins again. So whoever's variable
 * stands wrote the secret last, at any speed.
 * @returns false where another job stores its pair since. It may have read this key as the stored one, and delete it, so
 * this key must not be stored again.
 * @throws RequestError, or Error: what is left then, `store.progress` says.
 */
export async function tryStoreKey(
  store: StoreSession,
  account: AccountClient,
  uid: string,
  secret: string,
): Promise<boolean> {
  const { github, client } = store
  while (store.rounds++ < MAX_ROUNDS) {
    if (store.progress === 'written' || store.pair.variable) await write(store, 'removed', github.removeVariable)
    const writtenAt = await writeSecret(store, secret)
    if (writtenAt === undefined) continue
    if (await github.createVariableIfAbsent(client, uid)) {
      store.progress = 'stored'
      return confirmStored(store, account, uid, writtenAt)
    }
    info(`Another job stored its TURN key in ${client.label} in between: storing this one again.`)
  }
  throw new Error(
    `Other jobs kept storing their TURN keys in ${client.label} at the same time. Give the jobs a \`concurrency\` group.`,
  )
}

/** Sends a write, and notes what it did, or may have done. A cancelled job completes the first one, if that was sent. */
async function write<T>(store: StoreSession, to: 'removed' | 'written', send: (client: KeyStoreClient) => Promise<T>) {
  const { client, drain, progress } = store
  const isFirst = progress === 'untouched'
  const reached = progress === 'written' ? progress : to
  try {
    const result = await send(isFirst ? { ...client, drain } : client)
    store.progress = reached
    return result
  } catch (error) {
    if (!(error instanceof RequestError) || !error.mayBeCarriedOut) throw error
    store.progress = reached
    if (!isFirst || !drain.aborted) throw error
    return send(client)
  }
}

/**
 * Writes the secret. Jobs that start while the variable is missing fail, so where GitHub asks to wait, it is put back first,
 * if that is possible.
 * @returns when it was written, by GitHub's clock; undefined when all is to begin again.
 */
async function writeSecret(store: StoreSession, secret: string): Promise<number | undefined> {
  const { github, client, drain, publicKey, progress, pair } = store
  const mayWait = progress !== 'removed' || !pair.isRestorable
  updateCreateState({ phase: 'storing' })
  try {
    return await write(store, 'written', writer =>
      github.writeSecret(mayWait ? writer : withShortWaits(writer), publicKey, secret),
    )
  } catch (error) {
    if (mayWait || !(error instanceof RequestError) || error.kind !== 'throttled') throw error
    client.rateLimiter.throttle(error.retryAfter)
    const isBack = store.progress === 'removed' && (await restoreRemovedVariable(store).catch(logAndGoOn))
    if (!isBack) return write(store, 'written', writer => github.writeSecret(writer, publicKey, secret))
    store.progress = 'untouched'
    updateCreateState({ phase: 'created' })
    store.pair = await github.readStoredPair({ ...client, drain })
    return undefined
  }
}

function logAndGoOn(error: unknown): false {
  info(messageOf(error))
  return false
}
