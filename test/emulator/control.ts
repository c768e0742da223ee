import { type EmulatedResponse, type IncomingRequest, isObject, json, parsed } from './emulated-response.ts'
import type { Emulator } from './emulator.ts'
import { faultFrom } from './faults.ts'

type ControlApi = Pick<
  Emulator,
  | 'keys'
  | 'requests'
  | 'seedKey'
  | 'seedUsage'
  | 'setWorker'
  | 'injectFault'
  | 'credentials'
  | 'removeKey'
  | 'github'
> & {
  environments(): unknown
  reset(): void
}

/** The control plane: the emulator's controlApi for another process. Nothing of it exists at Cloudflare or GitHub. */
export function control(controlApi: ControlApi, call: IncomingRequest): EmulatedResponse {
  const wanted = `${call.method} ${call.path.split('?', 1)[0] ?? ''}`
  switch (wanted) {
    case 'GET /emulator/keys':
      return json(200, controlApi.keys())
    case 'GET /emulator/credentials':
      return json(200, controlApi.credentials())
    case 'GET /emulator/requests':
      return json(200, controlApi.requests)
    case 'GET /emulator/environments':
      return json(200, controlApi.environments())
    case 'POST /emulator/keys':
      return seed(controlApi, parsed(call.body))
    case 'POST /emulator/workers':
      return setWorker(controlApi, parsed(call.body))
    case 'POST /emulator/usage':
      return seedUsage(controlApi, parsed(call.body))
    case 'POST /emulator/pulls':
      return seedPull(controlApi, parsed(call.body))
    case 'POST /emulator/faults':
      return injectFault(controlApi, parsed(call.body))
    case 'POST /emulator/reset':
      controlApi.reset()
      return json(200, { reset: true })
    default:
      return json(404, { error: `no ${wanted} in the control plane` })
  }
}

function injectFault(controlApi: ControlApi, body: unknown): EmulatedResponse {
  const fault = faultFrom(body)
  if (!fault) return json(400, { error: 'not a fault: see test/emulator/faults.ts' })
  controlApi.injectFault(fault)
  return json(201, fault)
}

function seed(controlApi: ControlApi, body: unknown): EmulatedResponse {
  if (!isObject(body) || typeof body.name !== 'string') return json(400, { error: 'a key needs a name' })
  const optional = ['uid', 'created', 'accountId'] as const
  const key: Parameters<ControlApi['seedKey']>[0] = { name: body.name }
  for (const name of optional) {
    const value = body[name]
    if (typeof value === 'string') key[name] = value
  }
  return json(201, controlApi.seedKey(key))
}

/** Deploys a Worker when there is none of that name; responds with it as it then is, secrets included. */
function setWorker(controlApi: ControlApi, body: unknown): EmulatedResponse {
  if (!isObject(body) || typeof body.name !== 'string') return json(400, { error: 'a Worker needs a name' })
  return json(201, controlApi.setWorker(body.name))
}

function seedUsage(controlApi: ControlApi, body: unknown): EmulatedResponse {
  const { keyId, datetime, egressBytes, ingressBytes = 0 } = isObject(body) ? body : {}
  const isTime = typeof datetime === 'string' && !Number.isNaN(Date.parse(datetime))
  if (
    typeof keyId !== 'string' ||
    !isTime ||
    typeof egressBytes !== 'number' ||
    typeof ingressBytes !== 'number'
  )
    return json(400, {
      error: 'usage needs keyId, datetime (ISO 8601) and egressBytes, and may have ingressBytes',
    })
  const row = { keyId, datetime, egressBytes, ingressBytes }
  controlApi.seedUsage(row)
  return json(201, row)
}

function seedPull({ github }: ControlApi, body: unknown): EmulatedResponse {
  const { number, state } = isObject(body) ? body : {}
  if (typeof number !== 'number' || (state !== 'open' && state !== 'closed'))
    return json(400, { error: 'a pull request needs a number, and is open or closed' })
  github.setPull(number, state)
  return json(201, { number, state })
}
