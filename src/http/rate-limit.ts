import { setTimeout as sleep } from 'node:timers/promises'

/** Waiting for a rate limit would go past what a step waits in all. The message says when to come back. */
export class RateLimitExceeded extends Error {
  override name = 'RateLimitExceeded'
}

/** How long the waits of one step may still take, in milliseconds: 5 minutes at first. */
export interface Patience {
  left: number
}

/** The patience of a step that has not waited yet. */
export function fullPatience(): Patience {
  return { left: 300_000 }
}

/** The pause that a service asked for, shared by all requests to it, so that waits that overlap count once. */
export class RateLimit {
  /** The name of the service, for messages. */
  readonly service: string
  readonly #patience: Patience
  readonly #say: (text: string) => void
  #pausedUntil = 0
  #underWay = 0
  #quota: { remaining: number; resetAt: number } | undefined

  constructor(service: string, patience: Patience, say: (text: string) => void) {
    this.service = service
    this.#patience = patience
    this.#say = say
  }

  /**
   * Reads `Ratelimit: "default";r=50;t=30`: requests left, and seconds until there are more. Answers overtake each
   * other, so until then only the least that one of them told counts.
   * https://developers.cloudflare.com/fundamentals/api/reference/limits/
   */
  note(header: string | undefined): void {
    const [, remaining, seconds] = /;\s*r=(\d+)\s*;\s*t=(\d+)/.exec(header ?? '') ?? []
    if (remaining === undefined || seconds === undefined) return
    const now = Date.now()
    const known = this.#quota && this.#quota.resetAt > now ? this.#quota : undefined
    this.#quota = {
      remaining: Math.min(Number(remaining), known?.remaining ?? Number.POSITIVE_INFINITY),
      resetAt: known?.resetAt ?? now + Number(seconds) * 1000,
    }
  }

  /**
   * Plans a wait of so many seconds; `ready` then does the waiting.
   * @throws RateLimitExceeded when the waits of the step would add up to more than 5 minutes.
   */
  pause(seconds: number): void {
    const now = Date.now()
    const until = now + seconds * 1000
    const isPaused = this.#pausedUntil > now
    const extension = until - Math.max(now, this.#pausedUntil)
    if (extension <= 0) return
    if (extension > this.#patience.left) {
      throw new RateLimitExceeded(
        `Waiting for the rate limit would take longer than the 5 minutes that a step waits in all. Run this again in ${inSeconds(seconds)}, after ${new Date(until).toISOString()}.`,
      )
    }
    this.#patience.left -= extension
    this.#pausedUntil = until
    // What was refused at the same moment asks for the same wait, a few milliseconds later.
    if (isPaused && extension < 1000) return
    this.#say(`${this.service} limits the rate of requests: waiting ${inSeconds(extension / 1000)}.`)
  }

  /**
   * Resolves when a request may be sent beside those under way; `done` is called when it ended.
   * Rejects with the reason of `stop`.
   * @throws RateLimitExceeded
   */
  async ready(stop: AbortSignal): Promise<void> {
    for (;;) {
      stop.throwIfAborted()
      const now = Date.now()
      if (this.#quota && this.#quota.resetAt <= now) this.#quota = undefined
      if (this.#quota && this.#quota.remaining <= this.#underWay)
        this.pause((this.#quota.resetAt - now) / 1000)
      if (this.#pausedUntil <= now) break
      await rest(this.#pausedUntil - now, stop)
    }
    this.#underWay++
  }

  /** Tells that a request which `ready` let through has ended. */
  done(): void {
    this.#underWay--
  }
}

function inSeconds(seconds: number): string {
  const whole = Math.ceil(seconds)
  return whole === 1 ? '1 second' : `${whole} seconds`
}

/** Waits so many milliseconds. Rejects with the reason of `stop` as soon as it is aborted. */
export async function rest(milliseconds: number, stop: AbortSignal): Promise<void> {
  stop.throwIfAborted()
  await sleep(milliseconds, undefined, { signal: stop }).catch(() => stop.throwIfAborted())
}

const BAD_MANNERS_WAIT = 2

/**
 * `Retry-After`, as seconds or as an HTTP date (RFC 9110, section 10.2.3), in seconds. A date is by the server's clock,
 * which `Date` tells.
 */
export function secondsToWait(retryAfter: string | undefined, date?: string): number {
  const header = retryAfter ?? ''
  const now = Date.parse(date ?? '') || Date.now()
  const seconds = /^\d+$/.test(header) ? Number(header) : (Date.parse(header) - now) / 1000
  return Number.isFinite(seconds) && seconds > 0 ? Math.ceil(seconds) : BAD_MANNERS_WAIT
}
