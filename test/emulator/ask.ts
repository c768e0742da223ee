import { type Emulator, GITHUB_TOKENS, TOKENS } from './emulator.ts'
import type { ApiError } from './faults.ts'

type Server = { urls: string[]; username: string; credential: string }

/** Every member that some response has. Tests say which they expect; `&`: one or a list of them. */
interface Body {
  data: unknown
  errors: ApiError[]
  result: Record<string, string> & Record<string, string>[]
  iceServers: Server & Server[]
  message: string
  key: string
  key_id: string
}

/** A response as the tests of the emulator compare it; its body is empty when it is no JSON. */
export interface ReceivedResponse {
  status: number
  headers: Headers
  text: string
  body: Body
}

/** One request as it is, nothing added but what is given. */
export async function ask(
  method: string,
  url: string,
  headers: Record<string, string>,
  body?: unknown,
): Promise<ReceivedResponse> {
  const content = body === undefined || typeof body === 'string' ? body : JSON.stringify(body)
  const response = await fetch(url, {
    method,
    headers,
    redirect: 'manual',
    ...(content !== undefined && { body: content }),
  })
  const text = await response.text()
  const isJson = response.headers.get('content-type') === 'application/json'
  return {
    status: response.status,
    headers: response.headers,
    text,
    body: JSON.parse(isJson ? text : '{}'),
  }
}

/** A call of the management API; the path is what follows `/accounts/`. */
export function manage(
  { apiUrl }: Emulator,
  method: string,
  path: string,
  body?: unknown,
  authorization = `Bearer ${TOKENS.write}`,
): Promise<ReceivedResponse> {
  return ask(method, `${apiUrl}/accounts/${path}`, { authorization }, body)
}

/** A query of the GraphQL API. */
export function query(
  { apiUrl }: Emulator,
  text: string,
  variables: Record<string, unknown>,
  authorization = `Bearer ${TOKENS.analytics}`,
): Promise<ReceivedResponse> {
  return ask('POST', `${apiUrl}/graphql`, { authorization }, { query: text, variables })
}

/** A call of the credentials API about one key. */
export function rtc(
  { rtcUrl }: Emulator,
  key: { uid: string; secret: string },
  call: string,
  body?: unknown,
): Promise<ReceivedResponse> {
  const url = `${rtcUrl}/turn/keys/${key.uid}/credentials/${call}`
  return ask('POST', url, { authorization: `Bearer ${key.secret}` }, body)
}

/** A call of GitHub's API; the path is what follows `/repos/octo/app`. */
export function github(
  { githubUrl }: Emulator,
  method: string,
  path: string,
  body?: unknown,
  token: string = GITHUB_TOKENS.full,
): Promise<ReceivedResponse> {
  return ask(method, `${githubUrl}/repos/octo/app${path}`, { authorization: `token ${token}` }, body)
}

/** What fetch failed with, at the bottom. */
export async function failureOf(promise: Promise<unknown>): Promise<string> {
  const error: unknown = await promise.then(
    () => 'no failure',
    (reason: unknown) => reason,
  )
  const cause = error instanceof Error ? (error.cause ?? error) : error
  return cause instanceof Error && 'code' in cause ? String(cause.code) : String(cause)
}

/** Waits until something is so. */
export async function until(isSo: () => boolean): Promise<void> {
  while (!isSo()) await new Promise(resolve => setTimeout(resolve, 2))
}
