import { certificateProblem } from './certificate.ts'
import type { HttpRequest } from './send-once.ts'

/**
 * What is known of a request that failed. `rejected`: the server refused it. `throttled`: the server asked to wait.
 * `not-sent`: the server never saw it. `outcome-unknown`: the server may have carried it out.
 */
export type RequestFailureKind = 'rejected' | 'throttled' | 'not-sent' | 'outcome-unknown'

/** What there is to say of a failed request. */
export interface FailureDetails {
  /** What was being done, to follow "Could not": `create the TURN key "x"`. */
  readonly operation: string
  readonly kind: RequestFailureKind
  /** What came instead of success, the server's own codes and messages included. */
  readonly reason: string
  /** The likely cause, and what to do. A sentence. */
  readonly hint?: string | undefined
  /** What the service's support asks for: `cf-ray: …`. */
  readonly requestId?: string | undefined
  readonly status?: number
  /** The codes of the server's messages. */
  readonly codes?: readonly number[]
  /** Whether the service refuses the token for what it may do. */
  readonly isPermissionRefused?: boolean
  /** How long the server asks to wait, in seconds. */
  readonly retryAfter?: number | undefined
  /** 1, and one more for each earlier attempt that may have been carried out. */
  readonly attempts: number
  readonly cause?: unknown
}

/** The one error of every API. Its message names what failed, the server's words, and what to do. */
export class RequestError extends Error {
  override name = 'RequestError'
  readonly kind: RequestFailureKind
  readonly status: number | undefined
  readonly codes: readonly number[]
  readonly attempts: number
  readonly retryAfter: number | undefined
  readonly isPermissionRefused: boolean
  readonly #details: FailureDetails

  constructor(details: FailureDetails) {
    const { operation, reason, hint, requestId, cause } = details
    super([`Could not ${operation}: ${reason}.`, hint, requestId && `(${requestId})`].filter(Boolean).join(' '), {
      cause,
    })
    this.#details = details
    this.kind = details.kind
    this.status = details.status
    this.codes = details.codes ?? []
    this.attempts = details.attempts
    this.retryAfter = details.retryAfter
    this.isPermissionRefused = details.isPermissionRefused ?? false
  }

  /** Whether the server may have carried out the request, in this attempt or in one before it. */
  get mayBeCarriedOut(): boolean {
    return this.kind === 'outcome-unknown' || this.attempts > 1
  }

  /** The same error with another hint: a sentence. */
  withHint(hint: string): RequestError {
    return new RequestError({ ...this.#details, hint })
  }
}

/** What an error says: that of several addresses tried in vain has no message, but a code. */
export const messageOrCode = (error: Error): string =>
  error.message || ('code' in error ? String(error.code) : error.name)

/** No complete response arrived. `sent` says whether the server may have seen the request. */
export class NoResponseError extends Error {
  override name = 'NoResponseError'
  readonly sent: boolean

  constructor(sent: boolean, cause: Error) {
    super(messageOrCode(cause), { cause })
    this.sent = sent
  }
}

/** The error for a request that got no complete response. `signal` is what could abort it. */
export function fromNoResponseError(
  error: NoResponseError,
  request: HttpRequest,
  attempts: number,
  signal: AbortSignal,
): RequestError {
  const { sent, message, cause } = error
  const hint = sent ? undefined : refusalHint(error, request.url.host)
  return new RequestError({
    operation: request.operation,
    kind: hint ? 'rejected' : sent ? 'outcome-unknown' : 'not-sent',
    reason: `${sent ? 'no complete response from' : 'no connection to'} ${request.url.host} (${message})`,
    hint: hint ?? (cause === signal.reason ? undefined : networkErrorHint(cause)),
    attempts,
    cause,
  })
}

/** What to do about a connection that no retry brings about; undefined for any other. */
function refusalHint(error: NoResponseError, host: string): string | undefined {
  if (/Proxy response \(407\)/i.test(error.message)) {
    return 'The proxy asks for a user name and password: put them into the URL in https_proxy, with special characters percent-encoded.'
  }
  const problem = certificateProblem(error)
  if (problem === 'dates') {
    return `This machine's clock says ${new Date().toISOString()}: set it if that is wrong. Otherwise the certificate of the server, or of a proxy in between, must be renewed.`
  }
  if (problem === 'host') {
    return `The certificate is for another host than ${host}: check the URL, and the proxy or DNS that leads there.`
  }
  return (
    problem &&
    'The certificate is not trusted here: behind a proxy that inspects TLS, set NODE_EXTRA_CA_CERTS to its certificate.'
  )
}

/** What most likely kept a response from coming. */
function networkErrorHint(cause: unknown): string {
  if (cause instanceof Error && /proxy/i.test(cause.message)) return 'Check https_proxy and no_proxy on this runner.'
  return 'Check the network of this runner: a firewall, a proxy (https_proxy), DNS.'
}
