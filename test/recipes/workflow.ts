import { parse } from 'yaml'
import { asWorkflow, yamlBlocks } from '../workflows/blocks.ts'

/** A recipe of a README, named after the file and the heading it stands under. */
export interface Recipe {
  readonly title: string
  readonly triggers: Fields
  readonly env: Fields
  readonly jobs: readonly Job[]
}

/** A job as it is written; `environment` is a text with expressions. */
export interface Job {
  readonly id: string
  readonly condition: string
  readonly environment: string
  readonly env: Fields
  readonly permissions: Fields
  readonly outputs: Fields
  /** What `matrix` is in each of its runs. */
  readonly combinations: readonly Fields[]
  readonly steps: readonly Step[]
}

/** A step as it is written. */
export interface Step {
  readonly id: string
  readonly uses: string
  readonly run: string
  /** Absent, it is Bash without `pipefail`. */
  readonly shell: string
  readonly condition: string
  readonly inputs: Fields
  readonly env: Fields
}

/** The members of a YAML mapping, yet to be narrowed. */
export type Fields = Readonly<Record<string, unknown>>

/** Reads every recipe of a README. The second one under a heading is called `… (2)`, and so on. */
export function readRecipes(file: string, markdown: string): Recipe[] {
  const count = new Map<string, number>()
  return yamlBlocks(markdown).map(({ line, text }) => {
    const above = markdown.split('\n').slice(0, line)
    const heading = above.findLast(one => /^#+ /.test(one))?.replace(/^#+ /, '') ?? ''
    const nth = (count.get(heading) ?? 0) + 1
    count.set(heading, nth)
    const title = `${file}: ${heading}${nth > 1 ? ` (${nth})` : ''}`
    return readWorkflow(title, fields(parse(asWorkflow(text))))
  })
}

function readWorkflow(title: string, workflow: Fields): Recipe {
  const { on, jobs } = workflow
  const triggers = typeof on === 'string' ? { [on]: {} } : fields(on)
  const read = Object.entries(fields(jobs)).map(([id, job]) => readJob(id, fields(job)))
  return { title, triggers, env: fields(workflow.env), jobs: read }
}

function readJob(id: string, job: Fields): Job {
  const { environment, steps } = job
  return {
    id,
    condition: text(job.if ?? 'true'),
    environment: text(typeof environment === 'object' ? fields(environment).name : environment),
    env: fields(job.env),
    permissions: fields(job.permissions),
    outputs: fields(job.outputs),
    combinations: combine(fields(fields(job.strategy).matrix)),
    steps: list(steps).map(step => readStep(fields(step))),
  }
}

function readStep(step: Fields): Step {
  return {
    id: text(step.id),
    uses: text(step.uses),
    run: text(step.run),
    shell: text(step.shell),
    condition: text(step.if ?? 'true'),
    inputs: fields(step.with),
    env: fields(step.env),
  }
}

function combine(matrix: Fields): Fields[] {
  return Object.entries(matrix).reduce<Fields[]>(
    (before, [name, values]) => before.flatMap(one => list(values).map(value => ({ ...one, [name]: value }))),
    [{}],
  )
}

function list(value: unknown): unknown[] {
  return Array.isArray(value) ? value : []
}

/** The members of an object, or none. */
export function fields(value: unknown): Fields {
  return typeof value === 'object' && value !== null ? { ...value } : {}
}

function text(value: unknown): string {
  return value === undefined || value === null ? '' : String(value)
}
