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
  /** Calls Write and Workers Scripts: Edit, which is a permission of its own. */
  workers: 'emulator-token-workers',
  workersRead: 'emulator-token-workers-read',
  workersOnly: 'emulator-token-workers-only',
  /** Account Analytics: Read. With Calls Read, or alone. */
  analytics: 'emulator-token-analytics',
  analyticsOnly: 'emulator-token-analytics-only',
  /** Cloudflare Pages: Edit, and nothing else. */
  pages: 'emulator-token-pages',
  /** All that these actions can use. */
  all: 'emulator-token-all',
} as const

/** What a permission is for. */
export type Area = 'calls' | 'workers' | 'pages'
type Level = 'none' | 'read' | 'write'

interface Token {
  readonly account: string
  readonly calls: Level
  /** Workers Scripts. */
  readonly workers?: Level
  /** Account Analytics: Read. */
  readonly analytics?: true
  readonly pages?: Level
}

const KNOWN: ReadonlyMap<string, Token> = new Map([
  [TOKENS.write, { account: ACCOUNT_ID, calls: 'write' }],
  [TOKENS.read, { account: ACCOUNT_ID, calls: 'read' }],
  [TOKENS.none, { account: ACCOUNT_ID, calls: 'none' }],
  [TOKENS.other, { account: OTHER_ACCOUNT_ID, calls: 'write' }],
  [TOKENS.disabled, { account: ACCOUNT_ID, calls: 'none' }],
  [TOKENS.workers, { account: ACCOUNT_ID, calls: 'write', workers: 'write' }],
  [TOKENS.workersRead, { account: ACCOUNT_ID, calls: 'write', workers: 'read' }],
  [TOKENS.workersOnly, { account: ACCOUNT_ID, calls: 'none', workers: 'write' }],
  [TOKENS.all, { account: ACCOUNT_ID, calls: 'write', workers: 'write', analytics: true }],
  [TOKENS.analytics, { account: ACCOUNT_ID, calls: 'read', analytics: true }],
  [TOKENS.analyticsOnly, { account: ACCOUNT_ID, calls: 'none', analytics: true }],
  [TOKENS.pages, { account: ACCOUNT_ID, calls: 'none', pages: 'write' }],
])

// A Global API Key is 37 hex digits, belongs into X-Auth-Key and is refused as a bearer for its form alone.
const BEARER = /^bearer (?![0-9a-f]{37}$)([\w.-]{16,})$/i

/** The bearer token of a header; undefined when the header is absent or malformed. */
export function bearerOf(authorization: string | undefined): string | undefined {
  return BEARER.exec(authorization ?? '')?.[1]
}

/** The account that a token is for; undefined when nobody knows the token. */
export function accountOf(bearer: string): string | undefined {
  return KNOWN.get(bearer)?.account
}

/** Code 9109: nobody knows the token. */
export function unknownToken(): EmulatedResponse {
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

/** Why a call on an account is refused to a token; undefined when it is allowed. Writing includes reading. */
export function refusal(
  bearer: string,
  account: string,
  area: Area,
  level: 'read' | 'write',
): EmulatedResponse | undefined {
  const token = KNOWN.get(bearer)
  if (!token) return unknownToken()
  if (token.account !== account) return foreignAccount(account)
  if (token[area] !== 'write' && token[area] !== level) return authenticationError()
  return area === 'calls' && account === OTHER_ACCOUNT_ID ? authorizationFailure() : undefined
}

/** The account whose analytics a token may read, if any. */
export function analyticsOf(bearer: string): string | undefined {
  const token = KNOWN.get(bearer)
  return token?.analytics && token.account
}
