import { type HttpClient, sendWithRetry } from '../http/retry.ts'
import type { HttpRequest } from '../http/send-once.ts'
import { type ApiResponse, parseOrThrow } from './response.ts'

/** A client of one of Cloudflare's two APIs. `baseUrl` has no slash at its end; `token` goes into `Authorization`. */
export interface ApiClient extends HttpClient {
  readonly baseUrl: string
  readonly token: string
}

/** One request. `path` follows the client's `baseUrl`; `body` is sent as JSON. */
export interface ApiRequest extends Pick<HttpRequest, 'operation' | 'method' | 'idempotent' | 'onSend'> {
  readonly path: string
  readonly body?: Readonly<Record<string, unknown>>
}

/**
 * Sends a request, with retries, and returns the response when it is a success.
 * @throws RequestError
 * @throws the reason of `client.drain`, when nothing is in flight.
 */
export function request(client: ApiClient, { path, body, ...options }: ApiRequest): Promise<ApiResponse> {
  const { baseUrl, token } = client
  const headers: Record<string, string> = {
    authorization: `Bearer ${token}`,
    accept: 'application/json',
    'user-agent': 'cloudflare-turn-key',
    ...(body && { 'content-type': 'application/json' }),
  }
  const url = new URL(baseUrl + path)
  return sendWithRetry(client, { ...options, url, headers, body: body ? JSON.stringify(body) : null }, parseOrThrow)
}
