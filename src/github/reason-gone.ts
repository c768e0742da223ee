import { isObject } from '../http/json.ts'
import type { NeededPermissions } from './hints.ts'
import { type RepositoryClient, requestRepository } from './request.ts'
import { unexpectedResponseError } from './response.ts'

/** Whose a key is: a pull request's by number, a branch's or tag's by name, or a workflow run's by id. */
export interface PullRequestOrRefOrRun {
  readonly kind: keyof typeof PERMISSIONS
  readonly id: string
}

const MAX_PAGES = 100

/** What the job's `permissions:` must have. */
const PERMISSIONS = {
  'pull request': 'pull-requests: read',
  'branch or tag': 'contents: read',
  'workflow run': 'actions: read',
}

/**
 * https://docs.github.com/rest/pulls/pulls#get-a-pull-request
 * https://docs.github.com/rest/actions/workflow-runs#get-a-workflow-run
 */
const STATES = {
  'pull request': { path: '/pulls', idMember: 'number', member: 'state', end: 'closed' },
  'workflow run': { path: '/actions/runs', idMember: 'id', member: 'status', end: 'completed' },
}

/** Why an owner is gone, or undefined when it is not. @throws RequestError when GitHub's response proves neither. */
export async function reasonGone(
  client: RepositoryClient,
  { kind, id }: PullRequestOrRefOrRun,
): Promise<string | undefined> {
  if (kind === 'branch or tag') {
    const exists = (await isListed(client, `heads/${id}`)) || (await isListed(client, `tags/${id}`))
    return exists ? undefined : `no such ${kind}`
  }
  const { path, idMember, member, end } = STATES[kind]
  const operation = `read the ${kind} ${id}`
  const { data } = await requestRepository(client, { operation, route: `GET ${path}/${id}`, ...neededFor(kind) })
  if (!isObject(data) || String(data[idMember]) !== id || typeof data[member] !== 'string') {
    throw unexpectedResponseError(`${operation} of ${client.owner}/${client.repo}`)
  }
  return data[member] === end ? `${kind} ${end}` : undefined
}

const neededFor = (kind: PullRequestOrRefOrRun['kind']): NeededPermissions => ({
  permissions: PERMISSIONS[kind],
  isJobPermission: true,
})

/**
 * Whether there is a ref of exactly this name. GitHub lists those that start with it, page by page; unlike the request for
 * one ref, an empty list cannot be mistaken for a missing permission.
 * https://docs.github.com/rest/git/refs#list-matching-references
 */
async function isListed(client: RepositoryClient, ref: string): Promise<boolean> {
  const operation = `list the refs that start with ${ref}`
  const path = ref.split('/').map(encodeURIComponent).join('/')
  for (let page = 1; page <= MAX_PAGES; page++) {
    const parameters = { per_page: '100', page: String(page) }
    const { data, hasNext } = await requestRepository(client, {
      operation,
      route: `GET /git/matching-refs/${path}`,
      parameters,
      ...neededFor('branch or tag'),
    })
    const refs = Array.isArray(data) ? data.map(one => (isObject(one) ? String(one.ref) : '')) : ['']
    if (!refs.every(one => one.startsWith(`refs/${ref}`))) break
    if (refs.includes(`refs/${ref}`)) return true
    if (!hasNext) return false
  }
  throw unexpectedResponseError(`${operation} of ${client.owner}/${client.repo}`)
}
