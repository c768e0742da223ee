import { setTimeout as delay } from 'node:timers/promises'

/** The time limit of a request, in milliseconds. */
export const REQUEST_TIMEOUT_MS = 30_000

/** Milliseconds since the epoch, on a clock that a time sync cannot move while the process runs. */
export const monotonicNow = (): number => Math.round(performance.timeOrigin + performance.now())

/** Waits for a number of milliseconds. Rejects with the reason of `signal` as soon as it is aborted. */
export async function sleep(milliseconds: number, signal: AbortSignal): Promise<void> {
  signal.throwIfAborted()
  await delay(milliseconds, undefined, { signal }).catch(() => signal.throwIfAborted())
}
