import { parse } from 'yaml'

/** A YAML block of a document, and the line it begins on. */
interface Block {
  readonly line: number
  readonly text: string
}

/** The documents whose workflows are checked and played. */
export const DOCUMENTS = [
  'README.md',
  'credentials/README.md',
  'delete/README.md',
  'usage/README.md',
  'check/README.md',
  'docs/behaviour.md',
  'docs/deploy.md',
  'docs/permissions.md',
  'docs/previews.md',
]

/** Finds every fenced YAML block of a Markdown text. */
export function yamlBlocks(markdown: string): Block[] {
  return [...markdown.matchAll(/^( *)```ya?ml\n(.*?)^\1```/gms)].map(
    ({ index, 1: indent = '', 2: body = '' }) => ({
      line: markdown.slice(0, index).split('\n').length + 1,
      text: body.replaceAll(new RegExp(`^${indent}`, 'gm'), ''),
    }),
  )
}

/** Makes a workflow of a block: a list is the steps of a job, and `jobs` without `on` runs on push. */
export function asWorkflow(text: string): string {
  const yaml: unknown = parse(text)
  if (Array.isArray(yaml)) {
    const steps = text.replaceAll(/^(?=.)/gm, '      ')
    return `on: push\njobs:\n  example:\n    runs-on: ubuntu-latest\n    steps:\n${steps}`
  }
  if (typeof yaml === 'object' && yaml !== null && 'on' in yaml) return text
  if (typeof yaml === 'object' && yaml !== null && 'jobs' in yaml) return `on: push\n${text}`
  throw new Error('neither a workflow nor a list of steps')
}
