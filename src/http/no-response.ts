import { certificateProblem } from './certificate.ts'
import { RequestError } from './error.ts'
import type { HttpRequest } from './send-once.ts'

/** What an error says: that of several addresses tried in vain has no message, but a code. */
export const messageOrCode = (error: Error): string =>
  error.message || ('code' in error ? String(error.code) : error.name)

/** No complete response arrived. `sent` says whether the server may have seen the request. */
export class NoResponseError extends Error {
  override name = 'NoResponseError'
  readonly sent: boolean

  constructor(sent: boolean, cause: Error) {
    super(messageOrCode(cause), { cause })
    this.sent = sent
  }
}

/** The error for a request that got no complete response. `signal` is what could abort it. */
export function toRequestError(
  error: NoResponseError,
  request: HttpRequest,
  attempts: number,
  signal: AbortSignal,
): RequestError {
  const { sent, message, cause } = error
  const hint = sent ? undefined : refusalHint(error, request.url.host)
  return new RequestError({
    operation: request.operation,
    kind: hint ? 'rejected' : sent ? 'outcome-unknown' : 'not-sent',
    reason: `${sent ? 'no complete response from' : 'no connection to'} ${request.url.host} (${message})`,
    hint: hint ?? (cause === signal.reason ? undefined : networkErrorHint(cause)),
    attempts,
    cause,
  })
}

/** What to do about a connection that no retry brings about; undefined for any other. */
function refusalHint(error: NoResponseError, host: string): string | undefined {
  if (/Proxy response \(407\)/i.test(error.message)) {
    return 'The proxy asks for a user name and password: put them into the URL in https_proxy, with special characters percent-encoded.'
  }
  const problem = certificateProblem(error)
  if (problem === 'dates') {
    return `This machine's clock says ${new Date().toISOString()}: set it if that is wrong. Otherwise the certificate of the server, or of a proxy in between, must be renewed.`
  }
  if (problem === 'host') {
    return `The certificate is for another host than ${host}: check the URL, and the proxy or DNS that leads there.`
  }
  return (
    problem &&
    'The certificate is not trusted here: behind a proxy that inspects TLS, set NODE_EXTRA_CA_CERTS to its certificate.'
  )
}

/** What most likely kept a response from coming. */
function networkErrorHint(cause: unknown): string {
  if (cause instanceof Error && /proxy/i.test(cause.message)) return 'Check https_proxy and no_proxy on this runner.'
  return 'Check the network of this runner: a firewall, a proxy (https_proxy), DNS.'
}
