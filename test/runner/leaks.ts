import type { StepRun } from './step.ts'

/** A value shorter than this may stand in a log by chance. */
const SHORTEST = 8

/**
 * Each place outside the runner's own output and state files that shows a secret, in plain or as base64. The commands
 * that register a secret with the masker do not count.
 */
export function leaksOf(
  run: Pick<StepRun, 'stdout' | 'stderr' | 'files' | 'annotations' | 'debugLines'>,
  secrets: readonly string[],
): string[] {
  const places = {
    log: `${run.stdout}\n${run.stderr}`.replace(/^::add-mask::.*$/gm, ''),
    summary: run.files.summary,
    annotations: run.annotations.map(({ message }) => message).join('\n'),
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
