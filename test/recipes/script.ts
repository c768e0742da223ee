import type { Step } from './workflow.ts'

/** What a script of a recipe did. */
export interface ScriptRun {
  readonly exitCode: number | null
  readonly outputs: Readonly<Record<string, string>>
  readonly log: string
}

/** Runs the script of a step. */
export type RunScript = (step: Step, env: Readonly<Record<string, string>>) => Promise<ScriptRun>

/** The URL that every script outputs that is only imagined. */
export const IMAGINED_URL = 'https://pr-7-app.octo.workers.dev'

/**
 * Imagines that a script does what it is for, so that the steps around it can be played without the tools of others: the
 * relay set runs these. One that contains `failing` fails.
 */
export function imagineScript(failing: string | undefined): RunScript {
  return async ({ run }) => {
    const fails = failing !== undefined && run.includes(failing)
    const names = run.includes('GITHUB_OUTPUT') ? [...run.matchAll(/"([a-z]+)=/g)] : []
    const outputs = names.map(([, name = '']) => [name, IMAGINED_URL])
    return { exitCode: fails ? 1 : 0, outputs: fails ? {} : Object.fromEntries(outputs), log: '' }
  }
}
