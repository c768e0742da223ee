import { RequestError } from './error.ts'

/**
 * Waits for requests that were sent side by side, until all have ended.
 * @throws the error that explains the others: the first refusal, or else the first error.
 */
export async function awaitAllOrThrowRefusalFirst<T extends readonly unknown[] | []>(
  requests: T,
): Promise<{ -readonly [Index in keyof T]: Awaited<T[Index]> }> {
  const results = await Promise.allSettled(requests)
  const errors = results.flatMap(result => (result.status === 'rejected' ? [result.reason] : []))
  const refusal = errors.find(error => error instanceof RequestError && error.kind === 'rejected')
  if (errors.length > 0) throw refusal ?? errors[0]
  return Promise.all(requests)
}
