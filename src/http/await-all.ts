import { RequestError } from './error.ts'

const isRejected = (error: unknown): boolean => error instanceof RequestError && error.kind === 'rejected'

/**
 * Waits for requests that were sent side by side, until all have ended. `isRefusal` tells what the server itself refused.
 * @throws the error that explains the others: the first refusal, or else the first error.
 */
export async function awaitAllOrThrowRefusalFirst<T extends readonly unknown[] | []>(
  requests: T,
  isRefusal = isRejected,
): Promise<{ -readonly [Index in keyof T]: Awaited<T[Index]> }> {
  const results = await Promise.allSettled(requests)
  const errors = results.flatMap(result => (result.status === 'rejected' ? [result.reason] : []))
  if (errors.length > 0) throw errors.find(isRefusal) ?? errors[0]
  return Promise.all(requests)
}
