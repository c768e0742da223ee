import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

/** The raw contents of the files that a step writes its commands to. */
export interface FileContents {
  readonly output: string
  readonly state: string
  readonly summary: string
  readonly env: string
  readonly path: string
}

const VARIABLES = {
  output: 'GITHUB_OUTPUT',
  state: 'GITHUB_STATE',
  summary: 'GITHUB_STEP_SUMMARY',
  env: 'GITHUB_ENV',
  path: 'GITHUB_PATH',
} as const

/** Makes the empty files of a phase and says which variables name them. */
export function createCommandFiles(folder: string): {
  variables: Record<string, string>
  read(): FileContents
} {
  mkdirSync(folder)
  for (const name of Object.keys(VARIABLES)) writeFileSync(join(folder, name), '')
  const read = (name: string): string => readFileSync(join(folder, name), 'utf8')
  return {
    variables: Object.fromEntries(
      Object.entries(VARIABLES).map(([name, variable]) => [variable, join(folder, name)]),
    ),
    read: () => ({
      output: read('output'),
      state: read('state'),
      summary: read('summary'),
      env: read('env'),
      path: read('path'),
    }),
  }
}
