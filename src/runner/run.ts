import { getInput, getState, isDebug } from '@actions/core'
import type { HttpClient } from '../http/client.ts'
import { RateLimitWaiter } from '../http/rate-limit.ts'
import { type CancellationSignals, handleCancellation } from './cancel.ts'
import { checkCommandFiles } from './command-files.ts'
import { debug, info, messageOf, sanitize, setFailed, warning } from './log.ts'
import { dispatcherLoader } from './proxy.ts'
import { redact } from './secrets.ts'

/** What an action's main or post is given: the job's status, clients, and how long it may go on. */
export interface ActionContext extends CancellationSignals {
  /** `success`, `failure` or `cancelled` in post; empty where the action has no input `job-status`. */
  readonly jobStatus: string
  /** A client for what `target` says, with a rate limit of its own. The waits of all of them add up. */
  createClient<T extends object>(service: string, target: T): HttpClient & T
}

/** Milliseconds of rate-limit waits. A cancelled job as a whole is killed some minutes later. */
const WAIT_BUDGET = 300_000
const CANCELLED_WAIT_BUDGET = 60_000

type Action = (context: ActionContext) => Promise<void>

/** Loads and runs an action's main. Whatever it throws fails the step, with the error's message and no stack trace. */
export function runMain(load: () => Promise<Action>): Promise<void> {
  const hasPost = readJobStatus() !== ''
  const timeout = `The job was cancelled, and the time for cleaning up ran out.${hasPost ? ' The post step continues the cleanup.' : ''}`
  const checked: Action = async context => {
    checkCommandFiles()
    await (await load())(context)
  }
  return run(checked, WAIT_BUDGET, setFailed, timeout)
}

/**
 * Loads and runs an action's post, when its main saved the value `state`. It never fails the job: whatever it throws
 * becomes a warning.
 */
export async function runPost(state: string, load: () => Promise<Action>): Promise<void> {
  if (getState(state) === '') return info('This step left nothing to clean up.')
  const budget = /^(success|failure)$/.test(readJobStatus()) ? WAIT_BUDGET : CANCELLED_WAIT_BUDGET
  const post: Action = async context => (await load())(context)
  return run(post, budget, warning, 'The job was cancelled again, and the time for cleaning up ran out.')
}

async function run(action: Action, waitBudget: number, report: (text: string) => void, timeout: string): Promise<void> {
  const signals = handleCancellation(() => {
    report(timeout)
    // process.exit() would wait for what hangs in another thread, such as writing a file.
    process.stdout.write('', () => process.kill(process.pid, 'SIGKILL'))
  })
  try {
    await action(createContext(signals, waitBudget))
  } catch (thrown) {
    for (const message of messagesOf(thrown)) report(message)
  }
  // What is still going on, such as a connection through a silent proxy, would keep the step alive. The log takes its time.
  process.stdout.write('', () => process.exit())
}

/** The same client for what must still be done when the job is cancelled. */
export function toCleanupClient<T extends HttpClient>(client: T, { cleanup }: CancellationSignals): T {
  return { ...client, drain: cleanup, signal: cleanup }
}

const readJobStatus = (): string => getInput('job-status')

function createContext(signals: CancellationSignals, remainingMs: number): ActionContext {
  const budget = { remainingMs }
  const dispatcher = dispatcherLoader(process.env)
  return {
    ...signals,
    jobStatus: readJobStatus(),
    createClient: (service, target) => ({
      ...target,
      dispatcher,
      rateLimitWaiter: new RateLimitWaiter(service, budget, info),
      drain: signals.drain,
      signal: signals.abort,
      info,
      debug,
      redact,
    }),
  }
}

function messagesOf(thrown: unknown): readonly string[] {
  if (thrown instanceof AggregateError && thrown.errors.length > 0) return thrown.errors.map(messageOf)
  if (!(thrown instanceof Error)) return [`A non-Error value was thrown: ${sanitize(String(thrown))}`]
  if (isDebug()) for (const line of (thrown.stack ?? '').split('\n')) debug(line)
  return [thrown.message]
}
