import type { PostOptions, RunningStep, StepRun } from './step.ts'

/** A phase of a cancelled job, and the signals that it was sent. */
export interface CancelledRun extends StepRun {
  readonly signals: readonly NodeJS.Signals[]
}

type Timeline = readonly (readonly [signal: NodeJS.Signals, milliseconds: number])[]

/** Milliseconds after the job is cancelled. Its post steps get no signal, until the whole job is killed. */
const STEP: Timeline = [
  ['SIGINT', 0],
  ['SIGTERM', 7500],
  ['SIGKILL', 10_000],
]
const POST: Timeline = [['SIGKILL', 300_000]]

/** Cancels the step that runs as the runner does, so many times faster. */
export function cancelStep(running: RunningStep, speed = 1): Promise<CancelledRun> {
  return follow(STEP, running, speed, performance.now())
}

/** Cancels the job: the step that runs, then its post step, which sees the job's status. */
export async function cancelJob(
  running: RunningStep,
  speed = 1,
  options: PostOptions = {},
): Promise<{ step: CancelledRun; post: CancelledRun }> {
  const cancelledAt = performance.now()
  const step = await follow(STEP, running, speed, cancelledAt)
  const post = step.startPost({ ...options, jobStatus: 'cancelled' })
  return { step, post: await follow(POST, post, speed, cancelledAt) }
}

async function follow(
  timeline: Timeline,
  running: RunningStep,
  speed: number,
  cancelledAt: number,
): Promise<CancelledRun> {
  const signals: NodeJS.Signals[] = []
  const timers = timeline.map(([signal, milliseconds]) =>
    setTimeout(
      () => {
        signals.push(signal)
        running.kill(signal)
      },
      cancelledAt + milliseconds / speed - performance.now(),
    ),
  )
  try {
    return { ...(await running.done), signals }
  } finally {
    timers.forEach(clearTimeout)
  }
}
