import type { NoAnswer } from './send-once.ts'

/**
 * What is known of a request that failed. `refused`: the server said no. `rate limited`: it said not now.
 * `unprocessed`: it never saw the request. `unknown`: it may have carried it out.
 */
export type Fate = 'refused' | 'rate limited' | 'unprocessed' | 'unknown'

/** An answer that is no success, or none at all. */
export interface Failure extends Error {
  readonly fate: Fate
  /** How long to wait, in seconds, when rate limited. */
  readonly retryAfter: number | undefined
  /** The same error with other advice: a sentence. */
  advising(advice: string): Error
}

/** Why there is no answer. `what` says what came instead, to follow "Could not …: ". */
export interface Silence {
  readonly fate: Fate
  readonly what: string
  /** How many times the request may have been carried out. */
  readonly tries?: number
  readonly cause?: unknown
}

/** The silence of a host to a request that was sent, or could not be. */
export function silenceOf({ sent, message, cause }: NoAnswer, host: string, tries: number): Silence {
  return {
    fate: sent ? 'unknown' : 'unprocessed',
    what: `${sent ? 'no whole answer from' : 'no connection to'} ${host} (${message})`,
    tries,
    cause,
  }
}

/** Whether an error is a failure of a request. */
export function isFailure(error: unknown): error is Failure {
  return error instanceof Error && 'fate' in error
}

/** What most likely kept an answer from coming, and what to do; undefined when the step itself did. */
export function causeOfSilence(cause: unknown): string | undefined {
  if (!(cause instanceof Error) || cause.name === 'Cancelled') return undefined
  if (/certificate|self-signed/i.test(cause.message)) {
    return 'The certificate is not trusted here: behind a proxy that inspects TLS, set NODE_EXTRA_CA_CERTS to its certificate'
  }
  if (/proxy/i.test(cause.message)) return 'Check https_proxy, http_proxy and no_proxy on this runner'
  return 'Check the network of this runner: a firewall, a proxy (https_proxy), DNS'
}
