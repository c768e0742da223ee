import type { HttpClient } from '../http/client.ts'
import { sendAndReadWithRetry } from '../http/retry.ts'
import type { HttpRequest } from '../http/send-once.ts'
import { type ApiResponse, parseSuccessOrThrow, quotaResetSeconds, requestId } from './response.ts'

/** One of Cloudflare's two APIs. `baseUrl` has no slash at its end; `token` goes into `Authorization`. */
export interface Api {
  readonly baseUrl: string
  readonly token: string
}

/** A client of one of the APIs. */
export type ApiClient = HttpClient & Api

/** One request. `path` follows the API's `baseUrl`; `body` is sent as JSON, with another `contentType` where one is given. */
export interface ApiRequest
  extends Pick<HttpRequest, 'operation' | 'method' | 'retryable' | 'beforeAttempt' | 'onLostResponse'> {
  readonly path: string
  readonly body?: Readonly<Record<string, unknown>>
  readonly contentType?: string
}

/**
 * Sends a request, with retries, and returns the response when it is a success.
 * @throws RequestError
 * @throws the reason of `client.drain`, when nothing is in flight.
 */
export const request = (client: ApiClient, apiRequest: ApiRequest): Promise<ApiResponse> =>
  requestAndRead(client, apiRequest, response => response)

/**
 * Sends a request, with retries, and returns what `read` finds in a success. When that throws an error whose outcome is
 * unknown, the request is retried like any other whose response says nothing.
 * @throws RequestError
 * @throws the reason of `client.drain`, when nothing is in flight.
 */
export function requestAndRead<T>(
  client: ApiClient,
  { path, body, contentType = 'application/json', ...options }: ApiRequest,
  read: (response: ApiResponse) => T,
): Promise<T> {
  const { baseUrl, token } = client
  const headers: Record<string, string> = {
    authorization: `Bearer ${token}`,
    accept: 'application/json',
    ...(body && { 'content-type': contentType }),
  }
  const httpRequest = { ...options, url: new URL(baseUrl + path), headers, body: body ? JSON.stringify(body) : null }
  return sendAndReadWithRetry(client, httpRequest, {
    requestId,
    quotaResetSeconds,
    parse: response => read(parseSuccessOrThrow(response)),
  })
}
