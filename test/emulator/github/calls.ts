import { type EmulatedResponse, type IncomingRequest, json } from '../emulated-response.ts'
import type { Route } from '../routes.ts'
import { type Environment, type Environments, REPOSITORY } from './environments.ts'
import { type Owners, ownerCall } from './owners.ts'
import { notFound, pageOf } from './responses.ts'
import type { SealedBox } from './sealed-box.ts'
import { secretCall } from './secrets.ts'
import { statusCall } from './statuses.ts'
import { type Permissions, refusal } from './tokens.ts'
import { variableCall } from './variables.ts'

/** Responds to a call with a token that exists; what it may do is decided here. */
export async function authorized(
  permissions: Permissions,
  environments: Environments,
  owners: Owners,
  box: SealedBox,
  route: Route,
  call: IncomingRequest,
): Promise<EmulatedResponse> {
  const { owner = '', repo = '', environment: name = REPOSITORY } = route.params
  const { operation } = route
  const full = `${owner}/${repo}`
  const known = operation !== 'unknown' && operation !== 'wrong-method'
  if (!known || !environments.hasRepo(full)) return notFound()
  const isPrivate = environments.isPrivate(full)
  const no = refusal(permissions, route, { name: full, isPrivate }, call.method)
  if (no) return no
  if (operation === 'gh-environment-list') return environmentList(environments.of(full), call.path)
  if (operation === 'gh-repo')
    return json(200, repository(owner, repo, isPrivate, environments.createdAt(full)))
  if (operation === 'gh-status') return statusCall(owners.of(full).statuses, route.params.sha ?? '', call)
  if (/^gh-(pull|matching-refs|run)$/.test(operation)) return ownerCall(owners.of(full), route, call.path)
  const environment = environments.get(full, name)
  if (!environment) return notFound()
  if (operation === 'gh-environment') return json(200, described(environment))
  if (operation.startsWith('gh-variable')) return variableCall(environment, route, call)
  return secretCall(environment, route, call, box)
}

function repository(
  owner: string,
  name: string,
  isPrivate: boolean,
  created_at: string,
): Record<string, unknown> {
  const full_name = `${owner}/${name}`
  const visibility = isPrivate ? 'private' : 'public'
  return { id: 1296269, name, full_name, owner: { login: owner }, private: isPrivate, visibility, created_at }
}

/** By pages: https://docs.github.com/rest/deployments/environments#list-environments */
function environmentList(all: readonly Environment[], path: string): EmulatedResponse {
  const { shown, headers } = pageOf(all, path)
  return json(200, { total_count: all.length, environments: shown.map(described) }, headers)
}

function described({ id, name, createdAt }: Environment): Record<string, unknown> {
  return { id, name, created_at: createdAt, updated_at: createdAt, protection_rules: [] }
}
