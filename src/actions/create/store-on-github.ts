import type { AccountClient } from '../../cloudflare/keys.ts'
import type { SecretWriteResult } from '../../github/secret.ts'
import type { KeyStoreClient } from '../../github/store.ts'
import { RequestError } from '../../http/error.ts'
import { info, messageOf } from '../../runner/log.ts'
import { checkStillStoredAndRecord } from './check-still-stored.ts'
import type { GithubStoreWithProgress } from './read-github-store.ts'
import { restoreVariableIfSecretUnchanged } from './restore-variable.ts'
import { withShortRateLimitWaits } from './short-rate-limit-waits.ts'
import { currentCreateState, updateCreateState, updateCreateStateIfPossible } from './state.ts'

const MAX_ROUNDS = 10
const MAX_WAITS = 30

/**
 * Stores a key. The variable is the lock: it is removed, the secret is written, and the variable is created, which GitHub
 * refuses where one exists. Then another job stored its pair in between, and this one begins again. So whoever's variable
 * stands wrote the secret last, at any speed.
 * @returns false where another job stores its pair since. It may have read this key as the stored one, and delete it, so
 * this key must not be stored again.
 * @throws RequestError, or Error: what is left then, `store.progress` says.
 */
export async function storeOnGithubUnlessOvertaken(
  store: GithubStoreWithProgress,
  account: AccountClient,
  uid: string,
  secret: string,
): Promise<boolean> {
  const { github, client } = store
  while (store.overtaken < MAX_ROUNDS) {
    if (store.progress !== 'untouched' || store.pair.variable) await write(store, 'removed', github.removeVariable)
    const written = await writeSecret(store, secret)
    if (written === undefined) continue
    const own = { uid, writtenAt: written.writtenAt }
    store.lastWrite = written.mayBeWrittenAgain ? undefined : own
    const creation = await github.createVariableIfAbsent(client, uid)
    if (creation === 'created') store.progress = 'stored'
    if (creation !== 'exists' && (await checkStillStoredAndRecord(store, account, own))) return true
    store.overtaken++
    if (creation !== 'exists') return removeHalfAPair(store)
    info(`Another job stored its TURN key in ${client.label} in between: storing this one again.`)
  }
  throw new Error(
    `Other jobs kept storing their TURN keys in ${client.label} at the same time. Give the jobs a \`concurrency\` group.`,
  )
}

/** What is left of two jobs' pairs must not stand while the next key is created. */
async function removeHalfAPair(store: GithubStoreWithProgress): Promise<false> {
  if (store.progress === 'written') await write(store, 'removed', store.github.removeVariable)
  return false
}

/** Sends a write, and notes what it did, or may have done. A cancelled job completes the first one, if that was sent. */
async function write<T>(
  store: GithubStoreWithProgress,
  to: 'removed' | 'written',
  send: (client: KeyStoreClient) => Promise<T>,
) {
  const { client, drain, progress } = store
  const isFirst = progress === 'untouched'
  const reached = progress === 'written' ? progress : to
  try {
    const result = await send(isFirst ? { ...client, drain } : client)
    store.progress = reached
    return result
  } catch (error) {
    if (!mayBeCarriedOut(error)) throw error
    store.progress = reached
    if (!isFirst || !drain.aborted) throw error
    return send(client)
  }
}

const mayBeCarriedOut = (error: unknown): boolean => error instanceof RequestError && error.mayBeCarriedOut

/**
 * Writes the secret. Jobs that start while the variable is missing fail, so where GitHub asks to wait, it is put back first,
 * if that is possible.
 * @returns undefined when all is to begin again.
 */
async function writeSecret(store: GithubStoreWithProgress, secret: string): Promise<SecretWriteResult | undefined> {
  const { github, publicKey, progress, pair } = store
  const mayWait = progress !== 'removed' || !pair.isRestorable
  const { phase } = currentCreateState()
  try {
    updateCreateState({ phase: 'storing' })
    return await write(store, 'written', writer =>
      github.writeSecret(mayWait ? writer : withShortRateLimitWaits(writer), publicKey, secret),
    )
  } catch (error) {
    if (mayBeCarriedOut(error)) store.lastWrite = undefined
    else if (store.progress === progress) updateCreateStateIfPossible({ phase })
    if (mayWait || !(error instanceof RequestError) || error.kind !== 'throttled') throw error
    return void (await waitForRateLimit(store, error))
  }
}

/**
 * Waits as long as GitHub asks, with the variable put back if that is possible. A cancelled job waits no longer.
 * @throws the error, when that is too long or too often
 */
async function waitForRateLimit(store: GithubStoreWithProgress, error: RequestError): Promise<void> {
  const { github, client, drain } = store
  if (store.waits++ === MAX_WAITS) throw error
  client.rateLimitWaiter.throttle(error.retryAfter)
  const isThere = store.progress === 'removed' && (await restoreVariableIfSecretUnchanged(store).catch(logAndGoOn))
  if (isThere) store.progress = 'untouched'
  await client.rateLimitWaiter.acquire(drain, error)
  if (store.progress === 'written') return
  const now = await github.readStoredPair({ ...client, drain })
  const isOtherVariable = now.variable !== undefined && now.variable.value !== store.pair.variable?.value
  if (isThere || isOtherVariable) Object.assign(store, { pair: now, progress: 'untouched' })
}

function logAndGoOn(error: unknown): false {
  info(messageOf(error))
  return false
}
