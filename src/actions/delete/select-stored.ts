import { isId } from '../../cloudflare/id.ts'
import { say } from '../../runner/log.ts'
import type { Job } from '../../runner/run.ts'
import { type EnvironmentInputs, placeOf } from '../stored-key.ts'

/** The key that an environment's variable names, and how to clear the environment of it. */
interface HeldKey {
  /** Undefined when the variable, or the environment, is gone. */
  readonly uid: string | undefined
  /** Removes the variable and the secret, each of which may be gone already. Throws GithubError. */
  clear(): Promise<void>
}

/**
 * Looks up the key that an environment holds. Only here is octokit loaded.
 * @throws GithubError, or Error when the variable holds something else.
 */
export async function findHeldKey(inputs: EnvironmentInputs, job: Job): Promise<HeldKey> {
  const { findEnvironment, removePair } = await import('../../github/stored-key.ts')
  const { environment, uidVariable } = inputs
  const place = placeOf(inputs, job)
  const found = await findEnvironment(place)
  if (!found) {
    say(`There is no environment "${environment}": nothing to delete.`)
    return { uid: undefined, clear: async () => {} }
  }
  const { uid } = found.pair
  if (uid !== undefined && !isId(uid)) {
    throw new Error(
      `The variable ${uidVariable} of the environment "${environment}" does not hold the uid of a TURN key (32 hex digits): nothing was deleted. Check \`uid-variable\`.`,
    )
  }
  const clear = async () => {
    await removePair(place)
    say(`The environment "${environment}" holds no TURN key any more.`)
  }
  return { uid, clear }
}
