import type { TurnKey } from '../../cloudflare/keys.ts'
import { GithubError } from '../../github/error.ts'
import type { Job } from '../../runner/run.ts'
import { type EnvironmentInputs, placeOf } from '../stored-key.ts'
import { KeyStays } from './rollback.ts'
import { saveCreateState } from './state.ts'

/** A GitHub environment that is to hold a key. */
export interface OpenEnvironment {
  /** The key that the environment holds, when its variable and secret belong together and the key is among these. */
  healthyKey(keys: readonly TurnKey[]): TurnKey | undefined
  /**
   * Writes a new key: its secret, then its uid. Then it is put out.
   * @throws KeyStays once the secret may hold the key; GithubError before.
   */
  store(uid: string, secret: string, putOut: () => void): Promise<void>
}

/**
 * Checks an environment as far as that goes before there is a key. Only here is octokit loaded.
 * @throws GithubError, or Error when there is no such environment.
 */
export async function openEnvironment(inputs: EnvironmentInputs, job: Job): Promise<OpenEnvironment> {
  const { findEnvironment, isHealthy, writeSecret, writeUid } = await import('../../github/stored-key.ts')
  const place = placeOf(inputs, job)
  const found = await findEnvironment(place)
  if (!found) throw new Error(missing(inputs))
  const { pair, publicKey } = found
  return {
    healthyKey: keys => (isHealthy(pair) ? keys.find(({ uid }) => uid === pair.uid) : undefined),
    store: async (uid, secret, putOut) => {
      saveCreateState({ phase: 'stored' })
      await writeSecret(place, publicKey, secret).catch(error => {
        if (mayBeStored(error)) throw staying(uid, inputs, 'may hold it', error)
        saveCreateState({ phase: 'made' })
        throw error
      })
      await writeUid(place, pair, uid)
        .then(() => place.lifeline.stop.throwIfAborted())
        .then(putOut)
        .catch(error => {
          throw staying(uid, inputs, 'holds it', error)
        })
    },
  }
}

function mayBeStored(error: unknown): boolean {
  return error instanceof GithubError && (error.fate === 'unknown' || error.tries > 1)
}

function staying(
  uid: string,
  { environment, keySecret }: EnvironmentInputs,
  how: string,
  cause: Error,
): KeyStays {
  return new KeyStays(
    `${cause.message} The TURN key ${uid} stays, because the secret ${keySecret} of the environment "${environment}" ${how}. Run this again: it notices, and repairs the environment.`,
    { cause },
  )
}

function missing({ environment, repository }: EnvironmentInputs): string {
  return `The repository ${repository} has no environment "${environment}", and no TURN key was made. Make it in the repository's settings, under Environments, or run a job with \`environment: ${environment}\` once, which makes it on first use. (This action does not make it: that needs the permission Administration. Private repositories have environments on GitHub Pro, Team and Enterprise only.)`
}
