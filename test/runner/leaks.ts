import type { StepRun } from './step.ts'

/** A value shorter than this may stand in a log by chance. */
const SHORTEST = 8

/**
 * Each place outside the runner's own output and state files that shows a secret, in plain or as base64. The commands
 * that register a secret with the masker do not count.
 */
export function leaksOf(
  run: Pick<StepRun, 'stdout' | 'stderr' | 'files' | 'debugLines'>,
  secrets: readonly string[],
): string[] {
  const log = `${run.stdout}\n${run.stderr}`.replace(/^::add-mask::.*$/gm, '')
  const places = {
    log,
    summary: run.files.summary,
    annotations: log.replaceAll('%0D', '\r').replaceAll('%0A', '\n').replaceAll('%25', '%'),
    debug: run.debugLines.join('\n'),
    environment: run.files.env + run.files.path,
  }
  return Object.entries(places).flatMap(([place, text]) =>
    secrets
      .filter(secret => secret.length >= SHORTEST)
      .filter(secret => [secret, Buffer.from(secret).toString('base64')].some(form => text.includes(form)))
      .map(secret => `${secret} in ${place}`),
  )
}
