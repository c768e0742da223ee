import type { Lifeline } from '../http/retry.ts'

/** The job was cancelled, or its time is up. */
export class Cancelled extends Error {
  override name = 'Cancelled'
}

/** How long main's work and its clean-up go on. */
export interface Lifelines {
  work: Lifeline
  cleanUp: Lifeline
}

/** Milliseconds after the runner's signal. It sends another after 7.5 seconds, and kills after 10. */
const CUT_REQUEST = 4500
const CUT_CLEAN_UP = 6200
const END = 6600

/**
 * From the runner's first SIGINT or SIGTERM on, nothing new is begun; the request under way has 4.5 seconds to end, the
 * clean-up has until 6.2 seconds, and at 6.6 seconds `end` is called, whatever is still going on.
 */
export function onCancel(end: () => void): Lifelines {
  const stop = new AbortController()
  const cut = new AbortController()
  const over = new AbortController()
  let signalled = false
  const cancel = () => {
    if (signalled) return
    signalled = true
    stop.abort(new Cancelled('The job was cancelled.'))
    setTimeout(
      () => cut.abort(new Cancelled('the job was cancelled before an answer came')),
      CUT_REQUEST,
    ).unref()
    setTimeout(
      () => over.abort(new Cancelled('the job was cancelled, and there was no time left')),
      CUT_CLEAN_UP,
    ).unref()
    setTimeout(end, END).unref()
  }
  process.on('SIGINT', cancel)
  process.on('SIGTERM', cancel)
  return {
    work: { stop: stop.signal, cut: cut.signal },
    cleanUp: { stop: over.signal, cut: over.signal },
  }
}
