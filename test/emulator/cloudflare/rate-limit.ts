/** What one caller's count says about one request. */
interface Allowance {
  readonly headers: Record<string, string>
  /** Seconds until the window ends, when this request is past the limit. */
  readonly retryAfter: number | undefined
}

interface Window {
  start: number
  used: number
}

function current(windows: Map<string, Window>, caller: string, length: number, now: number): Window {
  const open = windows.get(caller)
  if (open && now - open.start < length) return open
  const fresh = { start: now, used: 0 }
  windows.set(caller, fresh)
  return fresh
}

/**
 * Cloudflare's two limits: so many requests a token in a window of minutes, which once reached blocks every call until
 * the window ends, and so many a second from one address (all of loopback is one).
 */
export class RateLimit {
  readonly #limit: number
  readonly #window: number
  readonly #perSecond: number
  readonly #tokens = new Map<string, Window>()
  readonly #address = new Map<string, Window>()

  constructor(quota: { limit: number; window: number }, perSecond: number) {
    this.#limit = quota.limit
    this.#window = quota.window
    this.#perSecond = perSecond
  }

  /** Counts one request and says what the headers of its response are. */
  take(caller: string, now: number): Allowance {
    const window = current(this.#tokens, caller, this.#window * 1000, now)
    const second = current(this.#address, 'loopback', 1000, now)
    window.used += 1
    second.used += 1
    const reset = Math.max(1, Math.ceil((window.start + this.#window * 1000 - now) / 1000))
    const remaining = Math.max(0, this.#limit - window.used)
    const headers = {
      Ratelimit: `"default";r=${remaining};t=${reset}`,
      'Ratelimit-Policy': `"default";q=${this.#limit};w=${this.#window}`,
    }
    if (window.used > this.#limit) return { headers, retryAfter: reset }
    return { headers, retryAfter: second.used > this.#perSecond ? 1 : undefined }
  }

  clear(): void {
    this.#tokens.clear()
    this.#address.clear()
  }
}
