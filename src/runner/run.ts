import { closeSync, openSync } from 'node:fs'
import { getInput, isDebug } from '@actions/core'
import { RateLimiter } from '../http/rate-limit.ts'
import type { HttpClient } from '../http/retry.ts'
import { type CancelSignals, handleCancellation } from './cancel.ts'
import { debug, info, messageOf, sanitize, setFailed, warning } from './log.ts'
import { lazyDispatcher } from './proxy.ts'

/** What an action's main or post is given: a way to each service, and how long it may go on. */
export interface StepContext extends CancelSignals {
  /** A client for one service, with a rate limiter of its own. The waits of all of them add up. */
  createClient(service: string): HttpClient
}

/** Milliseconds of rate-limit waits. A cancelled job as a whole is killed some minutes later. */
const MAIN_WAIT_BUDGET = 300_000
const CANCELLED_WAIT_BUDGET = 60_000

type Step = (context: StepContext) => Promise<void>

/** Runs an action's main. Whatever it throws fails the step, with the error's message and no stack trace. */
export function runMain(main: Step): Promise<void> {
  const timeout = 'The job was cancelled, and the time for cleaning up ran out. The post step continues the cleanup.'
  return run(main, MAIN_WAIT_BUDGET, setFailed, timeout)
}

/** Runs an action's post. It never fails the job: whatever it throws becomes a warning. */
export function runPost(post: Step): Promise<void> {
  const budget = /^(success|failure)$/.test(getInput('job-status')) ? MAIN_WAIT_BUDGET : CANCELLED_WAIT_BUDGET
  return run(post, budget, warning, 'The job was cancelled again, and the time for cleaning up ran out.')
}

async function run(step: Step, waitBudget: number, report: (text: string) => void, timeout: string): Promise<void> {
  const signals = handleCancellation(() => {
    report(timeout)
    // process.exit() would wait for what hangs in another thread, such as writing a file.
    process.stdout.write('', () => process.kill(process.pid, 'SIGKILL'))
  })
  try {
    if (report === setFailed) checkRunnerFiles()
    await step(createContext(signals, waitBudget))
  } catch (thrown) {
    for (const message of messagesOf(thrown)) report(message)
  }
  // A connection that is still being made would keep a cancelled step alive. On Windows the log takes its time.
  if (signals.drain.aborted) process.stdout.write('', () => process.exit())
}

/** The same client for what must still be done when the job is cancelled. */
export function withCleanupSignal<T extends HttpClient>(client: T, { cleanup }: CancelSignals): T {
  return { ...client, drain: cleanup, signal: cleanup }
}

function createContext(signals: CancelSignals, remainingMs: number): StepContext {
  const budget = { remainingMs }
  const dispatcher = lazyDispatcher(process.env)
  return {
    ...signals,
    createClient: service => ({
      dispatcher,
      rateLimiter: new RateLimiter(service, budget, info),
      drain: signals.drain,
      signal: signals.abort,
      info,
      debug,
    }),
  }
}

/** Without these files @actions/core would write outputs and state, secrets among them, into the log. */
function checkRunnerFiles(): void {
  for (const name of ['GITHUB_OUTPUT', 'GITHUB_STATE']) {
    const path = process.env[name] ?? ''
    if (path === '') throw new Error(`${name} is not set. Update the runner to 2.327.1 or later, which sets it.`)
    try {
      // Not "w" or "a": a file that does not exist is not created.
      closeSync(openSync(path, 'r+'))
    } catch (thrown) {
      const code = thrown instanceof Error && 'code' in thrown ? thrown.code : 'unknown error'
      throw new Error(
        `${name} points to a file that cannot be written (${code}). Update the runner to 2.327.1 or later; in a container, run as a user that may write the runner's files (see \`options: --user\`).`,
      )
    }
  }
}

function messagesOf(thrown: unknown): readonly string[] {
  if (thrown instanceof AggregateError && thrown.errors.length > 0) return thrown.errors.map(messageOf)
  if (!(thrown instanceof Error)) return [`A non-Error value was thrown: ${sanitize(String(thrown))}`]
  if (isDebug()) for (const line of (thrown.stack ?? '').split('\n')) debug(line)
  return [thrown.message]
}
