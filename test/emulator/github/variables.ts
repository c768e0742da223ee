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
import { notFound, pageOf, refused } from './responses.ts'

/** By default, and at most: https://docs.github.com/rest/actions/variables#list-environment-variables */
const PAGE_SIZES = [10, 30] as const

/** The calls on an environment's variables. */
export function variableCall(
  { variables }: Environment,
  route: Route,
  call: IncomingRequest,
): EmulatedResponse {
  const { name = '' } = route.params
  switch (route.operation) {
    case 'gh-variable-list': {
      const list = Object.entries(variables.all()).map(([name, variable]) => described(name, variable))
      const { shown, headers } = pageOf(list, call.path, PAGE_SIZES)
      return json(200, { total_count: list.length, variables: shown }, headers)
    }
    case 'gh-variable-get': {
      const variable = variables.get(name)
      return variable ? json(200, described(name, variable)) : notFound()
    }
    case 'gh-variable-post':
      return post(variables, parsed(call.body))
    case 'gh-variable-patch':
      return patch(variables, name, parsed(call.body))
    default:
      return variables.remove(name) ? plain(204) : notFound()
  }
}

function described(name: string, variable: StoredValue): Record<string, string> {
  const { value, createdAt, updatedAt } = variable
  return { name: name.toUpperCase(), value, created_at: createdAt, updated_at: updatedAt }
}

function badValue(value: unknown): EmulatedResponse | undefined {
  if (typeof value !== 'string') return refused(422, 'Invalid request. "value" wasn\'t supplied.')
  return Buffer.byteLength(value) > MOST_BYTES ? refused(422, 'Variable value is too large') : undefined
}

function post(variables: Environment['variables'], body: unknown): EmulatedResponse {
  if (!isObject(body)) return refused(400, 'Problems parsing JSON')
  const { name, value } = body
  if (typeof name !== 'string' || !isAllowedName(name)) return refused(422, 'Variable name is invalid')
  const bad = badValue(value)
  if (bad) return bad
  if (variables.get(name)) return refused(409, 'Already exists - Variable already exists')
  variables.set(name, String(value))
  return json(201, {})
}

/** The body may rename it too. */
function patch(variables: Environment['variables'], name: string, body: unknown): EmulatedResponse {
  if (!isObject(body)) return refused(400, 'Problems parsing JSON')
  const before = variables.get(name)
  if (!before) return notFound()
  const bad = body.value === undefined ? undefined : badValue(body.value)
  if (bad) return bad
  const renamed = typeof body.name === 'string' ? body.name : name
  if (!isAllowedName(renamed)) return refused(422, 'Variable name is invalid')
  if (renamed.toUpperCase() !== name.toUpperCase()) variables.remove(name)
  variables.set(renamed, typeof body.value === 'string' ? body.value : before.value)
  return plain(204)
}
