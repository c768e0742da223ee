import type { EmulatedResponse } from '../emulated-response.ts'
import type { Route } from '../routes.ts'
import { authenticationError, success } from './envelope.ts'
import { accountOf, unknownToken } from './tokens.ts'

/** What Wrangler asks about the token itself: whether it works, and which accounts it is for. */
export function userCall({ operation }: Route, bearer: string): EmulatedResponse {
  const account = accountOf(bearer)
  if (account === undefined) return unknownToken()
  if (operation === 'token-verify') return success(200, { id: account, status: 'active' })
  // The user, and what a user is a member of: no token here may read those.
  return operation === 'accounts'
    ? success(200, [{ id: account, name: 'Emulated account' }])
    : authenticationError()
}
