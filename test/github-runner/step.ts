import type { ChildProcess } from 'node:child_process'
import type { JobStatus } from './action.ts'
import type { FileContents } from './command-files.ts'
import type { WorkflowEvent } from './environment.ts'
import type { Annotation } from './log.ts'

/** A step as a workflow writes it, and the run it belongs to. */
export interface StepOptions {
  /** The step's `with:`. */
  inputs?: Record<string, string>
  /** The step's `env:`, and that of its job. */
  env?: Record<string, string>
  /** What the runner's own variables say here, such as GITHUB_API_URL; undefined removes. */
  runner?: Record<string, string | undefined>
  /** The step's `id:`; one that begins with `__` sets no outputs. */
  id?: string
  /** Values masked before the step: the job's secrets, and what earlier steps masked. By default what `with:` gives. */
  masks?: readonly string[]
  event?: WorkflowEvent
  debug?: boolean
  /** Flags for node, before the action's file. */
  nodeOptions?: string[]
  /** The repository that holds the action, by default this one. */
  root?: string
}

/** What a post phase sees otherwise than its main phase. */
export interface PostOptions
  extends Pick<StepOptions, 'inputs' | 'env' | 'runner' | 'debug' | 'nodeOptions'> {
  jobStatus?: JobStatus
  /** What comes instead of these values of the state that main saved. */
  state?: Readonly<Record<string, string>>
}

/** What the runner made of one phase of a step. */
export interface StepRun {
  readonly exitCode: number | null
  readonly signal: NodeJS.Signals | null
  /** The step's result: a command that could not be carried out fails it whatever the exit code. */
  readonly conclusion: 'success' | 'failure'
  /** What the runner printed before the phase, masked. It is not in `log`. */
  readonly details: string
  readonly stdout: string
  readonly stderr: string
  /** As the run page shows it: commands carried out, secrets as `***`. */
  readonly log: string
  /** In order of registration, in this phase. */
  readonly masks: readonly string[]
  readonly outputs: Readonly<Record<string, string>>
  readonly state: Readonly<Record<string, string>>
  /** As the run page gets it, masked; the raw one is in `files`. */
  readonly summary: string
  readonly annotations: readonly Annotation[]
  /** What `::debug::` said, shown or not. */
  readonly debugLines: readonly string[]
  /** Lines that show a value which was masked only later. */
  readonly unmasked: readonly string[]
  readonly files: FileContents
  /** The post phase of this step, with its own `with` and `env` over main's; an action without one gives an empty run. */
  post(options?: PostOptions): Promise<StepRun>
  /** Starts it, for a test that kills the job. */
  startPost(options?: PostOptions): RunningStep
}

/** A phase that was started, and can be interrupted. */
export interface RunningStep {
  readonly child: ChildProcess
  readonly done: Promise<StepRun>
  kill(signal: NodeJS.Signals): void
}
