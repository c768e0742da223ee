/** A workflow command found in a line of output. */
export interface Command {
  readonly name: string
  readonly data: string
  readonly properties: Readonly<Record<string, string>>
}

const NAMES: ReadonlySet<string> = new Set([
  'add-mask',
  'add-matcher',
  'add-path',
  'debug',
  'echo',
  'endgroup',
  'error',
  'group',
  'notice',
  'remove-matcher',
  'save-state',
  'set-env',
  'set-output',
  'stop-commands',
  'warning',
])

// The runner undoes the per cent sign last, so that `%250A` stays the text `%0A`.
const DATA: readonly (readonly [string, string])[] = [
  ['%0D', '\r'],
  ['%0A', '\n'],
  ['%25', '%'],
]
const PROPERTY: readonly (readonly [string, string])[] = [['%3A', ':'], ['%2C', ','], ...DATA]
const OLD_FORM: readonly (readonly [string, string])[] = [['%3B', ';'], ['%5D', ']'], ...DATA]

/**
 * The command in a line, or undefined. `::name::` counts at the start of a line only; the old `##[name]` counts anywhere
 * in it, which is why text from a server must not reach the log as it is. `resume` is the token of `stop-commands`.
 */
export function parseCommand(line: string, resume?: string): Command | undefined {
  return parseNew(line, resume) ?? parseOld(line, resume)
}

/** Properties (`name=…,title=…`) end at the second `::`. */
function parseNew(line: string, resume: string | undefined): Command | undefined {
  const text = line.trimStart()
  const end = text.indexOf('::', 2)
  if (!text.startsWith('::') || end < 0) return undefined
  return command(text.slice(2, end), text.slice(end + 2), [',', PROPERTY, DATA], resume)
}

function parseOld(line: string, resume: string | undefined): Command | undefined {
  const start = line.indexOf('##[')
  const end = line.indexOf(']', start)
  if (start < 0 || end < 0) return undefined
  return command(line.slice(start + 3, end), line.slice(end + 1), [';', OLD_FORM, OLD_FORM], resume)
}

function command(
  info: string,
  data: string,
  [separator, property, escapes]: readonly [string, typeof DATA, typeof DATA],
  resume: string | undefined,
): Command | undefined {
  const name = info.split(' ', 1)[0]?.toLowerCase() ?? ''
  if (!NAMES.has(name) && name !== resume?.toLowerCase()) return undefined
  const properties: Record<string, string> = {}
  for (const pair of info.slice(name.length).trim().split(separator)) {
    const [, key, value] = /^([^=]*)=(.*)$/s.exec(pair) ?? []
    if (key !== undefined && value !== undefined) properties[key.toLowerCase()] = unescaped(value, property)
  }
  return { name, data: unescaped(data, escapes), properties }
}

function unescaped(text: string, escapes: typeof DATA): string {
  return escapes.reduce((rest, [escaped, plain]) => rest.replaceAll(escaped, plain), text)
}
