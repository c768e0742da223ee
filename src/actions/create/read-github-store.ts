import type { PublicKey } from '../../github/secret.ts'
import type { KeyStore, KeyStoreClient } from '../../github/store.ts'
import type { StoredPair } from '../../github/stored-pair.ts'
import { awaitAllOrThrowRefusalFirst } from '../../http/await-all.ts'
import { type ActionContext, toCleanupClient } from '../../runner/run.ts'
import { environmentNotFoundMessage } from '../store-inputs.ts'
import type { CreateInputs } from './inputs.ts'
import type { LastWrite } from './is-others-pair.ts'

/** A store, what it holds, and what this step has done to it. */
export interface GithubStoreWithProgress {
  readonly github: typeof import('../../github/index.ts')
  /** It completes what a cancelled job has begun. */
  readonly client: KeyStoreClient
  /** A cancelled job begins no first write. */
  readonly drain: AbortSignal
  readonly publicKey: PublicKey
  pair: StoredPair
  /** The uids that variables of this place name; read for `replace` only. */
  readonly namedUids: readonly string[]
  /**
   * `removed`: the variable is, or may be. `written`: the secret may be this step's, and the variable is not. `stored`: the
   * variable is this step's. `checked`: and so is the secret, still.
   */
  progress: 'untouched' | 'removed' | 'written' | 'stored' | 'checked'
  /** What this step wrote last: the uid, and when its secret was written, by GitHub's clock. Unset where that is not sure. */
  lastWrite: LastWrite | undefined
  /** How often another job stored its pair in between. */
  overtaken: number
  /** How often it waited for GitHub's rate limit with the variable removed. */
  waits: number
}

/**
 * Reads a store, and checks it as far as that goes before there is a key. Only here is octokit loaded.
 * @throws RequestError, or Error when there is no such environment.
 */
export async function readGithubStoreOrThrow(
  keyStore: KeyStore,
  ifExists: CreateInputs['ifExists'],
  context: ActionContext,
): Promise<GithubStoreWithProgress> {
  const github = await import('../../github/index.ts')
  const client = context.createClient('GitHub', keyStore)
  const [held, namedUids = []] = await awaitAllOrThrowRefusalFirst([
    github.readPairAndPublicKey(client),
    ifExists === 'replace' ? github.listNormalizedVariableValues(client) : undefined,
  ])
  if (!held) throw new Error(environmentNotFoundMessage(keyStore, HOW_TO_CREATE_IT))
  const { drain } = context
  return {
    github,
    client: toCleanupClient(client, context),
    drain,
    ...held,
    namedUids,
    progress: 'untouched',
    lastWrite: undefined,
    overtaken: 0,
    waits: 0,
  }
}

const HOW_TO_CREATE_IT =
  "No TURN key was created. Create the environment in the repository's settings, under Environments, or run a job with `environment:` once, which creates it on first use. (This action does not: that needs the permission Administration. Private repositories have environments on GitHub Pro, Team and Enterprise only; otherwise use `store: repository`.)"
