import { type Line, persist } from '../http/retry.ts'
import type { HttpRequest } from '../http/send-once.ts'
import { CloudflareError } from './error.ts'
import { type Answer, readAnswer } from './response.ts'

/** One of Cloudflare's two APIs, as the bearer of one token. `baseUrl` has no slash at its end. */
export interface Api extends Line {
  readonly baseUrl: string
  readonly bearer: string
}

/** One call. `repeatable` says that doing it twice does no harm. */
export interface Call {
  /** To follow "Could not": `list the TURN keys`. */
  readonly operation: string
  readonly method: HttpRequest['method']
  readonly path: string
  readonly body?: Readonly<Record<string, unknown>>
  readonly repeatable: boolean
}

/**
 * Makes a call and returns the answer when it is a success. What `persist` repeats is repeated.
 * @throws CloudflareError
 * @throws the reason of `lifeline.stop`, when nothing is under way.
 */
export function request(api: Api, call: Call): Promise<Answer> {
  const { operation, repeatable } = call
  return persist<Answer>(api, {
    request: httpRequest(api, call),
    repeatable,
    read: (answered, tries) => readAnswer(answered, operation, tries),
    fail: silence => new CloudflareError({ operation, ...silence }),
  })
}

function httpRequest({ baseUrl, bearer }: Api, { method, path, body }: Call): HttpRequest {
  const headers: Record<string, string> = {
    authorization: `Bearer ${bearer}`,
    accept: 'application/json',
    'user-agent': 'cloudflare-turn-key',
  }
  if (body) headers['content-type'] = 'application/json'
  return { method, url: new URL(baseUrl + path), headers, body: body ? JSON.stringify(body) : null }
}
