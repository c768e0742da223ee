import { RequestError } from '../http/error.ts'
import { isRecord } from '../http/json.ts'
import { unexpectedResponse } from './key-store.ts'
import { type GithubClient, requestPage, requestRepo } from './request.ts'

/** Whose a key is: a pull request's by number, a branch's or tag's by name, or a workflow run's by id. */
export interface Owner {
  readonly kind: 'pull request' | 'branch or tag' | 'workflow run'
  readonly id: string
}

/** What the job's `permissions:` must have. */
const PERMISSIONS: Readonly<Record<Owner['kind'], string>> = {
  'pull request': 'pull-requests: read',
  'branch or tag': 'contents: read',
  'workflow run': 'actions: read',
}

const MAX_PAGES = 100

/**
 * Why an owner is gone, or undefined when it is not.
 * @throws RequestError when GitHub's response proves neither.
 */
export async function reasonGone(
  client: Omit<GithubClient, 'permissions'>,
  { kind, id }: Owner,
): Promise<string | undefined> {
  const permissions = PERMISSIONS[kind]
  try {
    return await ASK[kind]({ ...client, permissions }, id)
  } catch (error) {
    if (!(error instanceof RequestError) || (error.status !== 403 && error.status !== 404)) throw error
    throw error.withHint(
      `It does not exist, or \`github-token\` lacks a permission: add \`${permissions}\` to the job's \`permissions:\`.`,
    )
  }
}

const ASK: Readonly<Record<Owner['kind'], (client: GithubClient, id: string) => Promise<string | undefined>>> = {
  // https://docs.github.com/rest/pulls/pulls#get-a-pull-request
  'pull request': async (client, id) => {
    const operation = `read the pull request ${id}`
    const { number, state } = await readObject(client, operation, `GET /pulls/${id}`)
    if (String(number) !== id || typeof state !== 'string') throw unexpected(client, operation)
    return state === 'closed' ? 'pull request closed' : undefined
  },
  'branch or tag': async (client, id) => {
    const exists = (await isListed(client, `heads/${id}`)) || (await isListed(client, `tags/${id}`))
    return exists ? undefined : 'no such branch or tag'
  },
  // https://docs.github.com/rest/actions/workflow-runs#get-a-workflow-run
  'workflow run': async (client, id) => {
    const operation = `read the workflow run ${id}`
    const { id: found, status } = await readObject(client, operation, `GET /actions/runs/${id}`)
    if (String(found) !== id || typeof status !== 'string') throw unexpected(client, operation)
    return status === 'completed' ? 'workflow run completed' : undefined
  },
}

async function readObject(client: GithubClient, operation: string, route: string) {
  const data = await requestRepo(client, operation, route)
  return isRecord(data) ? data : {}
}

/**
 * Whether there is a ref of exactly this name. GitHub lists those that start with it, page by page; unlike the request for
 * one ref, an empty list cannot be mistaken for a missing permission.
 * https://docs.github.com/rest/git/refs#list-matching-references
 */
async function isListed(client: GithubClient, ref: string): Promise<boolean> {
  const operation = `list the refs that start with ${ref}`
  const path = ref.split('/').map(encodeURIComponent).join('/')
  for (let page = 1; page <= MAX_PAGES; page++) {
    const parameters = { per_page: '100', page: String(page) }
    const { data, hasNext } = await requestPage(client, operation, `GET /git/matching-refs/${path}`, parameters)
    const refs = Array.isArray(data) ? data.map(one => (isRecord(one) ? String(one.ref) : '')) : ['']
    if (!refs.every(one => one.startsWith(`refs/${ref}`))) break
    if (refs.includes(`refs/${ref}`)) return true
    if (!hasNext) return false
  }
  throw unexpected(client, operation)
}

function unexpected({ owner, repo }: GithubClient, operation: string): RequestError {
  return unexpectedResponse({ label: `${owner}/${repo}` }, operation)
}
