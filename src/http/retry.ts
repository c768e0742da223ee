import type { HttpClient, ResponseReader } from './client.ts'
import { RequestError } from './error.ts'
import { NoResponseError, toRequestError } from './no-response.ts'
import type { HttpRequest, HttpResponse } from './send-once.ts'
import { monotonicEpochMs, sleep } from './time.ts'

const MAX_ATTEMPTS = 3
const INITIAL_BACKOFF_MS = 500
const CONNECT_RETRY_WINDOW_MS = 15_000

/** What the attempts so far came to. */
interface Progress {
  /** The errors of attempts that may have been carried out. */
  readonly ambiguous: RequestError[]
  throttled: RequestError | undefined
  firstConnectAt: number | undefined
  connectRetries: number
}

/**
 * Sends a request until it succeeds. Retried are: what surely was not processed (no connection for about 15 seconds, a
 * rate limit within 5 minutes in all), and, when it is retryable, what may have been, up to 3 attempts.
 * @throws RequestError; after an attempt that may have been carried out, that one, a rejection, or a rate limit, which
 * says when to come back.
 * @throws the reason of `client.drain`
 */
export async function sendAndReadWithRetry<T>(
  client: HttpClient,
  request: HttpRequest,
  reader: ResponseReader<T>,
): Promise<T> {
  const { rateLimitWaiter, drain } = client
  const reason = `${rateLimitWaiter.service}'s rate limit is exceeded`
  const progress: Progress = { ambiguous: [], throttled: undefined, firstConnectAt: undefined, connectRetries: 0 }
  try {
    // Before a job's cancellation is looked at, not between that and the request.
    const [{ sendOnce }, dispatcher] = await Promise.all([import('./dispatcher.ts'), client.dispatcher()])
    const send = () => sendOnce(dispatcher, request, client.signal)
    for (;;) {
      const attempts = progress.ambiguous.length + 1
      const usedUp = new RequestError({ operation: request.operation, kind: 'throttled', reason, attempts })
      await rateLimitWaiter.acquire(drain, progress.throttled ?? usedUp)
      progress.firstConnectAt ??= monotonicEpochMs()
      const error = await attempt(client, send, request, reader, attempts)
      if (!(error instanceof RequestError)) return error.value
      await prepareRetry(client, request, error, progress)
    }
  } catch (error) {
    if (error instanceof RequestError && (error.kind === 'rejected' || error.kind === 'throttled')) throw error
    throw progress.ambiguous.at(-1) ?? error
  }
}

/** Waits until the next attempt may start. Throws the error when there is none. */
async function prepareRetry(client: HttpClient, request: HttpRequest, error: RequestError, progress: Progress) {
  const { rateLimitWaiter, drain, info } = client
  const { retryable = request.method !== 'POST' } = request
  const { ambiguous, firstConnectAt = 0, connectRetries } = progress
  progress.throttled = error.kind === 'throttled' ? error : undefined
  if (error.kind === 'not-sent' && monotonicEpochMs() - firstConnectAt < CONNECT_RETRY_WINDOW_MS) {
    progress.connectRetries++
    if (connectRetries === 0) info(`${error.message} Retrying for 15 seconds.`)
    return sleep(INITIAL_BACKOFF_MS * 2 ** Math.min(connectRetries, 2), drain)
  }
  progress.firstConnectAt = undefined
  progress.connectRetries = 0
  if (error.kind === 'throttled') return rateLimitWaiter.throttle(error.retryAfter)
  if (error.kind !== 'outcome-unknown') throw error
  ambiguous.push(error)
  request.onLostResponse?.()
  if (!retryable || ambiguous.length === MAX_ATTEMPTS) throw error
  drain.throwIfAborted()
  info(`${error.message} Retrying.`)
  await sleep(INITIAL_BACKOFF_MS * 2 ** ambiguous.length, drain)
}

async function attempt<T>(
  { rateLimitWaiter, signal, debug, redact }: HttpClient,
  send: () => Promise<HttpResponse>,
  request: HttpRequest,
  reader: ResponseReader<T>,
  attempts: number,
): Promise<RequestError | { value: T }> {
  const { operation, method, url } = request
  try {
    request.beforeAttempt?.()
    const response = await send()
    debug(`${method} ${url.pathname}: HTTP status ${response.status} (${reader.requestId(response) ?? 'no id'})`)
    rateLimitWaiter.setQuotaReset(reader.quotaResetSeconds(response))
    const value = reader.parse({ ...response, operation, attempts, redact })
    rateLimitWaiter.succeed()
    return { value }
  } catch (error) {
    if (error instanceof RequestError) return error
    if (error instanceof NoResponseError) return toRequestError(error, request, attempts, signal)
    throw error
  }
}
