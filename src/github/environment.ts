import { type PublicKey, readPublicKey, readValue, readWritten } from './answer.ts'
import { call, type GithubApi, isNotFound } from './request.ts'

/** An environment of a repository, and the names of the variable and the secret that hold its key. */
export interface Place extends GithubApi {
  readonly environment: string
  readonly uidVariable: string
  readonly keySecret: string
}

/** What an environment holds. Times are milliseconds since the epoch; undefined where there is no such thing. */
export interface StoredPair {
  readonly uid: string | undefined
  readonly uidWritten: number | undefined
  readonly keyWritten: number | undefined
}

/** An environment that was found, and whose secrets and variables can be read. */
interface FoundEnvironment {
  readonly pair: StoredPair
  readonly publicKey: PublicKey
}

/** The path of an environment below its repository. */
export const ENVIRONMENT = '/environments/{environment}'

/**
 * Reads everything that can be checked before a key is made: the environment's public key, variable and secret.
 * Undefined when the repository has no such environment. (To read the environment itself takes one permission more.)
 * https://docs.github.com/rest/actions/secrets and https://docs.github.com/rest/actions/variables
 * @throws GithubError
 */
export async function findEnvironment(place: Place): Promise<FoundEnvironment | undefined> {
  const { environment, uidVariable, keySecret } = place
  const read = async <T>(
    what: string,
    path: string,
    take: (answer: unknown, operation: string) => T,
  ): Promise<T | undefined> => {
    const operation = `read ${what} of the environment "${environment}"`
    const answer = await orMissing(call(place, operation, `GET ${ENVIRONMENT}${path}`, { environment }))
    return answer === undefined ? undefined : take(answer, operation)
  }
  const publicKey = await read('the public key', '/secrets/public-key', readPublicKey)
  if (!publicKey) {
    await seeRepository(place)
    return undefined
  }
  const variable = await read(`the variable ${uidVariable}`, `/variables/${uidVariable}`, readValue)
  const keyWritten = await read(`the secret ${keySecret}`, `/secrets/${keySecret}`, readWritten)
  return { pair: { uid: variable?.value, uidWritten: variable?.written, keyWritten }, publicKey }
}

/** GitHub says the same of an environment that is not there and of a repository that the token may not see. */
async function seeRepository(place: Place): Promise<void> {
  const { environment, owner, repo } = place
  try {
    await call(place, `read the repository ${owner}/${repo}`, 'GET ')
  } catch (error) {
    if (!isNotFound(error)) throw error
    throw error.advising(
      `Either \`github-token\` may not see the repository, or it has no environment "${environment}": make that in its settings, under Environments.`,
    )
  }
}

/** What was asked for, or undefined where it does not exist. @throws GithubError */
export async function orMissing<T>(answer: Promise<T>): Promise<T | undefined> {
  try {
    return await answer
  } catch (error) {
    if (isNotFound(error)) return undefined
    throw error
  }
}
