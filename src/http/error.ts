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
