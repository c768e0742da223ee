import { type AccountClient, createKey, type NewTurnKey } from '../../cloudflare/keys.ts'
import { RequestError } from '../../http/error.ts'
import { monotonicEpochMs } from '../../http/time.ts'
import { mask } from '../../runner/secrets.ts'
import { currentCreateState, updateCreateState } from './state.ts'

/**
 * Creates a key, masks its secret, and saves each step of it for post. A lost response is saved too, for
 * `deleteJobScopedOrReportLostKeys`.
 * @throws RequestError, or the reason of `account.drain` where a response was lost in a job that was cancelled
 */
export async function createAndSaveKey(account: AccountClient, name: string): Promise<NewTurnKey> {
  try {
    const key = await createKey(account, name, {
      beforeAttempt: saveRequest,
      onLostResponse: () => updateCreateState({ responseLostAt: monotonicEpochMs() }),
    })
    key.secrets.forEach(mask)
    updateCreateState({ phase: 'created', uid: key.uid })
    return key
  } catch (error) {
    if (currentCreateState().phase === 'requested') updateCreateState({ phase: 'rolled-back' })
    if (error instanceof RequestError && error.kind === 'outcome-unknown') account.drain.throwIfAborted()
    throw error
  }
}

function saveRequest(): void {
  const lastRequestedAt = monotonicEpochMs()
  const firstRequestedAt = currentCreateState().firstRequestedAt || lastRequestedAt
  updateCreateState({ phase: 'requested', firstRequestedAt, lastRequestedAt })
}
