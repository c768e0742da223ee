import { setTimeout as delay } from 'node:timers/promises'

/** The time limit of a request, in milliseconds. */
export const REQUEST_TIMEOUT_MS = 30_000

/** Milliseconds for the TCP handshake with each address of a host; Node's own 250 are too few for a slow network. */
export const HANDSHAKE_TIMEOUT_MS = 2500

/** Not `performance`, which takes a millisecond or two to load. */
const elapsed = (): number => Number(process.hrtime.bigint()) / 1e6

const origin = Date.now() - elapsed()

/** Milliseconds since the epoch, on a clock that a time sync cannot move while the process runs. */
export const monotonicEpochMs = (): number => Math.round(origin + elapsed())

/** Waits for a number of milliseconds. Rejects with the reason of `signal` as soon as it is aborted. */
export async function sleep(milliseconds: number, signal: AbortSignal): Promise<void> {
  signal.throwIfAborted()
  await delay(milliseconds, undefined, { signal }).catch(() => signal.throwIfAborted())
}
