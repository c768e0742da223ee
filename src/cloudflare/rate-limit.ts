import { setTimeout as sleep } from 'node:timers/promises'

/** Cloudflare asked to wait for longer than a step may wait. */
export class RateLimitExceeded extends Error {
  override name = 'RateLimitExceeded'
}

const LONGEST_WAIT_IN_ALL = 300_000

/**
 * One pause shared by all requests of a step, so that waits that overlap count once.
 * Follows https://developers.cloudflare.com/fundamentals/api/reference/limits/
 */
export class RateLimit {
  #pausedUntil = 0
  #waited = 0
  #underWay = 0
  #quota: { remaining: number; resetAt: number } | undefined
  #say: (text: string) => void

  constructor(say: (text: string) => void) {
    this.#say = say
  }

  /** Reads `Ratelimit: "default";r=50;t=30`: requests left, and seconds until there are more. */
  note(header: string | undefined): void {
    const [, remaining, seconds] = /;\s*r=(\d+)\s*;\s*t=(\d+)/.exec(header ?? '') ?? []
    if (remaining === undefined || seconds === undefined) return
    this.#quota = { remaining: Number(remaining), resetAt: Date.now() + Number(seconds) * 1000 }
  }

  /**
   * Plans a wait of so many seconds; `ready` then does the waiting.
   * @throws RateLimitExceeded when the waits would add up to more than 5 minutes.
   */
  pause(seconds: number, why: string): void {
    const now = Date.now()
    const until = now + seconds * 1000
    const extension = until - Math.max(now, this.#pausedUntil)
    if (extension <= 0) return
    if (this.#waited + extension > LONGEST_WAIT_IN_ALL) {
      throw new RateLimitExceeded(
        `Waiting for it would take longer than the 5 minutes that a step waits in all. Run this again in ${Math.ceil(seconds)} seconds, after ${new Date(until).toISOString()}.`,
      )
    }
    this.#waited += extension
    this.#pausedUntil = until
    this.#say(`${why}: waiting ${Math.ceil(extension / 1000)} seconds.`)
  }

  /**
   * Resolves when a request may be sent beside those under way; `done` is called when it ended.
   * Rejects with the reason of `stop`.
   */
  async ready(stop: AbortSignal): Promise<void> {
    for (;;) {
      stop.throwIfAborted()
      const now = Date.now()
      if (this.#quota && this.#quota.resetAt <= now) this.#quota = undefined
      if (this.#quota && this.#quota.remaining <= this.#underWay) {
        this.pause((this.#quota.resetAt - now) / 1000, "Cloudflare's rate limit is used up")
      }
      if (this.#pausedUntil <= now) break
      await rest(this.#pausedUntil - now, stop)
    }
    this.#underWay++
  }

  done(): void {
    this.#underWay--
  }
}

/** Waits so many milliseconds. Rejects with the reason of `stop` as soon as it is aborted. */
export async function rest(milliseconds: number, stop: AbortSignal): Promise<void> {
  stop.throwIfAborted()
  await sleep(milliseconds, undefined, { signal: stop }).catch(() => stop.throwIfAborted())
}
