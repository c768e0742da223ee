import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { ACTION_FOLDERS, type Action, readAction } from '../test/github-runner/action.ts'

/** What an `action.yml` has for an input that tells being absent from being empty. */
const NOT_GIVEN = '(none)'

/** The Markdown of an action's README with its tables of inputs and outputs regenerated from the `action.yml`. */
function withTables(markdown: string, action: Action): string {
  const inputs = action.inputs.map(input => [code(input.name), description(input)])
  const outputs = action.outputs.map(output => [code(output.name), cell(output.description)])
  const first = between(markdown, 'inputs', table(['Input', 'Description'], inputs))
  return between(first, 'outputs', table(['Output', 'Description'], outputs))
}

/** With the default in it: in a column of its own, the longest would squeeze the names. */
function description({ description: text, required, default: preset }: Action['inputs'][number]): string {
  if (required) return `**Required.** ${cell(text)}`
  const isShown =
    preset !== undefined && preset !== '' && preset !== NOT_GIVEN && !text.includes('Do not set')
  return isShown ? `${cell(text)} Default: ${code(preset)}.` : cell(text)
}

function code(text: string): string {
  return `\`${cell(text)}\``
}

function cell(text: string): string {
  return text.trim().replaceAll(/\s+/g, ' ').replaceAll('|', '\\|')
}

function table(head: string[], rows: string[][]): string {
  return [head, head.map(() => '---'), ...rows].map(row => `| ${row.join(' | ')} |`).join('\n')
}

function between(markdown: string, marker: string, text: string): string {
  const [open, close] = [`<!-- ${marker} -->`, `<!-- /${marker} -->`]
  const [start, end] = [markdown.indexOf(open), markdown.indexOf(close)]
  if (start < 0 && end < 0) return markdown
  if (start < 0 || end < start) throw new Error(`${open} and ${close} do not match`)
  return `${markdown.slice(0, start + open.length)}\n${text}\n${markdown.slice(end)}`
}

/** Writes the READMEs that are out of date, or with `check` only names them. */
function main(check: boolean): void {
  const root = join(import.meta.dirname, '..')
  for (const folder of ACTION_FOLDERS) {
    const file = join(root, folder, 'README.md')
    const old = readFileSync(file, 'utf8')
    const text = withTables(old, readAction(root, folder))
    if (text === old) continue
    if (check) process.exitCode = 1
    else writeFileSync(file, text)
    console.log(`${join(folder, 'README.md')} ${check ? 'is out of date: run npm run readme' : 'written'}`)
  }
}

if (import.meta.main) main(process.argv.includes('--check'))
