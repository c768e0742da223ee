import {
  type EmulatedResponse,
  type IncomingRequest,
  isObject,
  json,
  parsed,
  plain,
} from '../emulated-response.ts'
import type { Route } from '../routes.ts'
import type { Environment, StoredValue } from './environments.ts'
import { isAllowedName, MOST_BYTES } from './names.ts'
import { notFound, refused } from './responses.ts'
import type { SealedBox } from './sealed-box.ts'

/** The calls on an environment's secrets: nobody can read a value back. */
export async function secretCall(
  environment: Environment,
  route: Route,
  call: IncomingRequest,
  box: SealedBox,
): Promise<EmulatedResponse> {
  const { name = '' } = route.params
  const { secrets } = environment
  switch (route.operation) {
    case 'gh-public-key':
      return json(200, { key_id: box.keyId, key: await box.publicKey() })
    case 'gh-secret-list': {
      const list = Object.entries(secrets.all()).map(([name, secret]) => described(name, secret))
      return json(200, { total_count: list.length, secrets: list })
    }
    case 'gh-secret-get': {
      const secret = secrets.get(name)
      return secret ? json(200, described(name, secret)) : notFound()
    }
    case 'gh-secret-put':
      return put(environment, name, parsed(call.body), box)
    default:
      return secrets.remove(name) ? plain(204) : notFound()
  }
}

function described(name: string, { createdAt, updatedAt }: StoredValue): Record<string, string> {
  return { name: name.toUpperCase(), created_at: createdAt, updated_at: updatedAt }
}

async function put(
  { secrets }: Environment,
  name: string,
  body: unknown,
  box: SealedBox,
): Promise<EmulatedResponse> {
  if (!isObject(body)) return refused(400, 'Problems parsing JSON')
  const { encrypted_value: sealed, key_id: keyId } = body
  if (!isAllowedName(name))
    return refused(422, 'Secret names must be alphanumeric or underscore, not GITHUB_*')
  if (typeof sealed !== 'string') return refused(422, 'Invalid request. "encrypted_value" wasn\'t supplied.')
  if (keyId !== box.keyId) return refused(422, 'Bad request - the key_id does not match the public key')
  const value = await box.open(sealed)
  if (value === undefined) return refused(422, 'Bad request - the value was not sealed with the public key')
  if (Buffer.byteLength(value) > MOST_BYTES) return refused(422, 'Secret value is too large')
  return secrets.set(name, value) ? json(201, {}) : plain(204)
}
