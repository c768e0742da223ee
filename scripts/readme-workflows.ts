import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { parse } from 'yaml'
import { DOCUMENTS, yamlBlocks } from '../test/workflows/blocks.ts'

const ROOT = join(import.meta.dirname, '..')
const AROUND_STEPS = `name: Steps
on: push
permissions: {}
concurrency: steps
jobs:
  steps:
    name: Steps
    runs-on: ubuntu-latest
    steps:
`

/** Writes each workflow of the READMEs and of docs/ into a folder, as a file named after the README and the line. */
function main(folder: string): void {
  mkdirSync(folder, { recursive: true })
  for (const readme of DOCUMENTS) {
    for (const { line, text } of yamlBlocks(readFileSync(join(ROOT, readme), 'utf8'))) {
      const name = `${readme.replaceAll(/[/.]/g, '-')}-line-${line}.yml`
      writeFileSync(join(folder, name), asWholeWorkflow(text))
    }
  }
}

/** Steps come into a workflow that leaves nothing to complain of, so that what is found is theirs. */
function asWholeWorkflow(text: string): string {
  return Array.isArray(parse(text)) ? AROUND_STEPS + text.replaceAll(/^(?=.)/gm, '      ') : text
}

const [folder] = process.argv.slice(2)
if (folder === undefined) throw new Error('usage: node scripts/readme-workflows.ts FOLDER')
main(folder)
