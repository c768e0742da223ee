import { WRANGLER_ROUTES } from './cloudflare/wrangler-routes.ts'
import type { Operation } from './operations.ts'

type Host = 'api' | 'rtc' | 'github'

/** Where a request goes. `unknown`: no such path. `wrong-method`: the path exists, not with this method. */
export interface Route {
  readonly host: Host
  readonly operation: Exclude<Operation, 'any'> | 'unknown' | 'wrong-method'
  readonly params: Readonly<Record<string, string>>
}

type Line = readonly [Host, string, Readonly<Record<string, Exclude<Operation, 'any'>>>]

const KEYS = '/client/v4/accounts/:account/calls/turn_keys'
const WORKERS = '/client/v4/accounts/:account/workers'
const RTC = '/v1/turn/keys/:uid/credentials'
const ENVIRONMENT = '/github/repos/:owner/:repo/environments/:environment'
/** Secrets and variables are the same calls below an environment and below the repository itself. */
const STORES = [ENVIRONMENT, '/github/repos/:owner/:repo/actions']
const LINES: readonly Line[] = [
  ['api', KEYS, { POST: 'create', GET: 'list' }],
  ['api', `${KEYS}/:uid`, { GET: 'get', PUT: 'update', DELETE: 'delete' }],
  ['api', '/client/v4/user/tokens/verify', { GET: 'token-verify' }],
  ['api', '/client/v4/user', { GET: 'user' }],
  ['api', '/client/v4/accounts', { GET: 'accounts' }],
  ['api', '/client/v4/memberships', { GET: 'memberships' }],
  ['api', `${WORKERS}/scripts/:worker/secrets`, { GET: 'worker-secrets' }],
  ['api', `${WORKERS}/scripts/:worker/secrets-bulk`, { PATCH: 'worker-secrets-bulk' }],
  ['api', `${WORKERS}/workers/:worker`, { GET: 'worker', PATCH: 'worker-patch' }],
  ['api', '/client/v4/graphql', { POST: 'graphql' }],
  ...WRANGLER_ROUTES.map(([path, methods]): Line => ['api', path, methods]),
  ['rtc', `${RTC}/generate-ice-servers`, { POST: 'mint' }],
  ['rtc', `${RTC}/generate`, { POST: 'mint-older' }],
  ['rtc', `${RTC}/:username/revoke`, { POST: 'revoke' }],
  ['github', '/github/repos/:owner/:repo', { GET: 'gh-repo' }],
  ['github', '/github/repos/:owner/:repo/environments', { GET: 'gh-environment-list' }],
  ['github', ENVIRONMENT, { GET: 'gh-environment' }],
  ['github', '/github/repos/:owner/:repo/pulls/:number', { GET: 'gh-pull' }],
  ['github', '/github/repos/:owner/:repo/git/matching-refs/*ref', { GET: 'gh-matching-refs' }],
  ['github', '/github/repos/:owner/:repo/statuses/:sha', { POST: 'gh-status' }],
  ['github', '/github/repos/:owner/:repo/actions/runs/:run', { GET: 'gh-run' }],
  ...STORES.flatMap((store): Line[] => [
    ['github', `${store}/secrets`, { GET: 'gh-secret-list' }],
    ['github', `${store}/secrets/public-key`, { GET: 'gh-public-key' }],
    [
      'github',
      `${store}/secrets/:name`,
      { GET: 'gh-secret-get', PUT: 'gh-secret-put', DELETE: 'gh-secret-delete' },
    ],
    ['github', `${store}/variables`, { GET: 'gh-variable-list', POST: 'gh-variable-post' }],
    [
      'github',
      `${store}/variables/:name`,
      { GET: 'gh-variable-get', PATCH: 'gh-variable-patch', DELETE: 'gh-variable-delete' },
    ],
  ]),
]

/** The segments of a path, decoded one by one: an encoded slash is part of a name, a bare one is not. */
function segments(path: string): string[] | undefined {
  try {
    return path.split('/').map(decodeURIComponent)
  } catch {
    return undefined
  }
}

/** `:name` is one segment, and `*name` at the end all that are left. */
function match(pattern: string, path: readonly string[]): Record<string, string> | undefined {
  const [fixed = '', rest] = pattern.split('/*')
  const wanted = fixed.split('/')
  if (rest === undefined ? wanted.length !== path.length : wanted.length >= path.length) return undefined
  const params: Record<string, string> = rest ? { [rest]: path.slice(wanted.length).join('/') } : {}
  for (const [index, part] of wanted.entries()) {
    const given = path[index] ?? ''
    if (part.startsWith(':') && given !== '') params[part.slice(1)] = given
    else if (part !== given) return undefined
  }
  return params
}

function hostOf(path: string): Host {
  if (path.startsWith('/github/')) return 'github'
  return path.startsWith('/v1/') ? 'rtc' : 'api'
}

/** Finds the call that a method and a path (its query is ignored) stand for. */
export function routeOf(method: string, path: string): Route {
  const bare = path.split('?', 1)[0] ?? ''
  const given = segments(bare)
  for (const [host, pattern, methods] of given ? LINES : []) {
    const params = match(pattern, given ?? [])
    if (params) return { host, operation: methods[method] ?? 'wrong-method', params }
  }
  return { host: hostOf(bare), operation: 'unknown', params: {} }
}
