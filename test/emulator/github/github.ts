import type { EmulatedResponse, IncomingRequest } from '../emulated-response.ts'
import type { Edge } from '../request-context.ts'
import type { Route } from '../routes.ts'
import { authorized } from './calls.ts'
import { type Environment, Environments, type StoredValue } from './environments.ts'
import { Owners } from './owners.ts'
import { everyHeader, refused } from './responses.ts'
import { SealedBox } from './sealed-box.ts'
import type { CommitStatus } from './statuses.ts'
import { defaultTokens, GITHUB_TOKENS, type Permissions } from './tokens.ts'

export { GITHUB_TOKENS }

/** What an environment holds; secrets as they were before they were sealed. */
interface EnvironmentContent {
  secrets: Record<string, StoredValue>
  variables: Record<string, StoredValue>
}

/** GitHub's side, as a test in the same process sees it. `repo` is `octo/app` unless given. */
export interface GithubSide {
  addEnvironment(name: string, repo?: string): void
  addToken(token: string, permissions: Permissions): void
  /** All repositories are public until they are made private. */
  makePrivate(repo?: string): void
  /** When the repository was created, ISO 8601; long ago until it is said. */
  setCreatedAt(createdAt: string, repo?: string): void
  environment(name: string, repo?: string): EnvironmentContent | undefined
  setSecret(environment: string, name: string, value: string, updatedAt?: string, repo?: string): void
  setVariable(environment: string, name: string, value: string, updatedAt?: string, repo?: string): void
  removeSecret(environment: string, name: string, repo?: string): void
  removeVariable(environment: string, name: string, repo?: string): void
  setPull(number: number, state: 'open' | 'closed', repo?: string): void
  /** In full: `refs/heads/main`. */
  addRef(ref: string, repo?: string): void
  setRun(id: number, status: string, repo?: string): void
  /** Oldest first. */
  statuses(repo?: string): readonly CommitStatus[]
}

const REPO = 'octo/app'

/** Repositories' environments, with their secrets and variables, behind GitHub's REST API. */
export class GitHub implements GithubSide {
  readonly #environments: Environments
  readonly #now: () => number
  readonly #owners = new Owners()
  readonly #box = new SealedBox()
  #tokens = defaultTokens()

  /** @param now GitHub's clock: milliseconds since 1970 */
  constructor(now: () => number) {
    this.#now = now
    this.#environments = new Environments(now)
    this.clear()
  }

  clear(): void {
    this.#tokens = defaultTokens()
    this.#environments.clear()
    this.#owners.clear()
    this.addEnvironment('staging')
    this.addEnvironment('production')
  }

  addEnvironment(name: string, repo = REPO): void {
    this.#environments.add(repo, name)
  }

  addToken(token: string, permissions: Permissions): void {
    this.#tokens.set(token, permissions)
  }

  makePrivate(repo = REPO): void {
    this.#environments.makePrivate(repo)
  }

  setCreatedAt(createdAt: string, repo = REPO): void {
    this.#environments.setCreatedAt(repo, createdAt)
  }

  environment(name: string, repo = REPO): EnvironmentContent | undefined {
    const found = this.#environments.get(repo, name)
    return found && contentOf(found)
  }

  setSecret(environment: string, name: string, value: string, updatedAt?: string, repo = REPO): void {
    this.#existing(environment, repo).secrets.set(name, value, updatedAt)
  }

  setVariable(environment: string, name: string, value: string, updatedAt?: string, repo = REPO): void {
    this.#existing(environment, repo).variables.set(name, value, updatedAt)
  }

  removeSecret(environment: string, name: string, repo = REPO): void {
    this.#existing(environment, repo).secrets.remove(name)
  }

  removeVariable(environment: string, name: string, repo = REPO): void {
    this.#existing(environment, repo).variables.remove(name)
  }

  setPull(number: number, state: 'open' | 'closed', repo = REPO): void {
    this.#owners.of(repo).pulls.set(number, state)
  }

  addRef(ref: string, repo = REPO): void {
    this.#owners.of(repo).refs.add(ref)
  }

  setRun(id: number, status: string, repo = REPO): void {
    this.#owners.of(repo).runs.set(id, status)
  }

  statuses(repo = REPO): readonly CommitStatus[] {
    return this.#owners.of(repo).statuses
  }

  /** All content, by repository and environment. */
  environments(): Record<string, Record<string, EnvironmentContent>> {
    const repos = Object.entries(this.#environments.all()).map(([repo, environments]) => {
      const contents = Object.entries(environments).map(([name, found]) => [name, contentOf(found)] as const)
      return [repo, Object.fromEntries(contents)] as const
    })
    return Object.fromEntries(repos)
  }

  /** What stands in the headers of every response. */
  edge(): Edge {
    const now = this.#now
    return { now, headers: everyHeader(now()), blocked: undefined }
  }

  /** Refuses a call, or does it. */
  respond(route: Route, call: IncomingRequest): Promise<EmulatedResponse> | EmulatedResponse {
    const token = /^(?:bearer|token) (.+)$/i.exec(call.headers.authorization ?? '')?.[1] ?? ''
    const permissions = this.#tokens.get(token)
    if (!permissions) return refused(401, 'Bad credentials')
    return authorized(permissions, this.#environments, this.#owners, this.#box, route, call)
  }

  #existing(name: string, repo: string): Environment {
    const found = this.#environments.get(repo, name)
    if (!found) throw new Error(`no environment ${name} in ${repo}: add it first`)
    return found
  }
}

function contentOf({ secrets, variables }: Environment): EnvironmentContent {
  return { secrets: secrets.all(), variables: variables.all() }
}
