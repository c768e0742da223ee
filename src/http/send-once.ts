import type { Dispatcher } from 'undici'

/** One HTTP request, ready to be sent. `body` is JSON text. */
export interface HttpRequest {
  method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'
  url: URL
  headers: Record<string, string>
  body: string | null
}

/** What came back, whatever its status. Header names are lower-case; times are milliseconds since the epoch. */
export interface HttpAnswer {
  status: number
  headers: Readonly<Record<string, string | undefined>>
  text: string
  sentAt: number
  receivedAt: number
}

/** No whole answer arrived. `sent` says whether the server may have seen the request. */
export class NoAnswer extends Error {
  override name = 'NoAnswer'
  readonly sent: boolean

  constructor(sent: boolean, cause: Error) {
    // The error of several addresses tried in vain has an empty message, but a code.
    super(cause.message || ('code' in cause ? String(cause.code) : cause.name), { cause })
    this.sent = sent
  }
}

const TIME_LIMIT = 30_000
const LARGEST_ANSWER = 8 * 1024 * 1024

/**
 * Sends one request, once, and follows no redirect. It ends after 30 seconds, or when `cut` is aborted.
 * @throws NoAnswer when there is no whole answer of at most 8 MiB.
 */
export async function exchange(
  dispatcher: Dispatcher,
  request: HttpRequest,
  cut: AbortSignal,
): Promise<HttpAnswer> {
  const listener = new Listener()
  const timer = setTimeout(() => listener.giveUp(new Error('no answer within 30 seconds')), TIME_LIMIT)
  const onCut = () => listener.giveUp(cut.reason)
  cut.addEventListener('abort', onCut)
  const { origin, pathname, search } = request.url
  const { method, headers, body } = request
  try {
    if (cut.aborted) onCut()
    else dispatcher.dispatch({ origin, path: pathname + search, method, headers, body }, listener)
    return await listener.answer
  } finally {
    clearTimeout(timer)
    cut.removeEventListener('abort', onCut)
  }
}

/** Hears from undici what becomes of one request. */
class Listener implements Dispatcher.DispatchHandler {
  readonly #settled = Promise.withResolvers<HttpAnswer>()
  readonly #sentAt = Date.now()
  readonly #chunks: Buffer[] = []
  #size = 0
  #head: Pick<HttpAnswer, 'status' | 'headers'> = { status: 0, headers: {} }
  #controller: Dispatcher.DispatchController | undefined
  #givenUp: Error | undefined

  get answer(): Promise<HttpAnswer> {
    return this.#settled.promise
  }

  /** Ends the request, whether or not it has begun. */
  giveUp(reason: Error): void {
    this.#givenUp = reason
    this.#controller?.abort(reason)
    this.onResponseError(this.#controller, reason)
  }

  /** Called when a connection stands, and the first byte is about to leave. */
  onRequestStart(controller: Dispatcher.DispatchController): void {
    this.#controller = controller
    if (this.#givenUp) controller.abort(this.#givenUp)
  }

  onResponseStart(_: unknown, status: number, headers: Record<string, string | string[] | undefined>): void {
    this.#head = { status, headers: oneValueEach(headers) }
  }

  onResponseData(_: unknown, chunk: Buffer): void {
    this.#size += chunk.length
    if (this.#size > LARGEST_ANSWER) this.giveUp(new Error('the answer is larger than 8 MiB'))
    else this.#chunks.push(chunk)
  }

  onResponseEnd(): void {
    const text = Buffer.concat(this.#chunks).toString('utf8')
    this.#settled.resolve({ ...this.#head, text, sentAt: this.#sentAt, receivedAt: Date.now() })
  }

  onResponseError(_: unknown, error: Error): void {
    this.#settled.reject(new NoAnswer(this.#controller !== undefined, error))
  }
}

function oneValueEach(headers: Record<string, string | string[] | undefined>): HttpAnswer['headers'] {
  return Object.fromEntries(
    Object.entries(headers).map(([name, value]) => [
      name.toLowerCase(),
      Array.isArray(value) ? value[0] : value,
    ]),
  )
}
