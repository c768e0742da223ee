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
export function exchange(
  dispatcher: Dispatcher,
  request: HttpRequest,
  cut: AbortSignal,
): Promise<HttpAnswer> {
  return new Promise((resolve, reject) => {
    const sentAt = Date.now()
    const chunks: Buffer[] = []
    let size = 0
    let head: Pick<HttpAnswer, 'status' | 'headers'> = { status: 0, headers: {} }
    let controller: Dispatcher.DispatchController | undefined
    let givenUp: Error | undefined

    const giveUp = (reason: Error) => {
      givenUp = reason
      controller?.abort(reason)
      settle(() => reject(new NoAnswer(controller !== undefined, reason)))
    }
    const onCut = () =>
      giveUp(cut.reason instanceof Error ? cut.reason : new Error('the request was given up'))
    const timer = setTimeout(() => giveUp(new Error('no answer within 30 seconds')), TIME_LIMIT)
    const settle = (finish: () => void) => {
      clearTimeout(timer)
      cut.removeEventListener('abort', onCut)
      finish()
    }
    if (cut.aborted) return onCut()
    cut.addEventListener('abort', onCut)

    const { origin, pathname, search } = request.url
    const { method, headers, body } = request
    dispatcher.dispatch(
      { origin, path: pathname + search, method, headers, body },
      {
        // Undici calls this when a connection stands and the first byte is about to leave.
        onRequestStart(started) {
          controller = started
          if (givenUp) started.abort(givenUp)
        },
        onResponseStart(_, status, answered) {
          head = { status, headers: oneValueEach(answered) }
        },
        onResponseData(_, chunk) {
          size += chunk.length
          if (size > LARGEST_ANSWER) giveUp(new Error('the answer is larger than 8 MiB'))
          else chunks.push(chunk)
        },
        onResponseEnd() {
          const text = Buffer.concat(chunks).toString('utf8')
          settle(() => resolve({ ...head, text, sentAt, receivedAt: Date.now() }))
        },
        onResponseError(_, error) {
          settle(() => reject(new NoAnswer(controller !== undefined, error)))
        },
      },
    )
  })
}

function oneValueEach(headers: Record<string, string | string[] | undefined>): HttpAnswer['headers'] {
  return Object.fromEntries(
    Object.entries(headers).map(([name, value]) => [
      name.toLowerCase(),
      Array.isArray(value) ? value[0] : value,
    ]),
  )
}
