/** One request as it is sent, nothing added but what is given. */
export interface ServiceRequest {
  readonly method: string
  readonly url: string
  /** The whole header's value; undefined: none is sent. */
  readonly authorization: string | undefined
  readonly body?: unknown
  readonly contentType?: string
}

/** One response as it came. `json` is undefined where the body is none. */
export interface ServiceResponse {
  readonly status: number
  readonly headers: Headers
  readonly text: string
  readonly json: unknown
}

const TIMEOUT_MS = 30_000

/** Sends a request once. @throws the error of `fetch`, also when no response comes within 30 s */
export async function send(request: ServiceRequest): Promise<ServiceResponse> {
  const { method, url, authorization, body, contentType = 'application/json' } = request
  const response = await fetch(url, {
    method,
    redirect: 'manual',
    signal: AbortSignal.timeout(TIMEOUT_MS),
    headers: {
      Accept: '*/*',
      'User-Agent': 'cloudflare-turn-key live',
      ...(authorization !== undefined && { Authorization: authorization }),
      ...(body !== undefined && { 'Content-Type': contentType }),
    },
    ...(body !== undefined && { body: typeof body === 'string' ? body : JSON.stringify(body) }),
  })
  const text = await response.text()
  return { status: response.status, headers: response.headers, text, json: parseJson(text) }
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

/** The fields of a value; none where it is no object. */
export function fieldsOf(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? { ...value } : {}
}

/** The members of a list; none where it is none. */
export function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : []
}
