import { once } from 'node:events'
import { echoingError, injectedError, page } from './bad-responses.ts'
import { type EmulatedResponse, isObject, parsed } from './emulated-response.ts'
import { encoded, marked } from './encode.ts'
import type { Fault } from './faults.ts'
import { refusalOf } from './github/refusals.ts'
import { head, holdBack, type RequestContext, reset, send } from './request-context.ts'

type Of<Kind extends Fault['kind']> = Extract<Fault, { kind: Kind }>

/** Responds to one request the way a fault says. */
export async function applyFault(fault: Fault, context: RequestContext): Promise<void> {
  switch (fault.kind) {
    case 'no-response':
      return noResponse(fault, context)
    case 'response-lost':
      await context.effect()
      return reset(context)
    case 'reset':
      return reset(context)
    case 'cut':
      return cut(context, await context.effect())
    case 'slow':
      return slow(fault, context)
    case 'html':
      return instead(fault.effect ?? false, onWay(fault, context), page(fault, context))
    case 'encoded':
      return send(context, encoded(fault, await context.effect()))
    case 'byte-order-mark':
      return send(context, marked(await context.effect()))
    case 'refusal':
      return send(context, refusalOf(fault.reason, context.edge.now()))
    case 'fields':
      return send(context, withFields(fault, context, await context.effect()))
    case 'headers':
      return withHeaders(fault, context)
    case 'error':
      return instead(fault.effect ?? false, context, injectedError(fault, context))
    case 'redirect':
      return instead(fault.effect ?? false, context, elsewhere(fault, context))
    case 'huge':
      return swell(fault, context, await context.effect())
    case 'text':
      return instead(fault.effect ?? true, context, raw(fault))
    case 'echo-secret':
      return send(context, echoingError(fault, context))
  }
}

async function noResponse({ effect }: Of<'no-response'>, context: RequestContext): Promise<void> {
  if (effect) await context.effect()
  await holdBack(context, Number.POSITIVE_INFINITY)
}

async function instead(effect: boolean, context: RequestContext, emulated: EmulatedResponse): Promise<void> {
  if (effect) await context.effect()
  send(context, emulated)
}

/** A proxy's response has nothing of the service's. */
function onWay({ from }: Of<'html'>, context: RequestContext): RequestContext {
  return from === 'proxy' ? { ...context, edge: { ...context.edge, headers: {} } } : context
}

async function slow(fault: Of<'slow'>, context: RequestContext): Promise<void> {
  const early = fault.effectAfterDelay ? undefined : await context.effect()
  await holdBack(context, fault.delay)
  send(context, early ?? (await context.effect()))
}

/** A response without a body has no half: its headers are lost too. */
async function cut(context: RequestContext, emulated: EmulatedResponse): Promise<void> {
  const bytes = Buffer.from(emulated.body)
  if (bytes.length < 2) return reset(context)
  const { response } = context
  head(context, emulated)
  response.setHeader('Content-Length', bytes.length)
  await new Promise<void>(done => response.write(bytes.subarray(0, bytes.length >> 1), () => done()))
  response.destroy()
}

function raw(fault: Of<'text'>): EmulatedResponse {
  const headers = { 'Content-Type': fault.contentType ?? 'application/json' }
  return { status: fault.status ?? 200, headers, body: fault.body }
}

// The same server by another name: a client that follows with its token is caught in the list of requests.
function elsewhere(fault: Of<'redirect'>, context: RequestContext): EmulatedResponse {
  const { socket } = context.response
  const scheme = socket && 'encrypted' in socket ? 'https' : 'http'
  const location =
    fault.location ?? `${scheme}://localhost:${socket?.localPort}/redirected${context.call.path}`
  return { status: fault.status ?? 307, headers: { Location: location }, body: '' }
}

function change(target: unknown, fault: Of<'fields'>): unknown {
  if (Object.hasOwn(fault, 'result')) return fault.result
  if (!isObject(target)) return target
  const changed = { ...target, ...fault.set }
  for (const name of fault.remove ?? []) delete changed[name]
  return changed
}

/** Changes the result: Cloudflare's API wraps it (GraphQL as `data`), the others respond with nothing around it. */
function withFields(fault: Of<'fields'>, { route }: RequestContext, emulated: EmulatedResponse) {
  const body = parsed(emulated.body)
  const wrapped = route.host === 'api' && isObject(body)
  const name = route.operation === 'graphql' ? 'data' : 'result'
  const changed = wrapped ? { ...body, [name]: change(body[name], fault) } : change(body, fault)
  if (isObject(changed)) for (const name of fault.omit ?? []) delete changed[name]
  return { ...emulated, body: JSON.stringify(changed) ?? '' }
}

async function withHeaders({ set, delay = 0 }: Of<'headers'>, context: RequestContext): Promise<void> {
  const emulated = await context.effect()
  await holdBack(context, delay)
  send(context, { ...emulated, headers: { ...emulated.headers, ...set } })
}

/** The proper response with a member full of filling before its last brace: valid JSON to the end, if it ends. */
async function swell(fault: Of<'huge'>, context: RequestContext, emulated: EmulatedResponse): Promise<void> {
  const { response } = context
  const filling = Buffer.alloc(64 * 1024, 'x')
  head(context, emulated)
  const body = String(emulated.body)
  response.write(body.endsWith('}') ? `${body.slice(0, -1)},"filling":"` : '{"filling":"')
  for (let left = fault.bytes ?? 64 * 1024 * 1024; left > 0 && !response.destroyed; left -= filling.length) {
    const more = response.write(filling.subarray(0, Math.min(left, filling.length)))
    if (!more) await drained(response)
  }
  response.end('"}')
}

async function drained(response: RequestContext['response']): Promise<void> {
  const over = new AbortController()
  const { signal } = over
  await Promise.race([once(response, 'drain', { signal }), once(response, 'close', { signal })])
  over.abort()
}
