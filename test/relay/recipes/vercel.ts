import { type Reply, type SentRequest, type Service, startService } from './service.ts'

/** A variable as it was stored. */
interface StoredVariable {
  readonly id: string
  readonly key: string
  readonly value: string
  readonly type: string
  readonly target: readonly string[]
  readonly gitBranch?: string
}

/** Vercel, as far as `env` and `deploy` ask it, with a project that is connected to a repository. */
export interface Vercel extends Service {
  readonly variables: Map<string, StoredVariable>
  /** The branch that each deployment was sent with, and where it went. */
  readonly deployments: { branch: unknown; target: unknown }[]
}

/** As `contextsOf` says that the reader stored them. */
const [TEAM, PROJECT] = ['team_1', 'prj_1']
const NOT_FOUND: Reply = [404, { error: { code: 'not_found', message: 'Not Found' } }]

export async function startVercel(): Promise<Vercel> {
  const variables: Vercel['variables'] = new Map()
  const deployments: Vercel['deployments'] = []
  const service = await startService(request => {
    return (
      about(request.path) ??
      onVariables(variables, request) ??
      onDeployments(deployments, request) ??
      NOT_FOUND
    )
  })
  return { ...service, variables, deployments }
}

function about(path: string): Reply | undefined {
  if (path === '/v2/user') return [200, { user: { id: 'u1', email: 'octo@example.com', username: 'octo' } }]
  if (path === `/teams/${TEAM}`) return [200, { id: TEAM, slug: 'octo', name: 'octo' }]
  if (path !== `/v9/projects/${PROJECT}`) return undefined
  const link = { type: 'github', org: 'octo', repo: 'app', productionBranch: 'main' }
  return [200, { id: PROJECT, name: 'my-app', accountId: TEAM, link, framework: null }]
}

function onVariables(
  variables: Vercel['variables'],
  { method, path, query, body }: SentRequest,
): Reply | undefined {
  const [, id] = /^\/v10\/projects\/prj_1\/env(?:\/(\w+))?$/.exec(path) ?? [path]
  if (!path.startsWith('/v10/projects/prj_1/env')) return undefined
  if (method === 'POST') {
    const given = JSON.parse(body)
    const key = `${given.key} ${given.target} ${given.gitBranch ?? ''}`.trim()
    variables.set(key, { id: `env${variables.size}`, ...given })
    return [201, { created: given, failed: [] }]
  }
  const all = [...variables]
  if (method === 'DELETE') for (const [key, one] of all) if (one.id === id) variables.delete(key)
  if (method === 'DELETE') return [200, {}]
  const branch = query.get('gitBranch')
  return [200, { envs: all.map(([, one]) => one).filter(one => branch === null || one.gitBranch === branch) }]
}

function onDeployments(
  deployments: Vercel['deployments'],
  { method, path, body }: SentRequest,
): Reply | undefined {
  if (!path.startsWith('/v13/deployments')) return undefined
  if (method === 'POST') {
    const { gitMetadata, target } = JSON.parse(body)
    deployments.push({ branch: gitMetadata?.commitRef, target })
  }
  const state = {
    readyState: 'READY',
    status: 'READY',
    checksState: 'completed',
    aliasAssigned: true,
    alias: [],
  }
  return [200, { id: 'dpl_1', url: 'my-app-abc.vercel.app', name: 'my-app', projectId: PROJECT, ...state }]
}
