import { type Reply, type SentRequest, type Service, startService } from './service.ts'

/** A cluster as far as `kubectl apply` and `rollout` ask it, and what was applied to it. */
export interface Cluster extends Service {
  /** The objects as they were applied, by `secrets/turn` and the like. */
  readonly objects: ReadonlyMap<string, Readonly<Record<string, unknown>>>
}

const KINDS = [
  { prefix: '/api/v1', groupVersion: 'v1', group: '', name: 'secrets', kind: 'Secret' },
  {
    prefix: '/apis/apps/v1',
    groupVersion: 'apps/v1',
    group: 'apps',
    name: 'deployments',
    kind: 'Deployment',
  },
] as const
const NOT_FOUND: Reply = [
  404,
  {
    kind: 'Status',
    apiVersion: 'v1',
    status: 'Failure',
    reason: 'NotFound',
    code: 404,
    message: 'not found',
  },
]

/** Starts a cluster whose deployment comes up, or whose pods crash for ever. */
export async function startCluster(comesUp: boolean): Promise<Cluster> {
  const objects = new Map<string, Record<string, unknown>>()
  const service = await startService(
    request => discovery(request.path) ?? onObject(objects, request, comesUp),
  )
  return { ...service, objects }
}

/** What the cluster can do, which kubectl asks first. */
function discovery(path: string): Reply | undefined {
  if (path === '/version') return [200, { major: '1', minor: '32', gitVersion: 'v1.32.3' }]
  if (path === '/api') return [200, { kind: 'APIVersions', versions: ['v1'] }]
  if (path === '/apis') {
    const version = { groupVersion: 'apps/v1', version: 'v1' }
    const groups = [{ name: 'apps', versions: [version], preferredVersion: version }]
    return [200, { kind: 'APIGroupList', apiVersion: 'v1', groups }]
  }
  if (path === '/openapi/v3') {
    const paths = KINDS.map(({ prefix }) => [prefix.slice(1), { serverRelativeURL: `/openapi/v3${prefix}` }])
    return [200, { paths: Object.fromEntries(paths) }]
  }
  const kind = KINDS.find(({ prefix }) => path === prefix || path === `/openapi/v3${prefix}`)
  if (!kind) return undefined
  return [200, path === kind.prefix ? resourcesOf(kind) : schemaOf(kind)]
}

function resourcesOf({ groupVersion, name, kind }: (typeof KINDS)[number]): unknown {
  const verbs = ['create', 'get', 'list', 'patch', 'watch']
  const resources = [{ name, singularName: kind.toLowerCase(), kind, namespaced: true, verbs }]
  return { kind: 'APIResourceList', apiVersion: 'v1', groupVersion, resources }
}

/** That the cluster itself checks the fields of what is applied. */
function schemaOf({ prefix, group, name, kind }: (typeof KINDS)[number]): unknown {
  const parameters = [{ name: 'fieldValidation', in: 'query', schema: { type: 'string' } }]
  const patch = { parameters, 'x-kubernetes-group-version-kind': { group, version: 'v1', kind } }
  const paths = { [`${prefix}/namespaces/{namespace}/${name}/{name}`]: { patch } }
  return { openapi: '3.0.0', info: { title: 'Kubernetes', version: 'v1.32.3' }, paths }
}

function onObject(
  objects: Map<string, Record<string, unknown>>,
  { method, path, body, query }: SentRequest,
  comesUp: boolean,
): Reply {
  const [, plural = '', name] =
    /\/namespaces\/default\/(secrets|deployments)(?:\/([\w-]+))?$/.exec(path) ?? []
  if (plural === '') return NOT_FOUND
  const selected = name ?? query.get('fieldSelector')?.replace('metadata.name=', '')
  const key = `${plural}/${selected ?? Object(JSON.parse(body || '{}')).metadata?.name}`
  if (method === 'POST' || method === 'PATCH') {
    const given = JSON.parse(body)
    const before = objects.get(key) ?? {}
    objects.set(key, { ...before, ...given, metadata: { ...Object(before.metadata), ...given.metadata } })
  }
  const object = objects.get(key)
  if (!object) return NOT_FOUND
  const shown = withStatus(plural, object, comesUp)
  if (name === undefined && method === 'GET') {
    const metadata = { resourceVersion: '1' }
    return [200, { kind: 'DeploymentList', apiVersion: 'apps/v1', metadata, items: [shown] }]
  }
  return [200, shown]
}

/** Of a deployment whose pods crash, no replica is ever available, and the time for it is over. */
function withStatus(plural: string, object: Record<string, unknown>, comesUp: boolean): unknown {
  const metadata = { namespace: 'default', generation: 1, resourceVersion: '1', ...Object(object.metadata) }
  if (plural === 'secrets') return { ...object, metadata }
  const available = comesUp ? 1 : 0
  const counts = { replicas: 1, updatedReplicas: 1, readyReplicas: available, availableReplicas: available }
  const status = { observedGeneration: 1, ...counts, unavailableReplicas: 1 - available }
  const tooLate = { type: 'Progressing', status: 'False', reason: 'ProgressDeadlineExceeded' }
  const conditions = comesUp ? [] : [tooLate]
  return {
    ...object,
    metadata,
    spec: { replicas: 1, ...Object(object.spec) },
    status: { ...status, conditions },
  }
}
