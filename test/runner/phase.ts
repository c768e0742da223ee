import { spawn } from 'node:child_process'
import { existsSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Action, type JobStatus, stepInputs } from './action.ts'
import { createCommandFiles, type FileContents } from './command-files.ts'
import { inputVariables, stepEnvironment } from './environment.ts'
import { leaksOf } from './leaks.ts'
import { collect } from './lines.ts'
import { Log } from './log.ts'
import { readPairs } from './pairs.ts'
import type { PostOptions, RunningStep, StepOptions, StepRun } from './step.ts'

/** One of a step's two phases, and what the one before it left. */
export interface Phase {
  readonly action: Action
  readonly step: StepOptions
  readonly file: string
  readonly jobStatus: JobStatus
  readonly left: { env: Record<string, string>; masks: ReadonlySet<string> }
}

type Ended = Pick<StepRun, 'exitCode' | 'signal' | 'stdout' | 'stderr' | 'files'>

/** Steps of a test run share the compiled bundle, which takes a quarter off each. */
const NODE_COMPILE_CACHE = join(tmpdir(), 'cloudflare-turn-key-compile-cache')
const NOTHING: FileContents = { output: '', state: '', summary: '', env: '', path: '' }

/** Starts node on the phase's file, in a temporary folder that is gone when the phase has ended. */
export function startPhase(phase: Phase): RunningStep {
  if (!existsSync(phase.file)) throw new Error(`File not found: '${phase.file}'`)
  const log = new Log(phase.step.debug === true, phase.left.masks)
  const inputs = readInputs(phase, log)
  const folder = mkdtempSync(join(tmpdir(), 'runner-'))
  const files = createCommandFiles(join(folder, 'commands'))
  const child = spawn(process.execPath, [...(phase.step.nodeOptions ?? []), phase.file], {
    env: {
      NODE_COMPILE_CACHE,
      ...stepEnvironment(folder, phase.step.event ?? { name: 'push', payload: {} }),
      ...(phase.step.debug === true ? { RUNNER_DEBUG: '1' } : {}),
      ...files.variables,
      ...inputVariables(inputs),
      ...phase.left.env,
      ...phase.step.env,
    },
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
    .then(ended => withoutLeaks(phase, report(phase, log, ended)))
    .finally(() => rmSync(folder, { recursive: true, force: true, maxRetries: 3 }))
  return { child, done, kill: signal => void child.kill(signal) }
}

/** Every step of every test is walked for secrets; actions outside this repository may show what they like. */
function withoutLeaks({ step, left }: Phase, run: StepRun): StepRun {
  if (step.root !== undefined) return run
  const { inputs = {} } = step
  const given = [inputs['api-token'], inputs['github-token'], inputs.key]
  const made = [run.outputs.key, run.outputs.username, run.outputs.credential]
  const secrets = [...given, ...made, ...left.masks].filter(secret => secret !== undefined)
  const leaks = leaksOf(run, secrets)
  if (leaks.length > 0) throw new Error(`The step shows secrets: ${leaks.join('; ')}`)
  return run
}

function readInputs({ action, step, jobStatus }: Phase, log: Log): Record<string, string> {
  const { values, unexpected } = stepInputs(action, step.inputs ?? {}, jobStatus)
  if (unexpected.length > 0) {
    const valid = action.inputs.map(input => input.name).join("', '")
    log.annotate('warning', `Unexpected input(s) '${unexpected.join("', '")}', valid inputs are ['${valid}']`)
  }
  return values
}

function report(phase: Phase, log: Log, ended: Ended): StepRun {
  const outputs = { ...log.outputs, ...takePairs('output', ended.files, log) }
  const state = { ...log.state, ...takePairs('state', ended.files, log) }
  const env = { ...phase.left.env, ...takePairs('env', ended.files, log) }
  for (const [name, value] of Object.entries(state)) env[`STATE_${name}`] = value
  return {
    ...ended,
    outputs,
    state,
    conclusion: ended.exitCode === 0 && !log.failed ? 'success' : 'failure',
    log: log.lines.join('\n'),
    masks: [...log.masks],
    unmasked: [...log.unmasked],
    annotations: log.annotations,
    debugLines: log.debugLines,
    summary: log.masker.mask(ended.files.summary),
    post: options => runPost(phase, { env, masks: log.masker.values }, options),
  }
}

function takePairs(name: 'output' | 'state' | 'env', files: FileContents, log: Log): Record<string, string> {
  const pairs: Record<string, string> = {}
  try {
    for (const [key, value] of readPairs(files[name])) pairs[key] = value
  } catch (error) {
    log.refuse(`file command '${name}'`, error instanceof Error ? error.message : String(error))
  }
  return pairs
}

async function runPost(main: Phase, left: Phase['left'], options: PostOptions = {}): Promise<StepRun> {
  const { jobStatus = 'success', env, ...rest } = options
  const step = { ...main.step, ...rest, env: { ...main.step.env, ...env } }
  const file = main.action.post
  const phase: Phase = { action: main.action, step, file: file ?? '', jobStatus, left }
  if (file !== undefined) return startPhase(phase).done
  const ended = { exitCode: 0, signal: null, stdout: '', stderr: '', files: NOTHING }
  return report(phase, new Log(false, left.masks), ended)
}
