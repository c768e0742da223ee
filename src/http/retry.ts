import type { Dispatcher } from 'undici'
import { type Failure, isFailure, type Silence, silenceOf } from './error.ts'
import { type RateLimit, RateLimitExceeded, rest } from './rate-limit.ts'
import { exchange, type HttpAnswer, type HttpRequest, NoAnswer } from './send-once.ts'

/** How long a step goes on: `stop` forbids anything new and ends waits, `cut` ends the request under way. */
export interface Lifeline {
  readonly stop: AbortSignal
  readonly cut: AbortSignal
}

/** The way to one service. `say` writes a line to the log, `debug` one to the debug log. */
export interface Line {
  readonly dispatcher: Dispatcher
  readonly rateLimit: RateLimit
  readonly lifeline: Lifeline
  readonly say: (text: string) => void
  readonly debug: (text: string) => void
}

/** What to send, and how to read what comes back. `repeatable` says that doing it twice does no harm. */
export interface Errand<T> {
  readonly request: HttpRequest
  readonly repeatable: boolean
  /** Tells success from failure; `tries` counts the times that the request may have been carried out. */
  readonly read: (answer: HttpAnswer, tries: number) => T | Failure
  /** The failure of a request without a whole answer, or one that a rate limit kept from being sent. */
  readonly fail: (silence: Silence) => Failure
}

const TRIES = 3
const FIRST_BACKOFF = 500
const PATIENCE_FOR_A_CONNECTION = 15_000

/**
 * Runs an errand until it succeeds. Repeated are: what surely was not processed (no connection for about 15 seconds,
 * a rate limit within 5 minutes in all), and, when it is repeatable, what may have been, up to 3 tries.
 * @throws the errand's Failure; once a try may have been carried out, nothing less than that, a refusal, or a rate limit,
 * which says when to come back.
 * @throws the reason of `lifeline.stop`
 */
export async function persist<T>(line: Line, errand: Errand<T>): Promise<T> {
  const doubts: Failure[] = []
  try {
    return await repeat(line, errand, doubts)
  } catch (error) {
    if (isFailure(error) && (error.fate === 'refused' || error.fate === 'rate limited')) throw error
    throw doubts.at(-1) ?? error
  }
}

async function repeat<T>(line: Line, errand: Errand<T>, doubts: Failure[]): Promise<T> {
  const { stop } = line.lifeline
  let begun = 0
  for (let connecting = 0; ; ) {
    await admitted(line, errand, doubts.length + 1)
    if (connecting === 0) begun = Date.now()
    const { value, failure } = await attempt(line, errand, doubts.length + 1)
    if (!failure) return value
    if (failure.fate !== 'unprocessed') connecting = 0
    if (failure.fate === 'unknown') doubts.push(failure)
    if (failure.fate === 'rate limited') {
      planToWait(line, failure)
    } else if (failure.fate === 'unprocessed' && Date.now() - begun < PATIENCE_FOR_A_CONNECTION) {
      if (connecting === 0) line.say(`${failure.message} Trying again for 15 seconds.`)
      await rest(FIRST_BACKOFF * 2 ** Math.min(connecting++, 2), stop)
    } else if (failure.fate === 'unknown' && errand.repeatable && doubts.length < TRIES) {
      stop.throwIfAborted()
      line.say(`${failure.message} Trying again.`)
      await rest(FIRST_BACKOFF * 2 ** doubts.length, stop)
    } else throw failure
  }
}

type Attempt<T> = { value: T; failure?: undefined } | { failure: Failure; value?: undefined }

async function attempt<T>(line: Line, errand: Errand<T>, tries: number): Promise<Attempt<T>> {
  const { request } = errand
  try {
    const answer = await exchange(line.dispatcher, request, line.lifeline.cut)
    const id = answer.headers['cf-ray'] ?? answer.headers['x-github-request-id'] ?? 'not named'
    line.debug(`${request.method} ${request.url.pathname}: HTTP status ${answer.status}, request ${id}`)
    line.rateLimit.note(answer.headers.ratelimit)
    const read = errand.read(answer, tries)
    return isFailure(read) ? { failure: read } : { value: read }
  } catch (error) {
    if (!(error instanceof NoAnswer)) throw error
    return { failure: errand.fail(silenceOf(error, request.url.host, tries)) }
  } finally {
    line.rateLimit.done()
  }
}

async function admitted(
  { rateLimit, lifeline }: Line,
  { fail }: Errand<unknown>,
  tries: number,
): Promise<void> {
  try {
    await rateLimit.ready(lifeline.stop)
  } catch (error) {
    if (!(error instanceof RateLimitExceeded)) throw error
    const what = `${rateLimit.service}'s rate limit is used up`
    throw fail({ fate: 'rate limited', what, tries }).advising(error.message)
  }
}

function planToWait({ rateLimit }: Line, failure: Failure): void {
  try {
    rateLimit.pause(failure.retryAfter ?? 0)
  } catch (error) {
    throw error instanceof RateLimitExceeded ? failure.advising(error.message) : error
  }
}
