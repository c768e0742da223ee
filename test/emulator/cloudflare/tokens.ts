import type { EmulatedResponse } from '../emulated-response.ts'
import { authenticationError, authorizationFailure, failure, malformedHeader } from './envelope.ts'

/** The account that exists by default. */
export const ACCOUNT_ID = '0000000000000000000000000000acc7'
/** It exists too, the default tokens are not for it, and it never subscribed to Realtime. */
export const OTHER_ACCOUNT_ID = '0000000000000000000000000000acc8'

/** One API token of each sort that people put into a workflow. */
export const TOKENS = {
  write: 'emulator-token-write',
  read: 'emulator-token-read',
  none: 'emulator-token-none',
  other: 'emulator-token-other-account',
  disabled: 'emulator-token-disabled',
} as const

interface Token {
  readonly account: string
  readonly calls: 'none' | 'read' | 'write'
}

const KNOWN: ReadonlyMap<string, Token> = new Map([
  [TOKENS.write, { account: ACCOUNT_ID, calls: 'write' }],
  [TOKENS.read, { account: ACCOUNT_ID, calls: 'read' }],
  [TOKENS.none, { account: ACCOUNT_ID, calls: 'none' }],
  [TOKENS.other, { account: OTHER_ACCOUNT_ID, calls: 'write' }],
  [TOKENS.disabled, { account: ACCOUNT_ID, calls: 'none' }],
])

// A Global API Key is 37 hex digits, belongs into X-Auth-Key and is refused as a bearer for its form alone.
const BEARER = /^bearer (?![0-9a-f]{37}$)([\w.-]{16,})$/i

/** The bearer token of a header; undefined when the header is absent or malformed. */
export function bearerOf(authorization: string | undefined): string | undefined {
  return BEARER.exec(authorization ?? '')?.[1]
}

function unknownToken(): EmulatedResponse {
  return failure(401, [{ code: 9109, message: 'Invalid access token' }])
}

function foreignAccount(account: string): EmulatedResponse {
  if (account === ACCOUNT_ID || account === OTHER_ACCOUNT_ID) return authenticationError()
  return failure(403, [{ code: 9109, message: 'Unauthorized to access requested resource' }])
}

/** Why a header and its form alone are refused; undefined when a token can be read from it. */
export function malformed(authorization: string | undefined): EmulatedResponse | undefined {
  if (authorization === undefined) {
    const message = 'Missing X-Auth-Key, X-Auth-Email or Authorization headers'
    return failure(400, [{ code: 9106, message }])
  }
  return bearerOf(authorization) === undefined ? malformedHeader() : undefined
}

/** Why a call on an account is refused to a token; undefined when it is allowed. Calls Write includes reading. */
export function refusal(
  bearer: string,
  account: string,
  need: 'read' | 'write',
): EmulatedResponse | undefined {
  const token = KNOWN.get(bearer)
  if (!token) return unknownToken()
  if (token.account !== account) return foreignAccount(account)
  if (token.calls === 'none' || (need === 'write' && token.calls === 'read')) return authenticationError()
  return account === OTHER_ACCOUNT_ID ? authorizationFailure() : undefined
}
