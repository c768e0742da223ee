import type { KeyStoreClient } from '../../github/store.ts'
import { RateLimiter } from '../../http/rate-limit.ts'
import type { OpenStore } from './open-store.ts'

/** How long the variable may be missing because GitHub asks to wait. */
const MAX_WAIT_MS = 5000

/** The same client, with a rate limit of its own that lets it wait for 5 seconds at most. */
export function withShortWaits(client: KeyStoreClient): KeyStoreClient {
  const { rateLimiter, info } = client
  return { ...client, rateLimiter: new RateLimiter(rateLimiter.service, { remainingMs: MAX_WAIT_MS }, info) }
}

/**
 * Creates the variable that this step removed as it was, where variable and secret belonged together, and the secret was
 * not written since.
 * @returns whether it is there again
 * @throws RequestError
 */
export async function putBackVariable(store: OpenStore): Promise<boolean> {
  const { github, pair } = store
  const client = withShortWaits(store.client)
  const isUnchanged = async () => (await github.readSecretTimes(client))?.writtenAt === pair.secretTime
  if (!pair.variable || !pair.isRestorable || !(await isUnchanged())) return false
  if (!(await github.createVariable(client, pair.variable.value))) return false
  if (await isUnchanged()) return true
  // Another job began meanwhile: for it, there was no variable to remove.
  await github.removeVariable(client)
  return false
}
