import { wholeSeconds } from './responses.ts'

/** A secret, decrypted, or a variable, with its times as GitHub gives them. */
export interface StoredValue {
  value: string
  createdAt: string
  updatedAt: string
}

/** Secrets or variables by name. Names are upper-case whatever the case they are given in. */
class Values {
  readonly #values = new Map<string, StoredValue>()
  readonly #now: () => number

  constructor(now: () => number) {
    this.#now = now
  }

  get(name: string): StoredValue | undefined {
    return this.#values.get(name.toUpperCase())
  }

  /** Whether it is new. */
  set(name: string, value: string, updatedAt = wholeSeconds(this.#now())): boolean {
    const before = this.get(name)
    this.#values.set(name.toUpperCase(), { value, createdAt: before?.createdAt ?? updatedAt, updatedAt })
    return before === undefined
  }

  remove(name: string): boolean {
    return this.#values.delete(name.toUpperCase())
  }

  all(): Record<string, StoredValue> {
    return Object.fromEntries(this.#values)
  }
}

/** One environment of a repository. */
export interface Environment {
  readonly id: number
  readonly name: string
  readonly createdAt: string
  readonly secrets: Values
  readonly variables: Values
}

/** In place of an environment's name: the repository's own secrets and variables. */
export const REPOSITORY = ''

/** The repositories and their environments. GitHub compares the names of both without regard to case. */
export class Environments {
  readonly #repos = new Map<string, Map<string, Environment>>()
  readonly #private = new Set<string>()
  readonly #createdAt = new Map<string, string>()
  readonly #now: () => number
  #lastId = 1000

  constructor(now: () => number) {
    this.#now = now
  }

  add(repo: string, name: string): void {
    const key = repo.toLowerCase()
    const environments = this.#repos.get(key) ?? new Map<string, Environment>()
    if (!this.#repos.has(key)) {
      this.#repos.set(key, environments)
      this.add(repo, REPOSITORY)
    }
    if (environments.has(name.toLowerCase())) return
    this.#lastId += 1
    const [secrets, variables] = [new Values(this.#now), new Values(this.#now)]
    const createdAt = wholeSeconds(this.#now())
    const environment = { id: this.#lastId, name, createdAt, secrets, variables }
    environments.set(name.toLowerCase(), environment)
  }

  hasRepo(repo: string): boolean {
    return this.#repos.has(repo.toLowerCase())
  }

  makePrivate(repo: string): void {
    this.#private.add(repo.toLowerCase())
  }

  isPrivate(repo: string): boolean {
    return this.#private.has(repo.toLowerCase())
  }

  setCreatedAt(repo: string, createdAt: string): void {
    this.#createdAt.set(repo.toLowerCase(), createdAt)
  }

  /** Long ago, unless a test says when. */
  createdAt(repo: string): string {
    return this.#createdAt.get(repo.toLowerCase()) ?? '2011-01-26T19:01:12Z'
  }

  get(repo: string, name: string): Environment | undefined {
    return this.#repos.get(repo.toLowerCase())?.get(name.toLowerCase())
  }

  /** Those of one repository. */
  of(repo: string): Environment[] {
    const found = this.#repos.get(repo.toLowerCase())?.values() ?? []
    return [...found].filter(({ name }) => name !== REPOSITORY)
  }

  all(): Record<string, Record<string, Environment>> {
    const entries = [...this.#repos.keys()].map(repo => [
      repo,
      Object.fromEntries(this.of(repo).map(environment => [environment.name, environment])),
    ])
    return Object.fromEntries(entries)
  }

  clear(): void {
    this.#repos.clear()
    this.#private.clear()
    this.#createdAt.clear()
  }
}
