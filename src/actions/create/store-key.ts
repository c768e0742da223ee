import { setTimeout as delay } from 'node:timers/promises'
import type { TurnKey } from '../../cloudflare/keys.ts'
import type { KeyStoreClient, PublicKey } from '../../github/key-store.ts'
import { RequestError } from '../../http/error.ts'
import { info, messageOf } from '../../runner/log.ts'
import { forCleanup, type StepContext } from '../../runner/run.ts'
import { createKeyStoreClient, describeStore, type KeyStoreInputs, missingEnvironment } from '../stored-key.ts'
import { KeyRetainedError } from './rollback.ts'
import { updateCreateState } from './state.ts'

/** A place on GitHub that is to store a key. */
export interface KeyStore {
  /** The uid that its variable holds. */
  readonly uid: string | undefined
  /** The key that is stored, when variable and secret belong together and it is among these. */
  consistentKey(keys: readonly TurnKey[]): TurnKey | undefined
  /**
   * Writes a new key: its secret, then its uid. Then it is published.
   * @throws KeyRetainedError once the secret may hold the key; RequestError before.
   */
  save(uid: string, secret: string, publish: () => void): Promise<void>
}

/**
 * Checks the place as far as that goes before there is a key. Only here is octokit loaded.
 * @throws RequestError, or Error when there is no such environment.
 */
export async function prepareKeyStore(inputs: KeyStoreInputs, context: StepContext): Promise<KeyStore> {
  const github = await import('../../github/write-key.ts')
  const client = createKeyStoreClient(inputs, context)
  const publicKey = await github.readPublicKey(client)
  if (!publicKey) throw new Error(`${missingEnvironment(inputs)} ${HOW_TO_CREATE_IT}`)
  const stored = await github.readStoredKey(client)
  const isConsistent = github.isConsistent(stored)
  return {
    uid: stored.uid,
    consistentKey: keys => (isConsistent ? keys.find(({ uid }) => uid.toLowerCase() === stored.uid) : undefined),
    save: (uid, secret, publish) =>
      savePair({ github, client: forCleanup(client, context), publicKey, uid, secret }, inputs, () => {
        context.drain.throwIfAborted()
        publish()
      }),
  }
}

/** What is to be written, by a client that a cancelled job lets go on to the second write. */
interface Pair {
  readonly github: typeof import('../../github/write-key.ts')
  readonly client: KeyStoreClient
  readonly publicKey: PublicKey
  readonly uid: string
  readonly secret: string
}

async function savePair(pair: Pair, inputs: KeyStoreInputs, publish: () => void): Promise<void> {
  const { github, client, publicKey, uid, secret } = pair
  let mayBeStored = false
  updateCreateState({ phase: 'storing' })
  try {
    for (let attempt = 1; ; attempt++) {
      await github.writeSecret(client, publicKey, secret).catch(error => {
        mayBeStored ||= error instanceof RequestError && (error.kind === 'outcome-unknown' || error.attempts > 1)
        throw error
      })
      mayBeStored = true
      await github.writeUid(client, uid)
      if (await isWritten(pair, attempt)) break
      info('Another job may have written the secret or the variable: writing both again.')
    }
    publish()
  } catch (error) {
    if (mayBeStored) throw retained(uid, inputs, error)
    updateCreateState({ phase: 'created' })
    throw error
  }
}

const MAX_ATTEMPTS = 3
/** GitHub's times are whole seconds. */
const CLOCK_STEP_MS = 1000

/**
 * Reads the pair back a second later. Another job's writes show when the variable holds its uid, or when secret and
 * variable were not written within the same second. When they were, and the uid is still there a second later, either
 * this job wrote last, or the other one finds this job's uid and writes again.
 */
async function isWritten({ github, client, uid }: Pair, attempt: number): Promise<boolean> {
  await delay(CLOCK_STEP_MS)
  const stored = await github.readStoredKey(client)
  if (stored.uid === uid.toLowerCase()) {
    if (secondOf(stored.uidUpdatedAt) === secondOf(stored.secretUpdatedAt)) return true
    // On a slow day the two writes never fall into one second; an older secret is then the usual case.
    if (attempt === MAX_ATTEMPTS && github.isConsistent(stored)) return true
  }
  if (attempt < MAX_ATTEMPTS) return false
  await github.removeUid(client)
  throw new Error(
    `Other jobs kept writing to ${client.label} at the same time, so the variable was removed. Give the jobs a \`concurrency\` group.`,
  )
}

function secondOf(time = 0): number {
  return Math.floor(time / 1000)
}

const HOW_TO_CREATE_IT =
  "No TURN key was created. Create the environment in the repository's settings, under Environments, or run a job with `environment:` once, which creates it on first use. (This action does not: that needs the permission Administration. Private repositories have environments on GitHub Pro, Team and Enterprise only: use `store: repository`.)"

function retained(uid: string, inputs: KeyStoreInputs, cause: unknown): KeyRetainedError {
  return new KeyRetainedError(
    `${messageOf(cause)} The TURN key ${uid} is kept, because the secret ${inputs.keySecret} of ${describeStore(inputs)} holds it, or may. Run this again: it repairs what is stored.`,
    { cause },
  )
}
