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

/** Reads `name=value` lines and `name<<DELIMITER` blocks, in order; throws at the first bad one, as the runner does. */
export function* readPairs(text: string): Generator<[name: string, value: string]> {
  const lines = text.split('\n')
  for (let line = lines.shift(); line !== undefined; line = lines.shift()) {
    if (line === '') continue
    const [, name, sign, rest] = /^(.*?)(=|<<)(.*)$/s.exec(line) ?? []
    if (name === undefined || rest === undefined) throw new Error(`Invalid format '${line}'`)
    yield [name, sign === '=' ? rest : block(lines, line, name, rest)]
  }
}

function block(lines: string[], line: string, name: string, delimiter: string): string {
  if (name === '' || delimiter === '') {
    throw new Error(`Invalid format '${line}'. Name must not be empty and delimiter must not be empty`)
  }
  const end = lines.indexOf(delimiter)
  if (end < 0) throw new Error(`Invalid value. Matching delimiter not found '${delimiter}'`)
  return lines
    .splice(0, end + 1)
    .slice(0, -1)
    .join('\n')
}
