import type { StepOptions, StepRun } from './step.ts'

/** A value shorter than this may stand in a log by chance. */
const SHORTEST = 8

/** The secrets that a step is given. A workflow takes them from `secrets`, or from a step that masked them. */
export function secretsGiven({ inputs = {}, env = {} }: StepOptions): string[] {
  const { key, authorization } = inputs
  const given = [inputs['api-token'], inputs['github-token'], key, authorization, env.CLOUDFLARE_API_TOKEN]
  return given.filter(secret => secret !== undefined).filter(secret => secret !== '')
}

/**
 * Each place outside the runner's own output and state files that shows a secret, in plain or as base64. The commands
 * that register a secret with the masker do not count.
 */
export function leaksOf(
  run: Pick<StepRun, 'details' | 'stdout' | 'stderr' | 'files' | 'debugLines'>,
  secrets: readonly string[],
): string[] {
  const log = `${run.stdout}\n${run.stderr}`.replace(/^::add-mask::.*$/gm, '')
  const places = {
    details: run.details,
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

/** Every step of every test is walked for secrets; actions outside this repository may show what they like. */
export function withoutLeaks(step: StepOptions, masks: Iterable<string>, run: StepRun): StepRun {
  if (step.root !== undefined) return run
  const created = [run.outputs.key, run.outputs.username, run.outputs.credential]
  const secrets = [...secretsGiven(step), ...created, ...masks].filter(secret => secret !== undefined)
  const leaks = leaksOf(run, secrets)
  if (leaks.length > 0) throw new Error(`The step shows secrets: ${leaks.join('; ')}`)
  return run
}
