import { once } from 'node:events'
import { echoingError, edgePage, orderedError } from './bad-responses.ts'
import { isObject, parsed, type Reply } from './emulated-response.ts'
import type { Fault } from './faults.ts'
import { head, pause, reset, type Scene, send } from './request-context.ts'

type Of<Kind extends Fault['kind']> = Extract<Fault, { kind: Kind }>

/** Answers one request the way a fault says. */
export async function misbehave(fault: Fault, scene: Scene): Promise<void> {
  switch (fault.kind) {
    case 'no-answer':
      return void (fault.work && (await scene.work()))
    case 'answer-lost':
      await scene.work()
      return reset(scene)
    case 'reset':
      return reset(scene)
    case 'cut':
      return cut(scene, await scene.work())
    case 'slow':
      return slow(fault, scene)
    case 'html':
      return instead(fault.work ?? false, scene, edgePage(fault, scene))
    case 'fields':
      return send(scene, bent(fault, scene, await scene.work()))
    case 'error':
      return instead(fault.work ?? false, scene, orderedError(fault, scene))
    case 'redirect':
      return instead(fault.work ?? false, scene, elsewhere(fault, scene))
    case 'huge':
      return swell(fault, scene, await scene.work())
    case 'text':
      return instead(fault.work ?? true, scene, raw(fault))
    case 'echo-secret':
      return send(scene, echoingError(fault, scene))
  }
}

async function instead(work: boolean, scene: Scene, reply: Reply): Promise<void> {
  if (work) await scene.work()
  send(scene, reply)
}

async function slow(fault: Of<'slow'>, scene: Scene): Promise<void> {
  const early = fault.workAfterDelay ? undefined : await scene.work()
  await pause(fault.delay)
  send(scene, early ?? (await scene.work()))
}

/** An answer without a body has no half: its headers are lost too. */
async function cut(scene: Scene, reply: Reply): Promise<void> {
  const bytes = Buffer.from(reply.body)
  if (bytes.length < 2) return reset(scene)
  const { response } = scene
  head(scene, reply)
  response.setHeader('Content-Length', bytes.length)
  await new Promise<void>(done => response.write(bytes.subarray(0, bytes.length >> 1), () => done()))
  response.destroy()
}

function raw(fault: Of<'text'>): Reply {
  const headers = { 'Content-Type': fault.contentType ?? 'application/json' }
  return { status: fault.status ?? 200, headers, body: fault.body }
}

// The same server by another name: a client that follows with its token is caught in the list of requests.
function elsewhere(fault: Of<'redirect'>, scene: Scene): Reply {
  const port = scene.response.socket?.localPort ?? 80
  const location = fault.location ?? `http://localhost:${port}/redirected${scene.call.path}`
  return { status: fault.status ?? 307, headers: { Location: location }, body: '' }
}

function change(target: unknown, fault: Of<'fields'>): unknown {
  if (Object.hasOwn(fault, 'result')) return fault.result
  if (!isObject(target)) return target
  const changed = { ...target, ...fault.set }
  for (const name of fault.remove ?? []) delete changed[name]
  return changed
}

/** Changes the result: Cloudflare's management API wraps it, the others answer with nothing around it. */
function bent(fault: Of<'fields'>, scene: Scene, reply: Reply): Reply {
  const body = parsed(reply.body)
  const wrapped = scene.route.host === 'api' && isObject(body)
  const changed = wrapped ? { ...body, result: change(body.result, fault) } : change(body, fault)
  if (isObject(changed)) for (const name of fault.omit ?? []) delete changed[name]
  return { ...reply, body: JSON.stringify(changed) ?? '' }
}

/** The proper answer with a member full of filling before its last brace: valid JSON to the end, if it ends. */
async function swell(fault: Of<'huge'>, scene: Scene, reply: Reply): Promise<void> {
  const { response } = scene
  const filling = Buffer.alloc(64 * 1024, 'x')
  head(scene, reply)
  response.write(reply.body.endsWith('}') ? `${reply.body.slice(0, -1)},"filling":"` : '{"filling":"')
  for (let left = fault.bytes ?? 64 * 1024 * 1024; left > 0 && !response.destroyed; left -= filling.length) {
    const more = response.write(filling.subarray(0, Math.min(left, filling.length)))
    if (!more) await drained(response)
  }
  response.end('"}')
}

async function drained(response: Scene['response']): Promise<void> {
  const over = new AbortController()
  const { signal } = over
  await Promise.race([once(response, 'drain', { signal }), once(response, 'close', { signal })])
  over.abort()
}
