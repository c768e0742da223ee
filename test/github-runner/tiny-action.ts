import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll } from 'vitest'
import { runStep, type StepOptions, type StepRun } from '../github-runner.ts'

const ACTION = `name: tiny
inputs:
  name: { description: n, default: world }
  two words: { description: t }
  api-token: { description: a, required: true }
  job-status: { description: j, default: '\${{ job.status }}' }
runs: { using: node24, main: ../dist/main.mjs, post: ../dist/post.mjs }
`
/** A script that prints its environment, for `environmentOf`. */
export const SHOW = 'console.log(JSON.stringify(process.env))'
let folder: string
let count = 0

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'runner-test-'))
})
afterAll(() => rmSync(folder, { recursive: true }))

/** A repository of one action whose phases are the given scripts. */
export function repository(main: string, post = ''): string {
  const root = join(folder, String(++count))
  mkdirSync(join(root, 'dist'), { recursive: true })
  mkdirSync(join(root, 'delete'))
  const imports = "import { appendFileSync, existsSync, writeSync } from 'node:fs';\n"
  writeFileSync(join(root, 'delete/action.yml'), post === '' ? ACTION.replace(/, post: .*mjs/, '') : ACTION)
  writeFileSync(join(root, 'dist/main.mjs'), imports + main)
  writeFileSync(join(root, 'dist/post.mjs'), imports + post)
  return root
}

/** Runs the first of two scripts as a step's main phase. */
export function run(main: string, options: StepOptions = {}, post?: string): Promise<StepRun> {
  return runStep('delete', { root: repository(main, post), ...options })
}

/** The step's output is `text`, as it is. */
export function print(text: string, options: StepOptions = {}): Promise<StepRun> {
  return run(`process.stdout.write(${JSON.stringify(text)})`, options)
}

/** The environment that a phase which ran `SHOW` had. */
export function environmentOf(step: StepRun): Record<string, string> {
  return JSON.parse(step.stdout)
}
