import { readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { parse } from 'yaml'

/** The folders in the repository that hold an action each. */
export const ACTION_FOLDERS = ['.', 'credentials', 'delete', 'check', 'usage'] as const

/** An action's folder in the repository. */
export type ActionFolder = (typeof ACTION_FOLDERS)[number]

interface ActionInput {
  readonly name: string
  readonly description: string
  readonly required: boolean
  readonly default: string | undefined
}

/** What an `action.yml` says. `main` and `post` are full paths. */
export interface Action {
  readonly name: string
  readonly inputs: readonly ActionInput[]
  readonly outputs: readonly { readonly name: string; readonly description: string }[]
  readonly main: string
  readonly post: string | undefined
}

/** Reads `<root>/<folder>/action.yml`. */
export function readAction(root: string, folder: string): Action {
  const file = join(root, folder, 'action.yml')
  const yaml = fields(parse(readFileSync(file, 'utf8')))
  const runs = fields(yaml.runs)
  const post = runs.post
  const condition = runs['post-if'] ?? 'always()'
  if (condition !== 'always()') throw new Error(`${file}: post-if ${text(condition)} is not emulated`)
  return {
    name: text(yaml.name),
    inputs: Object.entries(fields(yaml.inputs)).map(([name, value]) => readInput(name, fields(value))),
    outputs: Object.entries(fields(yaml.outputs)).map(([name, value]) => ({
      name,
      description: text(fields(value).description),
    })),
    main: join(dirname(file), text(runs.main)),
    post: post === undefined ? undefined : join(dirname(file), text(post)),
  }
}

/** The job's status as a step sees it in `job.status`. */
export type JobStatus = 'success' | 'failure' | 'cancelled'

/** The inputs of a step: what it gives, the evaluated defaults for the rest, and the names nobody declared. */
export function stepInputs(
  action: Action,
  given: Readonly<Record<string, string>>,
  status: JobStatus,
): { values: Record<string, string>; unexpected: string[] } {
  const values: Record<string, string> = { ...given }
  const names = new Set(Object.keys(given).map(name => name.toLowerCase()))
  const declared = new Set(action.inputs.map(input => input.name.toLowerCase()))
  for (const input of action.inputs) {
    if (!names.has(input.name.toLowerCase())) values[input.name] = evaluate(input.default ?? '', status)
  }
  return { values, unexpected: Object.keys(given).filter(name => !declared.has(name.toLowerCase())) }
}

function evaluate(value: string, status: JobStatus): string {
  return value.replaceAll(/\$\{\{\s*(.*?)\s*\}\}/g, (whole, expression: string) => {
    if (expression === 'job.status') return status
    // Of the emulator's, the one that is like it.
    if (expression === 'github.token') return 'emulator-github-workflow'
    throw new Error(`${whole} is not emulated`)
  })
}

function readInput(name: string, input: Record<string, unknown>): ActionInput {
  const preset = input.default
  return {
    name,
    description: text(input.description),
    required: input.required === true,
    default: preset === undefined || preset === null ? undefined : text(preset),
  }
}

function fields(value: unknown): Record<string, unknown> {
  return typeof value === 'object' && value !== null ? { ...value } : {}
}

function text(value: unknown): string {
  return value === undefined || value === null ? '' : String(value)
}
