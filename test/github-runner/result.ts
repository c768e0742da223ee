import type { FileContents } from './command-files.ts'
import type { Log } from './log.ts'
import { readPairs } from './pairs.ts'
import type { StepRun } from './step.ts'

/** What is left of a phase whose process ended. */
export type Ended = Pick<StepRun, 'exitCode' | 'signal' | 'stdout' | 'stderr' | 'files'>

const MAX_SUMMARY_BYTES = 1024 * 1024

/** What the runner makes of a phase that ended: it reads the command files in its own order. */
export function resultOf(
  ended: Ended,
  log: Log,
): Omit<StepRun, 'post' | 'startPost' | 'details'> & { env: Record<string, string> } {
  const env = takePairs('env', ended.files, log)
  const summary = takeSummary(ended.files.summary, log)
  const state = { ...log.state, ...takePairs('state', ended.files, log) }
  const outputs = { ...log.outputs, ...takePairs('output', ended.files, log) }
  return {
    ...ended,
    env,
    summary,
    state,
    outputs,
    conclusion: ended.exitCode === 0 && !log.failed ? 'success' : 'failure',
    log: log.lines.join('\n'),
    masks: [...log.masks],
    unmasked: [...log.unmasked],
    annotations: log.annotations,
    debugLines: log.debugLines,
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

/** The summary as the run page gets it, masked line by line. One that is too large is dropped, which fails nothing. */
function takeSummary(text: string, log: Log): string {
  const bytes = Buffer.byteLength(text)
  if (bytes <= MAX_SUMMARY_BYTES) {
    const lines = text.replace(/(\r\n|\r|\n)$/, '').split(/\r\n|\r|\n/)
    return text === '' ? '' : lines.map(line => `${log.masker.mask(line)}\n`).join('')
  }
  const size = `content up to a size of 1024k, got ${Math.floor(bytes / 1024)}k`
  log.annotate('error', `$GITHUB_STEP_SUMMARY upload aborted, supports ${size}.`)
  return ''
}
