import { isRecord } from '../http/json.ts'
import { GithubError } from './error.ts'

/** What a secret is sealed with before it is sent. */
export interface PublicKey {
  readonly id: string
  readonly base64: string
}

const KEY_BYTES = 32

/** An answer's public key. @throws GithubError when there is none that a secret can be sealed with */
export function readPublicKey(answer: unknown, operation: string): PublicKey {
  const { key, key_id: id } = isRecord(answer) ? answer : {}
  if (typeof key === 'string' && typeof id === 'string' && Buffer.from(key, 'base64').length === KEY_BYTES) {
    return { id, base64: key }
  }
  throw unreadable(operation)
}

/** A variable's value, and when it was written. @throws GithubError when the answer holds no value */
export function readValue(
  answer: unknown,
  operation: string,
): { value: string; written: number | undefined } {
  const { value } = isRecord(answer) ? answer : {}
  if (typeof value !== 'string') throw unreadable(operation)
  return { value, written: readWritten(answer) }
}

/** When a variable or a secret was last written, in milliseconds since the epoch; undefined when that cannot be read. */
export function readWritten(answer: unknown): number | undefined {
  const { updated_at: time } = isRecord(answer) ? answer : {}
  const written = typeof time === 'string' ? Date.parse(time) : Number.NaN
  return Number.isNaN(written) ? undefined : written
}

function unreadable(operation: string): GithubError {
  return new GithubError({
    operation,
    fate: 'unknown',
    what: 'GitHub answered without it',
    advice: 'Check `GITHUB_API_URL`, and run this again.',
  })
}
