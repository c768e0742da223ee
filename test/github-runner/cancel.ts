import { Clock } from '../clock/clock.ts'
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

/** Cancels the step that runs as the runner does, by a clock, which passes from then on. */
export function cancelStep(running: RunningStep, clock = new Clock()): Promise<CancelledRun> {
  return follow(STEP, running, clock, clock.now())
}

/** Cancels the job: the step that runs, then its post step, which sees the job's status. */
export async function cancelJob(
  running: RunningStep,
  clock = new Clock(),
  options: PostOptions = {},
): Promise<{ step: CancelledRun; post: CancelledRun }> {
  const cancelledAt = clock.now()
  const step = await follow(STEP, running, clock, cancelledAt)
  const post = step.startPost({ ...options, jobStatus: 'cancelled' })
  return { step, post: await follow(POST, post, clock, cancelledAt) }
}

async function follow(
  timeline: Timeline,
  running: RunningStep,
  clock: Clock,
  cancelledAt: number,
): Promise<CancelledRun> {
  const signals: NodeJS.Signals[] = []
  const ended = new AbortController()
  const run = running.done.finally(() => ended.abort())
  for (const [signal, milliseconds] of timeline) {
    await clock.reach(cancelledAt + milliseconds, ended.signal)
    if (ended.signal.aborted) break
    signals.push(signal)
    running.kill(signal)
  }
  clock.pass()
  return { ...(await run), signals }
}
