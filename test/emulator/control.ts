import { type Call, isObject, json, parsed, type Reply } from './emulated-response.ts'
import type { Emulator } from './emulator.ts'
import { faultFrom } from './faults.ts'

type Face = Pick<Emulator, 'keys' | 'requests' | 'seedKey' | 'order' | 'credentials' | 'removeKey'> & {
  environments(): unknown
  reset(): void
}

/** The control plane: the emulator's face for another process. Nothing of it exists at Cloudflare or GitHub. */
export function control(face: Face, call: Call): Reply {
  const wanted = `${call.method} ${call.path.split('?', 1)[0] ?? ''}`
  switch (wanted) {
    case 'GET /emulator/keys':
      return json(200, face.keys())
    case 'GET /emulator/credentials':
      return json(200, face.credentials())
    case 'GET /emulator/requests':
      return json(200, face.requests)
    case 'GET /emulator/environments':
      return json(200, face.environments())
    case 'POST /emulator/keys':
      return seed(face, parsed(call.body))
    case 'POST /emulator/faults':
      return order(face, parsed(call.body))
    case 'POST /emulator/reset':
      face.reset()
      return json(200, { reset: true })
    default:
      return json(404, { error: `no ${wanted} in the control plane` })
  }
}

function order(face: Face, body: unknown): Reply {
  const fault = faultFrom(body)
  if (!fault) return json(400, { error: 'not a fault: see test/emulator/faults.ts' })
  face.order(fault)
  return json(201, fault)
}

function seed(face: Face, body: unknown): Reply {
  if (!isObject(body) || typeof body.name !== 'string') return json(400, { error: 'a key needs a name' })
  const optional = ['uid', 'created', 'accountId'] as const
  const key: Parameters<Face['seedKey']>[0] = { name: body.name }
  for (const name of optional) {
    const value = body[name]
    if (typeof value === 'string') key[name] = value
  }
  return json(201, face.seedKey(key))
}
