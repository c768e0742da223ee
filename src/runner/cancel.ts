/** The job was cancelled, or its time is up. */
export class CancelledError extends Error {
  override name = 'CancelledError'
}

/** How long a step goes on: `drain` forbids new work, `abort` ends the request in flight, `cleanup` ends the clean-up. */
export interface CancellationSignals {
  readonly drain: AbortSignal
  readonly abort: AbortSignal
  readonly cleanup: AbortSignal
}

/** Milliseconds after the runner's signal. It sends another after 7.5 seconds, and kills after 10. */
const ABORT_AFTER = 4500
const END_CLEANUP_AFTER = 6200
const FORCE_EXIT_AFTER = 6600

/**
 * From the runner's first SIGINT or SIGTERM on, no new work starts; the request in flight has 4.5 seconds to end, the
 * clean-up has until 6.2 seconds, and at 6.6 seconds `forceExit` is called, whatever is still going on.
 */
export function handleCancellation(forceExit: () => void): CancellationSignals {
  const [drain, abort, cleanup] = [new AbortController(), new AbortController(), new AbortController()]
  const abortAfter = (controller: AbortController, milliseconds: number, reason: string) =>
    setTimeout(() => controller.abort(new CancelledError(reason)), milliseconds).unref()
  const cancel = () => {
    if (drain.signal.aborted) return
    drain.abort(new CancelledError('The job was cancelled.'))
    abortAfter(abort, ABORT_AFTER, 'the job was cancelled before a response came')
    abortAfter(cleanup, END_CLEANUP_AFTER, 'the job was cancelled, and there was no time left')
    setTimeout(forceExit, FORCE_EXIT_AFTER).unref()
  }
  process.on('SIGINT', cancel)
  process.on('SIGTERM', cancel)
  return { drain: drain.signal, abort: abort.signal, cleanup: cleanup.signal }
}
