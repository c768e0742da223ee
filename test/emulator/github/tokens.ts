import type { EmulatedResponse } from '../emulated-response.ts'
import type { Route } from '../routes.ts'
import { notFound, refused } from './responses.ts'

type Level = 'none' | 'read' | 'write'

/** What a token may do; what is not named it may not. */
export interface Permissions {
  environments?: Level
  secrets?: Level
  variables?: Level
  actions?: 'none' | 'read'
  contents?: Level
  pullRequests?: Level
  statuses?: Level
  /** Decides the words of a 403 (default `app`). */
  kind?: 'app' | 'fine-grained'
  /** Only these (default all). */
  repos?: string[]
}

/** A token for everything, and one like a job's GITHUB_TOKEN, which can see an environment and not touch it. */
export const GITHUB_TOKENS = {
  full: 'emulator-github-full',
  workflow: 'emulator-github-workflow',
} as const

const STORES = { environments: 'write', secrets: 'write', variables: 'write' } as const
const OWNERS = { actions: 'read', contents: 'read', pullRequests: 'read' } as const

/** The tokens that exist without being added. */
export function defaultTokens(): Map<string, Permissions> {
  return new Map<string, Permissions>([
    [GITHUB_TOKENS.full, { ...STORES, ...OWNERS }],
    [GITHUB_TOKENS.workflow, { actions: 'read' }],
  ])
}

type Area = 'environments' | 'secrets' | 'variables' | 'actions' | 'contents' | 'pullRequests' | 'statuses'

const READABLE: Readonly<Record<string, Area>> = {
  'gh-pull': 'pullRequests',
  'gh-matching-refs': 'contents',
  'gh-run': 'actions',
}

function has(permissions: Permissions, level: 'read' | 'write', areas: readonly Area[]): boolean {
  return areas.every(area => permissions[area] === 'write' || permissions[area] === level)
}

/** https://docs.github.com/rest/authentication/permissions-required-for-fine-grained-personal-access-tokens */
function may(permissions: Permissions, { operation, params }: Route, level: 'read' | 'write'): boolean {
  if (operation === 'gh-environment-list') return permissions.actions === 'read'
  if (operation === 'gh-environment') {
    return permissions.actions === 'read' || has(permissions, 'read', ['environments'])
  }
  if (operation === 'gh-status') return has(permissions, level, ['statuses'])
  const area = READABLE[operation]
  if (area) return has(permissions, 'read', [area])
  if (params.environment !== undefined) return has(permissions, level, ['environments'])
  return has(permissions, level, [operation.startsWith('gh-variable') ? 'variables' : 'secrets'])
}

/**
 * Why a call is refused to a token; undefined when it is allowed. All may see a public repository, and the list of its
 * environments. Of a private one, a
 * token that is for other repositories sees nothing, and what a token may not do there does not exist for it.
 */
export function refusal(
  permissions: Permissions,
  route: Route,
  repo: { name: string; isPrivate: boolean },
  method: string,
): EmulatedResponse | undefined {
  const mine = permissions.repos?.includes(repo.name) ?? true
  if (route.operation === 'gh-repo') return mine || !repo.isPrivate ? undefined : notFound()
  if (route.operation === 'gh-environment-list' && !repo.isPrivate) return undefined
  if (mine && may(permissions, route, method === 'GET' ? 'read' : 'write')) return undefined
  if (repo.isPrivate) return notFound()
  const who = permissions.kind === 'fine-grained' ? 'personal access token' : 'integration'
  return refused(403, `Resource not accessible by ${who}`)
}
