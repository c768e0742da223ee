import { type HttpClient, sendWithRetry } from '../http/retry.ts'
import type { HttpRequest } from '../http/send-once.ts'
import { type ApiResponse, parseSuccess } from './response.ts'

/** A client of one of Cloudflare's two APIs. `baseUrl` has no slash at its end; `token` goes into `Authorization`. */
export interface ApiClient extends HttpClient {
  readonly baseUrl: string
  readonly token: string
}

/** One request. `idempotent` says that sending it twice does no harm. */
export interface ApiRequest {
  /** To follow "Could not": `list the TURN keys`. */
  readonly operation: string
  readonly method: HttpRequest['method']
  readonly path: string
  readonly body?: Readonly<Record<string, unknown>>
  readonly idempotent: boolean
}

/**
 * Sends a request, with retries, and returns the response when it is a success.
 * @throws RequestError
 * @throws the reason of `client.drain`, when nothing is in flight.
 */
export function request(client: ApiClient, apiRequest: ApiRequest): Promise<ApiResponse> {
  const { operation, idempotent } = apiRequest
  return sendWithRetry<ApiResponse>(client, {
    request: httpRequest(client, apiRequest),
    operation,
    idempotent,
    parse: (response, attempts) => parseSuccess(response, operation, attempts),
  })
}

function httpRequest({ baseUrl, token }: ApiClient, { method, path, body }: ApiRequest): HttpRequest {
  const headers: Record<string, string> = {
    authorization: `Bearer ${token}`,
    accept: 'application/json',
    'user-agent': 'cloudflare-turn-key',
  }
  if (body) headers['content-type'] = 'application/json'
  return { method, url: new URL(baseUrl + path), headers, body: body ? JSON.stringify(body) : null }
}
