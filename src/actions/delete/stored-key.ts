import { isHexId } from '../../cloudflare/id.ts'
import type { ListedTurnKey } from '../../cloudflare/keys.ts'
import { keysNamed, sortNewestFirst } from '../../cloudflare/select-keys.ts'
import type { KeyStore, KeyStoreClient } from '../../github/store.ts'
import type { StoredPair } from '../../github/stored-pair.ts'
import { info, logAndTruncateUids, messageOf, warning } from '../../runner/log.ts'
import { environmentNotFoundMessage, isGiteaOrForgejo, logUnknownKey } from '../store-inputs.ts'
import type { StoreSelection } from './stored-inputs.ts'

/**
 * Reads what a store holds; undefined, with a warning, when there surely is no such environment. Only here is octokit loaded.
 * @throws RequestError, or Error when the token may only not see the environment.
 */
export async function readPairIfEnvironmentExists(store: KeyStoreClient): Promise<StoredPair | undefined> {
  const { isEnvironmentListed, readPairAndPublicKey } = await import('../../github/index.ts')
  const held = await readPairAndPublicKey(store)
  if (held) return held.pair
  const message = environmentNotFoundMessage(store, 'Nothing was deleted.')
  if (isGiteaOrForgejo()) return void warning(message)
  const isListed = await isEnvironmentListed(store).catch(error => {
    throw new Error(`${message} ${messageOf(error)}`, { cause: error })
  })
  if (isListed) throw new Error(message)
  return void warning(
    `The repository ${store.owner}/${store.repo} has no environment "${store.environment}". Nothing was deleted.`,
  )
}

/**
 * Selects the stored key.
 * @throws Error when nobody can tell which key the stored secret belongs to.
 */
export function selectStoredKey(
  { variable, secretTime, isConsistent }: StoredPair,
  keys: readonly ListedTurnKey[],
  { keyStore, keyName }: StoreSelection,
): readonly ListedTurnKey[] {
  const { uidVariable, keySecret, label } = keyStore
  if (variable && !isHexId(variable.uid)) {
    throw new Error(
      `The variable ${uidVariable} of ${label} does not hold the uid of a TURN key (32 hex digits): nothing was deleted. Check \`uid-variable\`.`,
    )
  }
  const stored = keys.filter(key => key.uid === variable?.uid)
  const names = new Set([keyName, ...stored.map(({ name }) => name)])
  const candidates = sortNewestFirst([...names].flatMap(name => keysNamed(name, keys))).map(({ uid }) => uid)
  const doubt =
    (!variable && 'does not exist') ||
    (!isConsistent && 'is older than the secret') ||
    (stored.length === 0 && 'names no key of the account')
  if (doubt && secretTime !== undefined && candidates.length > 0) {
    throw new Error(
      `Nothing was deleted: the variable ${uidVariable} of ${label} ${doubt}, so nobody can tell which TURN key its secret ${keySecret} belongs to. Delete the right one with \`uid\`, or all with \`name: ${keyName}\` if no other variable names one, and run this again. Keys of that name: ${logAndTruncateUids(candidates)}.`,
    )
  }
  if (variable && stored.length === 0) logUnknownKey(keyStore, variable.uid)
  if (!variable && secretTime !== undefined) warnOfOtherName(keyStore, keyName)
  return stored
}

function warnOfOtherName({ uidVariable, keySecret, label }: KeyStore, keyName: string): void {
  warning(
    `The variable ${uidVariable} of ${label} does not exist, and no TURN key is named "${keyName}". If the key of the secret ${keySecret} has another name, delete it by that.`,
  )
}

/**
 * Removes variable and secret, unless another job has stored a key since, or begun to.
 * @throws RequestError, or Error that names what is left.
 */
export async function removeStoredPairIfUnchanged(store: KeyStoreClient, before: StoredPair): Promise<void> {
  const { readStoredPair, removeSecret, removeVariable } = await import('../../github/index.ts')
  if (!before.variable && before.secretTime === undefined) return
  const { label } = store
  const now = await readStoredPair(store)
  if (!isSamePair(now, before)) return reportOtherPair(store, before)
  const removals = await Promise.allSettled([removeVariable(store), removeSecret(store)])
  const errors = removals.flatMap(removal => (removal.status === 'rejected' ? [messageOf(removal.reason)] : []))
  if (errors.length > 0) throw new Error(errors.join(' '))
  info(`Removed the TURN key from ${label}.`)
  const { variable, secretTime } = await readStoredPair(store)
  const isWritten = secretTime !== undefined && !Object.is(secretTime, now.secretTime)
  if (isWritten || (variable && variable.uid !== now.variable?.uid)) {
    warning(
      `Another job stored a TURN key in ${label} at the same time. If the variable or the secret is missing there, run that job again.`,
    )
  }
}

/** `TURN_KEY_ID and TURN_KEY_API_TOKEN from the environment "staging"`; empty where neither is there. */
export function describeStoredPair({ store, pair }: { store: KeyStore; pair: StoredPair }): string {
  const { uidVariable, keySecret, label } = store
  const names = [pair.variable && uidVariable, pair.secretTime !== undefined && keySecret].filter(Boolean)
  return names.length > 0 ? `${names.join(' and ')} from ${label}` : ''
}

const isSamePair = (one: StoredPair, other: StoredPair): boolean =>
  one.variable?.uid === other.variable?.uid && Object.is(one.secretTime, other.secretTime)

/** @throws RequestError, or Error where the token may no longer see the pair: then nothing shows that it changed. */
async function reportOtherPair(store: KeyStoreClient, before: StoredPair): Promise<void> {
  const { readPairProvingAccess } = await import('../../github/index.ts')
  const { variable, secretTime } = await readPairProvingAccess(store)
  if (!variable && secretTime === undefined) return info(`The TURN key was already removed from ${store.label}.`)
  warning(
    variable && variable.uid !== before.variable?.uid
      ? `Another job stored a TURN key in ${store.label} in the meantime: that key is kept.`
      : `Another job changes the pair in ${store.label}: what is there is kept.`,
  )
}
