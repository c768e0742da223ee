import { spawn } from 'node:child_process'
import { existsSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Action, type JobStatus, stepInputs } from './action.ts'
import { createCommandFiles, type FileContents } from './command-files.ts'
import { detailsOf } from './details.ts'
import { hostEnvironment, inputVariables, runnerVariables } from './environment.ts'
import { withoutLeaks } from './leaks.ts'
import { collect } from './lines.ts'
import { Log } from './log.ts'
import { type Ended, resultOf } from './result.ts'
import type { PostOptions, RunningStep, StepOptions, StepRun } from './step.ts'

/** One of a step's two phases, and what the job and the phase before it left. */
export interface Phase {
  readonly action: Action
  readonly step: StepOptions
  readonly file: string
  readonly jobStatus: JobStatus
  readonly left: {
    readonly env: Readonly<Record<string, string>>
    readonly state: Readonly<Record<string, string>>
    readonly masks: ReadonlySet<string>
  }
}

/** Steps of a test run share the compiled bundle, which takes a quarter off each. */
const NODE_COMPILE_CACHE = join(tmpdir(), 'cloudflare-turn-key-compile-cache')
const NO_FILES: FileContents = { output: '', state: '', summary: '', env: '', path: '' }

/** Starts node on the phase's file, in a temporary folder that is gone when the phase has ended. */
export function startPhase(phase: Phase): RunningStep {
  if (!existsSync(phase.file)) throw new Error(`File not found: '${phase.file}'`)
  const log = new Log(phase.step.debug === true, phase.left.masks)
  const inputs = readInputs(phase, log)
  const details = detailsOf(phase, inputs, log.masker)
  const folder = mkdtempSync(join(tmpdir(), 'runner-'))
  const files = createCommandFiles(join(folder, 'commands'))
  const child = spawn(process.execPath, [...(phase.step.nodeOptions ?? []), phase.file], {
    env: environmentOf(phase, inputs, files.variables, folder),
    cwd: join(folder, 'workspace'),
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const stdout = collect(child.stdout, line => log.read(line))
  const stderr = collect(child.stderr, line => log.read(line))
  const done = new Promise<Ended>((resolve, reject) => {
    child.once('error', reject)
    child.once('close', (exitCode, signal) => {
      resolve({ exitCode, signal, stdout: stdout.text(), stderr: stderr.text(), files: files.read() })
    })
  })
    .then(ended => withoutLeaks(phase.step, phase.left.masks, report(phase, log, ended, details)))
    .finally(() => rmSync(folder, { recursive: true, force: true, maxRetries: 3 }))
  return { child, done, kill: signal => void child.kill(signal) }
}

/** What a phase sees. Later ones win: no workflow overrides state, inputs, or what the runner says. */
function environmentOf(
  { step, left }: Phase,
  inputs: Readonly<Record<string, string>>,
  commandFiles: Readonly<Record<string, string>>,
  folder: string,
): NodeJS.ProcessEnv {
  return {
    NODE_COMPILE_CACHE,
    ...hostEnvironment(),
    ...left.env,
    ...step.env,
    ...Object.fromEntries(Object.entries(left.state).map(([name, value]) => [`STATE_${name}`, value])),
    ...inputVariables(inputs),
    ...runnerVariables(folder, step.event ?? { name: 'push', payload: {} }),
    ...(step.debug === true ? { RUNNER_DEBUG: '1' } : {}),
    ...commandFiles,
    ...step.runner,
  }
}

function readInputs({ action, step, jobStatus }: Phase, log: Log): Record<string, string> {
  const { values, unexpected } = stepInputs(action, step.inputs ?? {}, jobStatus)
  if (unexpected.length > 0) {
    const valid = action.inputs.map(input => input.name).join("', '")
    log.annotate('warning', `Unexpected input(s) '${unexpected.join("', '")}', valid inputs are ['${valid}']`)
  }
  return values
}

function report(phase: Phase, log: Log, ended: Ended, details: string): StepRun {
  const { env: added, ...result } = resultOf(ended, log)
  const env = { ...phase.left.env, ...added }
  const outputs = phase.step.id?.startsWith('__') ? {} : result.outputs
  const left = { env, state: result.state, masks: log.masker.values }
  const startPost = (options?: PostOptions) => startPhase(postOf(phase, left, options))
  return {
    ...result,
    outputs,
    details,
    startPost,
    post: async options => (phase.action.post ? startPost(options).done : withoutPost(phase, left)),
  }
}

function postOf({ action, step: main }: Phase, left: Phase['left'], options: PostOptions = {}): Phase {
  const { jobStatus = 'success', state, env, inputs, runner, ...rest } = options
  const step = {
    ...main,
    ...rest,
    inputs: { ...main.inputs, ...inputs },
    env: { ...main.env, ...env },
    runner: { ...main.runner, ...runner },
  }
  return {
    action,
    step,
    file: action.post ?? '',
    jobStatus,
    left: { ...left, state: { ...left.state, ...state } },
  }
}

function withoutPost(phase: Phase, left: Phase['left']): StepRun {
  const ended = { exitCode: 0, signal: null, stdout: '', stderr: '', files: NO_FILES }
  return report(phase, new Log(false, left.masks), ended, '')
}
