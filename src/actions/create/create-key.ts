import { type AccountClient, createKey, type NewTurnKey } from '../../cloudflare/keys.ts'
import { monotonicNow } from '../../http/clock.ts'
import { RequestError } from '../../http/error.ts'
import { mask } from '../../runner/secrets.ts'
import { currentCreateState, updateCreateState } from './state.ts'

/**
 * Creates a key, masks its secret, and saves each step of it for post. A lost response is saved too, for
 * `settleLostResponses`.
 * @throws RequestError, or the reason of `account.drain` where a response was lost in a job that was cancelled
 */
export async function createAndSaveKey(account: AccountClient, name: string): Promise<NewTurnKey> {
  try {
    const key = await createKey(account, name, {
      beforeAttempt: saveRequest,
      onLostResponse: () => updateCreateState({ responseLostAt: monotonicNow() }),
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
  const lastRequestedAt = monotonicNow()
  const firstRequestedAt = currentCreateState().firstRequestedAt || lastRequestedAt
  updateCreateState({ phase: 'requested', firstRequestedAt, lastRequestedAt })
}
