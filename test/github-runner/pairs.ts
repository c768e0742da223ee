interface Line {
  readonly text: string
  /** The line break after it, empty at the end of the file. */
  readonly end: string
}

/**
 * Reads `name=value` lines and `name<<DELIMITER` blocks, in order; throws at the first bad one, as the runner does. On
 * Windows `\r\n` ends a line too, because `@actions/core` writes it there. A line break inside a value stays as it is.
 */
export function* readPairs(
  text: string,
  platform: NodeJS.Platform = process.platform,
): Generator<[name: string, value: string]> {
  const lines = splitLines(text, platform)
  for (let line = lines.shift(); line !== undefined; line = lines.shift()) {
    if (line.text === '') continue
    const [, name, sign, rest] = /^(.*?)(=|<<)(.*)$/s.exec(line.text) ?? []
    if (name === undefined || rest === undefined) throw new Error(`Invalid format '${line.text}'`)
    yield [name, sign === '=' ? rest : takeBlock(lines, line.text, name, rest)]
  }
}

function splitLines(text: string, platform: NodeJS.Platform): Line[] {
  const lineEnd = platform === 'win32' ? /\r?\n$/ : /\n$/
  return (text.match(/[^\n]*\n|[^\n]+/g) ?? []).map(line => {
    const end = lineEnd.exec(line)?.[0] ?? ''
    return { text: line.slice(0, line.length - end.length), end }
  })
}

function takeBlock(lines: Line[], line: string, name: string, delimiter: string): string {
  if (name === '' || delimiter === '') {
    throw new Error(`Invalid format '${line}'. Name must not be empty and delimiter must not be empty`)
  }
  const end = lines.findIndex(({ text }) => text === delimiter)
  if (end < 0 && lines.at(-1)?.end === '') throw new Error('Invalid value. EOF marker missing new line.')
  if (end < 0) throw new Error(`Invalid value. Matching delimiter not found '${delimiter}'`)
  const block = lines.splice(0, end + 1).slice(0, -1)
  return block.map(({ text, end }, index) => (index < block.length - 1 ? text + end : text)).join('')
}
