import { info, messageOf } from '../../runner/log.ts'
import { isOthersPair } from './is-others-pair.ts'
import type { GithubStoreWithProgress } from './read-github-store.ts'
import { restoreVariableIfSecretUnchanged } from './restore-variable.ts'
import { withShortRateLimitWaits } from './short-rate-limit-waits.ts'
import { currentCreateState, updateCreateStateIfPossible } from './state.ts'

/**
 * After a failure: puts the variable back where the secret is untouched; where the secret may be this step's, and the
 * variable is not, removes the variable, whoever's it is. What another job has wholly stored since stays.
 * @returns what is left, and what the next run makes of it.
 */
export async function restoreOrInvalidatePairAndExplain(store: GithubStoreWithProgress): Promise<string> {
  const { github, client, progress } = store
  const { label, uidVariable, keySecret } = client
  const { phase, uid } = currentCreateState()
  const kept = `The TURN key ${uid} is kept`
  if (progress === 'checked') return `${kept}: ${label} stores it, and the next run with \`if-exists: reuse\` keeps it.`
  if (progress === 'stored') return `${kept}, because ${label} may store it. ${NEXT_RUN}`
  if (progress === 'written') {
    if (await isStoredSince(store)) {
      info(`Another job stored its TURN key in ${label} since: that pair stays.`)
      if (phase === 'storing') updateCreateStateIfPossible({ phase: 'created' })
      return ''
    }
    const why = `${kept}, because the secret ${keySecret} of ${label} holds it or may hold it. `
    const problem = await github.removeVariable(withShortRateLimitWaits(client)).then(() => '', messageOf)
    const left = problem
      ? `The variable ${uidVariable} could not be removed: ${problem} ${NEXT_RUN}`
      : `The variable ${uidVariable} was removed, so ${STORES_NEW}`
    return (phase === 'storing' ? why : '') + left
  }
  return progress === 'removed' ? restoreOrDescribe(store) : ''
}

/** Milliseconds for a look, during which what is wrong stays so. */
const LOOK_TIMEOUT = 3000

/** Whether a look proves that another job's pair is there by now. A cancelled job has no time for it. */
async function isStoredSince({ github, client, drain, lastWrite }: GithubStoreWithProgress): Promise<boolean> {
  if (!lastWrite) return false
  const signal = AbortSignal.any([client.signal, drain, AbortSignal.timeout(LOOK_TIMEOUT)])
  const looking = github.readStoredPair({ ...withShortRateLimitWaits(client), signal, drain: signal })
  const pair = await looking.catch(() => undefined)
  return Boolean(pair?.isConsistent && isOthersPair(pair, lastWrite))
}

/** @returns why there is no variable again; empty where there is. */
async function restoreOrDescribe(store: GithubStoreWithProgress): Promise<string> {
  try {
    if (await restoreVariableIfSecretUnchanged(store)) return ''
  } catch (error) {
    return messageOf(error)
  }
  const { uidVariable, label } = store.client
  return `The variable ${uidVariable} of ${label} was removed and not put back, because nothing shows that it still belongs to the secret: ${STORES_NEW}`
}

const STORES_NEW = 'the next run with `if-exists: reuse` or `replace` stores a new key.'
const NEXT_RUN =
  'The next run with `if-exists: reuse` keeps the pair if it is whole, and stores a new key if it is not.'
