import { randomBytes } from 'node:crypto'

/** The files of an upload: their content as text, by path. */
export type Files = Readonly<Record<string, string>>

interface Session {
  readonly hashes: Readonly<Record<string, string>>
  readonly completes: boolean
}

/** Static assets on their way: a session says which files there are, and each is uploaded once, by its hash. */
export class AssetStore {
  readonly #contents = new Map<string, string>()
  readonly #sessions = new Map<string, Session>()

  /** Begins a session; gives its token, and the hashes of what has yet to be uploaded. */
  begin(hashes: Readonly<Record<string, string>>): { jwt: string; missing: string[] } {
    const missing = this.missing(Object.values(hashes))
    return { jwt: this.#add({ hashes, completes: missing.length === 0 }), missing }
  }

  /** Those of some hashes whose content is not here yet. */
  missing(hashes: readonly string[]): string[] {
    return [...new Set(hashes)].filter(hash => !this.#contents.has(hash))
  }

  /** Takes contents in base64, by hash; gives the token that completes the session, once nothing is missing. */
  put(jwt: string, contents: Iterable<readonly [hash: string, base64: string]>): string | undefined {
    const session = this.#sessions.get(jwt)
    for (const [hash, base64] of contents) this.#contents.set(hash, Buffer.from(base64, 'base64').toString())
    const isComplete = session && this.missing(Object.values(session.hashes)).length === 0
    return isComplete ? this.#add({ ...session, completes: true }) : undefined
  }

  knows(jwt: string): boolean {
    return this.#sessions.has(jwt)
  }

  /** The files of a session that is complete. */
  filesOf(jwt: string): Files | undefined {
    const session = this.#sessions.get(jwt)
    return session?.completes ? this.filesBy(session.hashes) : undefined
  }

  filesBy(hashes: Readonly<Record<string, string>>): Files {
    return Object.fromEntries(
      Object.entries(hashes).map(([path, hash]) => [path, this.#contents.get(hash) ?? '']),
    )
  }

  clear(): void {
    this.#contents.clear()
    this.#sessions.clear()
  }

  #add(session: Session): string {
    const jwt = ['{"alg":"none"}', `{"id":"${randomBytes(8).toString('hex')}"}`, 'emulated']
      .map(part => Buffer.from(part).toString('base64url'))
      .join('.')
    this.#sessions.set(jwt, session)
    return jwt
  }
}
