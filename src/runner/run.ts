import { existsSync } from 'node:fs'
import { isDebug } from '@actions/core'
import { fullPatience, RateLimit } from '../http/rate-limit.ts'
import type { Line } from '../http/retry.ts'
import { type Lifelines, onCancel } from './cancel.ts'
import { InputError } from './inputs.ts'
import { debug, fail, plain, say, warn } from './log.ts'
import { openDispatcher } from './proxy.ts'

/** What an action's main or post is given: the way to the network, and how long it may go on. */
export interface Job extends Lifelines {
  /** A line to a service, with a rate limit of its own. Waits for all of them add up. */
  line(service: string): Line
}

/** Runs an action's main. Whatever it throws fails the step, with the error's message and no stack trace. */
export async function runMain(main: (job: Job) => Promise<void>): Promise<void> {
  const lifelines = onCancel(() => {
    fail('The job was cancelled, and the time for cleaning up ran out. The post step goes on with it.')
    exit()
  })
  try {
    checkCommandFiles()
    await main(open(lifelines))
  } catch (error) {
    for (const problem of problemsOf(error)) fail(problem)
  }
  endIfCancelled(lifelines)
}

/** Runs an action's post. It never fails the job: whatever it throws becomes a warning. */
export async function runPost(post: (job: Job) => Promise<void>): Promise<void> {
  const lifelines = onCancel(() => {
    warn('The job was cancelled again, and the time for cleaning up ran out.')
    exit()
  })
  try {
    await post(open(lifelines))
  } catch (error) {
    for (const problem of problemsOf(error)) warn(problem)
  }
  endIfCancelled(lifelines)
}

function open(lifelines: Lifelines): Job {
  const patience = fullPatience()
  const dispatcher = openDispatcher(process.env)
  return {
    ...lifelines,
    line: service => ({
      dispatcher,
      rateLimit: new RateLimit(service, patience, say),
      lifeline: lifelines.work,
      say,
      debug,
    }),
  }
}

/** A connection that is still being made would keep a cancelled step alive. */
function endIfCancelled({ work }: Lifelines): void {
  if (work.stop.aborted) exit()
}

/** Ends the process once the log is written: on Windows a pipe takes its time. */
function exit(): void {
  process.stdout.write('', () => process.exit())
}

/** Without these files @actions/core would write outputs and state, secrets among them, into the log. */
function checkCommandFiles(): void {
  for (const name of ['GITHUB_OUTPUT', 'GITHUB_STATE']) {
    if (!existsSync(process.env[name] ?? '')) {
      throw new Error(
        `${name} names no file. This action needs a runner that provides it, as 2.297.0 and later do.`,
      )
    }
  }
}

function problemsOf(error: unknown): readonly string[] {
  if (error instanceof InputError) return error.problems
  if (!(error instanceof Error)) return [`Something that is not an error was thrown: ${plain(String(error))}`]
  if (isDebug()) for (const line of (error.stack ?? '').split('\n')) debug(line)
  return [error.message]
}
