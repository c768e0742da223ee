import { graphqlErrors } from './cloudflare/envelope.ts'
import { type EmulatedResponse, json } from './emulated-response.ts'
import type { Fault } from './faults.ts'
import type { RequestContext } from './request-context.ts'

type Of<Kind extends Fault['kind']> = Extract<Fault, { kind: Kind }>

function waiting(retryAfter: number | string | undefined): Record<string, string> {
  return retryAfter === undefined ? {} : { 'Retry-After': String(retryAfter) }
}

function githubError(status: number, message: string): Record<string, unknown> {
  return { message, documentation_url: 'https://docs.github.com/rest', status: String(status) }
}

/** An error that was injected, in the form of the service it was injected into: GraphQL's own when it is a `message`. */
export function injectedError(fault: Of<'error'>, context: RequestContext): EmulatedResponse {
  const { status, errors = [], message = 'Injected error' } = fault
  if (context.route.operation === 'graphql' && fault.errors === undefined) {
    const emulated = graphqlErrors([{ message }], status)
    return { ...emulated, headers: { ...emulated.headers, ...waiting(fault.retryAfter), ...fault.headers } }
  }
  const body =
    context.route.host === 'github'
      ? githubError(status, message)
      : { success: false, errors, messages: [], result: null }
  const kept = Object.entries(body).filter(([name]) => !fault.omit?.includes(name))
  return json(status, Object.fromEntries(kept), { ...waiting(fault.retryAfter), ...fault.headers })
}

/** An error whose text holds the token, after as many characters as the fault says, workflow commands, terminal escapes and markup. */
export function echoingError(fault: Of<'echo-secret'>, context: RequestContext): EmulatedResponse {
  const token = context.call.headers.authorization ?? ''
  const message = [
    `${'x'.repeat(fault.after ?? 0)}refused ${token}`,
    '::error::injected',
    '::add-mask::injected',
    '##[error]injected',
    '\u001b[31mred\u001b[0m\r::set-output name=uid::injected',
    '<img src=x> | `code` | **bold** ](https://example.invalid)',
  ].join('\n')
  const status = fault.status ?? 400
  if (context.route.host === 'github') return json(status, githubError(status, message))
  if (context.route.operation === 'graphql') return graphqlErrors([{ message }], status)
  return json(status, { success: false, errors: [{ code: 1004, message }], messages: [], result: null })
}

const TITLES: Readonly<Record<number, string>> = {
  200: 'Sign in to continue',
  401: 'Sign in to continue',
  403: 'Access denied',
  404: 'Page not found',
  407: 'Proxy authentication required',
  429: 'Too many requests',
  500: 'Internal server error',
  502: 'Bad gateway',
  503: 'Service temporarily unavailable',
  504: 'Gateway time-out',
  520: 'Web server is returning an unknown error',
  521: 'Web server is down',
  522: 'Connection timed out',
  523: 'Origin is unreachable',
  524: 'A timeout occurred',
  525: 'SSL handshake failed',
  526: 'Invalid SSL certificate',
  530: 'Origin DNS error',
}

/** A page of an edge or of a proxy, with the nastiest thing that a page can hold: what was sent. */
export function page(fault: Of<'html'>, context: RequestContext): EmulatedResponse {
  const status = fault.status ?? 502
  const ray = context.edge.headers['cf-ray']
  const body = `<!DOCTYPE html>
<html class="no-js" lang="en-US">
<head><title>${TITLES[status] ?? 'Error'}</title><meta charset="UTF-8" /></head>
<body>
<div id="cf-wrapper"><div id="cf-error-details">
<h1><span>${TITLES[status] ?? 'Error'}</span> <span>Error code ${status}</span></h1>
<p>Visit <a href="https://www.cloudflare.com/5xx-error-landing">cloudflare.com</a> for more information.</p>
<pre>${context.call.method} ${context.call.path}
Authorization: ${context.call.headers.authorization ?? ''}</pre>
${ray && fault.from !== 'proxy' ? `<p>Cloudflare Ray ID: <strong>${ray}</strong></p>` : ''}
</div></div>
</body>
</html>
`
  const headers = { 'Content-Type': 'text/html; charset=UTF-8', ...waiting(fault.retryAfter) }
  return { status, headers, body }
}
