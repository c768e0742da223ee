import { type EmulatedResponse, json } from '../emulated-response.ts'

/** An entry of `errors` in Cloudflare's envelope. */
export interface ApiError {
  code: number
  message: string
  documentation_url?: string
  source?: { pointer: string }
  error_chain?: ApiError[]
}

/** The response to a call that worked. */
export function success(status: 200 | 201, result: unknown): EmulatedResponse {
  return json(status, { success: true, errors: [], messages: [], result })
}

/** The response to a call that failed: `result` is null, not absent. */
export function failure(status: number, errors: readonly ApiError[]): EmulatedResponse {
  return json(status, { success: false, errors, messages: [], result: null })
}

/** Code 10000 comes from another layer: its body has neither `result` nor `messages`. */
export function authenticationError(): EmulatedResponse {
  return json(403, { success: false, errors: [{ code: 10000, message: 'Authentication error' }] })
}

/** Code 10002: the account never subscribed to Realtime. */
export function authorizationFailure(): EmulatedResponse {
  const reason = 'The authentication credentials are not authorized to handle the request'
  return failure(403, [{ code: 10002, message: `Authorization Failure: ${reason}` }])
}

/** Code 6003: the header itself is malformed; what is wrong with it stands in the chain. */
export function malformedHeader(): EmulatedResponse {
  const chain = [{ code: 6111, message: 'Invalid format for Authorization header' }]
  return failure(400, [{ code: 6003, message: 'Invalid request headers', error_chain: chain }])
}

/** Codes 7003 and 7000: a path that leads nowhere, or an account id that cannot be one. */
export function noRoute(path: string, status: 400 | 404): EmulatedResponse {
  const hint = `Could not route to ${path}, perhaps your object identifier is invalid?`
  return failure(status, [
    { code: 7003, message: hint },
    { code: 7000, message: 'No route for that URI' },
  ])
}

/** Code 20008: no key has that uid, or no longer. */
export function keyNotFound(): EmulatedResponse {
  return failure(404, [{ code: 20008, message: 'TURN key not found' }])
}

/** Code 971 with HTTP 429. */
export function throttled(retryAfter: number): EmulatedResponse {
  const message = 'Rate limited, please consider throttling your requests'
  const emulated = failure(429, [{ code: 971, message }])
  return { ...emulated, headers: { ...emulated.headers, 'Retry-After': String(retryAfter) } }
}

/** The GraphQL API's own form of errors, whose status may be 200. https://developers.cloudflare.com/analytics/graphql-api/errors/ */
export function graphqlErrors(
  errors: readonly { readonly message: string; readonly path?: readonly (string | number)[] | undefined }[],
  status = 200,
): EmulatedResponse {
  const extensions = { timestamp: new Date().toISOString() }
  const told = errors.map(({ message, path = null }) => ({ message, path, extensions }))
  return json(status, { data: null, errors: told })
}
