import { type EmulatedResponse, json } from '../emulated-response.ts'
import type { Route } from '../routes.ts'
import { notFound, pageOf } from './responses.ts'
import type { CommitStatus } from './statuses.ts'

/** What one repository has that can own a key. */
class RepositoryOwners {
  readonly pulls = new Map<number, 'open' | 'closed'>()
  /** In full: `refs/heads/main`. */
  readonly refs = new Set<string>()
  readonly runs = new Map<number, string>()
  readonly statuses: CommitStatus[] = []
}

/** The pull requests, refs and workflow runs of repositories. */
export class Owners {
  readonly #repos = new Map<string, RepositoryOwners>()

  of(repo: string): RepositoryOwners {
    const key = repo.toLowerCase()
    const found = this.#repos.get(key) ?? new RepositoryOwners()
    this.#repos.set(key, found)
    return found
  }

  clear(): void {
    this.#repos.clear()
  }
}

/** The calls that ask whether an owner lives. */
export function ownerCall(owners: RepositoryOwners, route: Route, path: string): EmulatedResponse {
  const { number = '', run = '', ref = '' } = route.params
  if (route.operation === 'gh-matching-refs') return matchingRefs(owners, `refs/${ref}`, path)
  const isPull = route.operation === 'gh-pull'
  const id = isPull ? number : run
  // A number with a zero or a sign before it is no path of GitHub's.
  if (!/^[1-9]\d*$/.test(id)) return notFound()
  return isPull ? pull(owners, Number(id)) : workflowRun(owners, Number(id))
}

function pull({ pulls }: RepositoryOwners, number: number): EmulatedResponse {
  const state = pulls.get(number)
  if (state === undefined) return notFound()
  return json(200, { id: 1000 + number, number, state, locked: false, title: 'Change', merged: false })
}

function workflowRun({ runs }: RepositoryOwners, id: number): EmulatedResponse {
  const status = runs.get(id)
  if (status === undefined) return notFound()
  const conclusion = status === 'completed' ? 'success' : null
  return json(200, { id, name: 'CI', status, conclusion, run_number: 1, run_attempt: 1 })
}

/** All that start with it, by pages, in the order they were added, for nobody promises another: https://docs.github.com/rest/git/refs#list-matching-references */
function matchingRefs({ refs }: RepositoryOwners, prefix: string, path: string): EmulatedResponse {
  const found = [...refs].filter(ref => ref.startsWith(prefix))
  const { shown, headers } = pageOf(found, path)
  const described = shown.map(ref => ({
    ref,
    node_id: Buffer.from(ref).toString('base64'),
    object: { type: 'commit', sha: '0123456789abcdef0123456789abcdef01234567' },
  }))
  return json(200, described, headers)
}
