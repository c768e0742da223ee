import type { KeyStoreClient } from '../../github/store.ts'
import { RateLimitWaiter } from '../../http/rate-limit.ts'

/** How long the variable may be missing because GitHub asks to wait. */
const MAX_WAIT_MS = 5000

/** The same client, with a rate limit of its own that lets it wait for 5 seconds at most. */
export function withShortRateLimitWaits(client: KeyStoreClient): KeyStoreClient {
  const { rateLimitWaiter, info } = client
  return {
    ...client,
    rateLimitWaiter: new RateLimitWaiter(rateLimitWaiter.service, { remainingMs: MAX_WAIT_MS }, info),
  }
}
