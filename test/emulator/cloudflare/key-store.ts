import { randomBytes } from 'node:crypto'

/** A TURN key with all that only Cloudflare knows of it. */
export interface StoredKey {
  readonly uid: string
  readonly name: string
  readonly created: string
  readonly modified: string
  readonly secret: string
  readonly accountId: string
}

/** 64 characters, random, and at a glance no real secret. */
function fakeSecret(): string {
  const mark = 'emulated-key-'
  return (
    mark +
    randomBytes(32)
      .toString('hex')
      .slice(0, 64 - mark.length)
  )
}

/** A time as the live API writes it: with microseconds. */
function timestamp(milliseconds: number): string {
  const micros = Math.floor(milliseconds * 1000)
  const whole = new Date(Math.floor(micros / 1000)).toISOString().slice(0, -1)
  return `${whole}${String(micros % 1000).padStart(3, '0')}Z`
}

/** The keys of all accounts, and when each became known to the credentials API. The case of a uid tells none apart. */
export class KeyStore {
  readonly #keys = new Map<string, StoredKey>()
  readonly #born = new Map<string, number>()
  readonly #now: () => number

  constructor(now: () => number) {
    this.#now = now
  }

  /** The keys of one account, or all, oldest first; one of unknown age counts as the oldest. */
  all(accountId?: string): StoredKey[] {
    const keys = [...this.#keys.values()].filter(
      key => accountId === undefined || key.accountId === accountId,
    )
    return keys.sort((a, b) => (Date.parse(a.created) || 0) - (Date.parse(b.created) || 0))
  }

  get(uid: string, accountId?: string): StoredKey | undefined {
    const key = this.#keys.get(uid.toLowerCase())
    return accountId === undefined || key?.accountId === accountId ? key : undefined
  }

  /** Milliseconds since a key was made here; a seeded key is as old as can be. */
  age(uid: string): number {
    return this.#now() - (this.#born.get(uid.toLowerCase()) ?? 0)
  }

  create(accountId: string, name: string): StoredKey {
    const key = this.seed({ name, accountId })
    this.#born.set(key.uid.toLowerCase(), this.#now())
    return key
  }

  seed(key: { name: string; accountId: string; uid?: string; created?: string }): StoredKey {
    const created = key.created ?? timestamp(this.#now())
    const uid = key.uid ?? randomBytes(16).toString('hex')
    const stored = {
      uid,
      name: key.name,
      created,
      modified: created,
      secret: fakeSecret(),
      accountId: key.accountId,
    }
    this.#keys.set(uid.toLowerCase(), stored)
    return stored
  }

  rename(key: StoredKey, name: string): StoredKey {
    const renamed = { ...key, name, modified: timestamp(this.#now()) }
    this.#keys.set(key.uid.toLowerCase(), renamed)
    return renamed
  }

  remove(uid: string): void {
    this.#keys.delete(uid.toLowerCase())
    this.#born.delete(uid.toLowerCase())
  }

  clear(): void {
    this.#keys.clear()
    this.#born.clear()
  }
}
