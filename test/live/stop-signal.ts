import { constants } from 'node:os'

const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const
type Signal = (typeof SIGNALS)[number]

/**
 * A signal that is aborted, with the name of what came as its reason, by Ctrl+C and the like. `npm run` keeps a SIGTERM to
 * itself and only ends: then the parent is another process all at once.
 */
export function stopSignal(): AbortSignal {
  const stop = new AbortController()
  const obey = (signal: Signal): void => {
    // A second one changes nothing: the first is being obeyed.
    if (!stop.signal.aborted) console.error(`${signal}: deleting what was created …`)
    stop.abort(signal)
  }
  for (const signal of SIGNALS) process.on(signal, () => obey(signal))
  const parent = process.ppid
  setInterval(() => process.ppid === parent || obey('SIGTERM'), 200).unref()
  // A terminal that is gone must not end this before it has deleted all.
  for (const stream of [process.stdout, process.stderr]) stream.on('error', () => {})
  return stop.signal
}

/** The exit status of a process that a signal ended; undefined when none did. */
export function exitStatusOf({ reason }: AbortSignal): number | undefined {
  const signal = SIGNALS.find(name => name === reason)
  return signal && 128 + constants.signals[signal]
}
