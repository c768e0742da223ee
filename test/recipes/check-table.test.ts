import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'

const ROOT = join(import.meta.dirname, '../..')
const read = (file: string): string => readFileSync(join(ROOT, file), 'utf8')

const [, table = ''] = read('check/README.md').split('| The table says | Look at |\n| --- | --- |\n')
const [rows = ''] = table.split('\n\n')
const quotes = [...rows.matchAll(/^\| (.*?) \| /gm)].map(([, cell = '']) => cell)

test.each(quotes)('check/README.md: %s is what the table of a step says', quote => {
  const sources = globSync('src/**/*.ts', { cwd: ROOT }).map(read).join('\n')
  expect(sources).toContain(quote.replace(/ `\d+`$/, ''))
})

test('the table of check/README.md is found', () => expect(quotes.length).toBeGreaterThan(5))
