import { join } from 'node:path'
import { type ActionFolder, readAction } from './github-runner/action.ts'
import { secretsGiven } from './github-runner/leaks.ts'
import { startPhase } from './github-runner/phase.ts'
import type { RunningStep, StepOptions, StepRun } from './github-runner/step.ts'

export { ACTION_FOLDERS, type ActionFolder, type JobStatus } from './github-runner/action.ts'
export { cancelJob, cancelStep } from './github-runner/cancel.ts'
export type { PayloadFile, WorkflowEvent } from './github-runner/environment.ts'
export { hostEnvironment, inputVariables, runnerVariables } from './github-runner/environment.ts'
export { EVENTS, type EventName, startedBy } from './github-runner/events.ts'
export type { RunningStep, StepOptions, StepRun } from './github-runner/step.ts'

const REPOSITORY = join(import.meta.dirname, '..')

/** Runs the main phase of a step as GitHub's runner does, to its end. */
export function runStep(action: ActionFolder, options: StepOptions = {}): Promise<StepRun> {
  return startStep(action, options).done
}

/** Starts the main phase of a step, for a test that interrupts it. */
export function startStep(folder: ActionFolder, options: StepOptions = {}): RunningStep {
  const action = readAction(options.root ?? REPOSITORY, folder)
  const left = { env: {}, state: {}, masks: new Set(options.masks ?? secretsGiven(options)) }
  return startPhase({ action, step: options, file: action.main, jobStatus: 'success', left })
}
