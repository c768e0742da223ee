import type { Dispatcher } from 'undici'
import { type Answer, readAnswer } from './answer.ts'
import { CloudflareError } from './error.ts'
import { exchange, type HttpAnswer, type HttpRequest, NoAnswer } from './exchange.ts'
import { type RateLimit, RateLimitExceeded, rest } from './rate-limit.ts'

/** How long a step goes on: `stop` forbids anything new and ends waits, `cut` ends the request under way. */
export interface Lifeline {
  stop: AbortSignal
  cut: AbortSignal
}

/** What all requests of a step share. */
export interface Connection {
  dispatcher: Dispatcher
  rateLimit: RateLimit
  /** A line for the log. */
  say: (text: string) => void
  /** A line for the debug log. */
  debug: (text: string) => void
}

/** One of Cloudflare's two APIs, as the bearer of one token. `baseUrl` has no slash at its end. */
export interface Api extends Connection {
  baseUrl: string
  bearer: string
  lifeline: Lifeline
}

/** One call. `repeatable` says that doing it twice does no harm. */
export interface Call {
  /** To follow "Could not": `list the TURN keys`. */
  operation: string
  method: HttpRequest['method']
  path: string
  body?: Record<string, unknown>
  repeatable: boolean
}

const TRIES = 3
const FIRST_BACKOFF = 500
const PATIENCE_FOR_A_CONNECTION = 15_000
const BAD_MANNERS_WAIT = 2

/**
 * Makes a call and returns the answer when it is a success.
 * Repeated are: what surely was not processed (no connection for about 15 seconds, a rate limit within 5 minutes
 * in all), and, when the call is repeatable, what may have been, up to 3 tries.
 * @throws CloudflareError
 * @throws the reason of `lifeline.stop`, when nothing is under way.
 */
export async function request(api: Api, call: Call): Promise<Answer> {
  const begun = Date.now()
  for (let tries = 1, connecting = 0; ; ) {
    const failure = await attempt(api, call, tries)
    if (!(failure instanceof CloudflareError)) return failure
    const { stop } = api.lifeline
    if (failure.fate === 'rate limited') continue
    if (failure.fate === 'unprocessed' && Date.now() - begun < PATIENCE_FOR_A_CONNECTION) {
      if (connecting === 0) api.say(`${failure.message} Trying again for 15 seconds.`)
      await rest(FIRST_BACKOFF * 2 ** Math.min(connecting++, 2), stop)
    } else if (failure.fate === 'unknown' && call.repeatable && tries < TRIES && !stop.aborted) {
      api.say(`${failure.message} Trying again.`)
      await rest(FIRST_BACKOFF * 2 ** tries++, stop)
    } else throw failure
  }
}

async function attempt(api: Api, call: Call, tries: number): Promise<Answer | CloudflareError> {
  await admitted(api, call)
  try {
    const answered = await exchange(api.dispatcher, httpRequest(api, call), api.lifeline.cut)
    api.debug(
      `${call.method} ${call.path}: ${answered.status}, cf-ray ${answered.headers['cf-ray'] ?? 'none'}`,
    )
    api.rateLimit.note(answered.headers.ratelimit)
    const answer = readAnswer(answered, call.operation, tries)
    if (answer instanceof CloudflareError && answer.fate === 'rate limited')
      plan(api, secondsToWait(answered), answer)
    return answer
  } catch (error) {
    if (error instanceof NoAnswer) return silence(api, call, tries, error)
    throw error
  } finally {
    api.rateLimit.done()
  }
}

async function admitted({ rateLimit, lifeline }: Api, { operation }: Call): Promise<void> {
  try {
    await rateLimit.ready(lifeline.stop)
  } catch (error) {
    if (!(error instanceof RateLimitExceeded)) throw error
    const what = "Cloudflare's rate limit is used up"
    throw new CloudflareError({ operation, fate: 'rate limited', what, advice: error.message, cause: error })
  }
}

function plan({ rateLimit }: Api, seconds: number, refusal: CloudflareError): void {
  try {
    rateLimit.pause(seconds, 'Cloudflare limits the rate of requests')
  } catch (error) {
    throw error instanceof RateLimitExceeded ? refusal.advising(error.message) : error
  }
}

function silence(
  { baseUrl }: Api,
  { operation }: Call,
  tries: number,
  { sent, message, cause }: NoAnswer,
): CloudflareError {
  return new CloudflareError({
    operation,
    fate: sent ? 'unknown' : 'unprocessed',
    what: `${sent ? 'no whole answer from' : 'no connection to'} ${new URL(baseUrl).host} (${message})`,
    tries,
    cause,
  })
}

function httpRequest({ baseUrl, bearer }: Api, { method, path, body }: Call): HttpRequest {
  const headers: Record<string, string> = {
    authorization: `Bearer ${bearer}`,
    accept: 'application/json',
    'user-agent': 'cloudflare-turn-key',
  }
  if (body) headers['content-type'] = 'application/json'
  return { method, url: new URL(baseUrl + path), headers, body: body ? JSON.stringify(body) : null }
}

/** `Retry-After` as seconds or as an HTTP date (RFC 9110, section 10.2.3). */
function secondsToWait({ headers }: HttpAnswer): number {
  const header = headers['retry-after'] ?? ''
  const seconds = /^\d+$/.test(header) ? Number(header) : (Date.parse(header) - Date.now()) / 1000
  return Number.isFinite(seconds) && seconds > 0 ? Math.ceil(seconds) : BAD_MANNERS_WAIT
}
