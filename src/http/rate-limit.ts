import type { RequestError } from './error.ts'
import type { HttpResponse } from './send-once.ts'
import { monotonicEpochMs, sleep } from './time.ts'

/** How long the rate-limit waits of one step may still take, in milliseconds: 5 minutes in main. */
export interface WaitBudget {
  remainingMs: number
}

const FIRST_PAUSE_SECONDS = 2
const MAX_PAUSE_SECONDS = 60
/** A year: what asks for more is no less in vain, but beyond what a date can say. */
const MAX_WAIT_SECONDS = 31_536_000
/** How often a wait looks whether a newer response has ended it, in milliseconds. */
const RECHECK_MS = 1000

/** One service's rate limit, shared by all requests to it, so that waits that overlap count once. */
export class RateLimitWaiter {
  /** The name of the service, for messages. */
  readonly service: string
  readonly #budget: WaitBudget
  readonly #info: (text: string) => void
  /** Until when a 429 asks to wait, when the quota is renewed, and up to where the budget is spent. */
  #retryAt = 0
  #quotaResetAt = 0
  #budgetedUntil = 0
  #pauseSeconds = FIRST_PAUSE_SECONDS

  constructor(service: string, budget: WaitBudget, info: (text: string) => void) {
    this.service = service
    this.#budget = budget
    this.#info = info
  }

  /** The service has no requests left for so many seconds; 0 when it has. The newest response replaces older ones. */
  setQuotaReset(seconds: number): void {
    this.#quotaResetAt = inFuture(seconds)
  }

  /** A request was throttled: wait `retryAfter` seconds, or with growing pauses when the service does not say. */
  throttle(retryAfter: number | undefined): void {
    if (retryAfter === undefined) {
      if (this.#retryAt > monotonicEpochMs()) return
      this.#retryAt = monotonicEpochMs() + this.#pauseSeconds * 1000
      this.#pauseSeconds = Math.min(this.#pauseSeconds * 2, MAX_PAUSE_SECONDS)
    } else this.#retryAt = inFuture(retryAfter)
  }

  /** A request succeeded: the next pause of unknown length is a short one again. */
  succeed(): void {
    this.#pauseSeconds = FIRST_PAUSE_SECONDS
  }

  /**
   * Resolves when a request may be sent.
   * @throws `throttled`, with a hint that says when to come back, when the waits of the step would exceed its budget.
   * @throws the reason of `drain`
   */
  async acquire(drain: AbortSignal, throttled: RequestError): Promise<void> {
    for (;;) {
      drain.throwIfAborted()
      const [at, until] = [monotonicEpochMs(), Math.max(this.#retryAt, this.#quotaResetAt)]
      this.#budgetUntil(at, until, throttled)
      if (until <= at) return
      await sleep(Math.min(until - at, RECHECK_MS), drain)
    }
  }

  /** Spends the budget up to a moment, or gives back what a newer, shorter wait does not take. */
  #budgetUntil(at: number, until: number, throttled: RequestError): void {
    const isWaiting = this.#budgetedUntil > at
    const extension = Math.max(at, until) - (isWaiting ? this.#budgetedUntil : at)
    // Requests throttled at the same moment ask for the same wait, a few milliseconds later.
    const isNewWait = isWaiting ? extension >= 1000 : extension > 0
    if (isNewWait && extension > this.#budget.remainingMs) {
      const waitMs = until - at
      throw throttled.withHint(
        `The rate limit lasts longer than a step waits in all. Run this again in ${inSeconds(waitMs)}, after ${new Date(Date.now() + waitMs).toISOString()}.`,
      )
    }
    this.#budget.remainingMs -= extension
    this.#budgetedUntil = Math.max(at, until)
    if (isNewWait) this.#info(`Rate limited by ${this.service}: waiting ${inSeconds(extension)}.`)
  }
}

const inFuture = (seconds: number): number => monotonicEpochMs() + Math.min(seconds, MAX_WAIT_SECONDS) * 1000

function inSeconds(milliseconds: number): string {
  // A wait that was asked for in whole seconds is a fraction of a millisecond off by now.
  const seconds = Math.ceil(Math.round(milliseconds) / 1000)
  return seconds === 1 ? '1 second' : `${seconds} seconds`
}

/**
 * `Retry-After`, as seconds or as an HTTP date by the server's clock (RFC 9110, section 10.2.3), in seconds; undefined
 * when there is none that asks to wait.
 */
export function retryAfterSeconds({ headers, serverTime }: HttpResponse): number | undefined {
  const { 'retry-after': retryAfter = '' } = headers
  const seconds = /^\d+$/.test(retryAfter) ? Number(retryAfter) : (Date.parse(retryAfter) - serverTime) / 1000
  return seconds > 0 ? Math.ceil(seconds) : undefined
}
