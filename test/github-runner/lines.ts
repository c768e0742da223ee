import type { Readable } from 'node:stream'

/** Reads a stream to its end: hands over each line as it comes, and keeps the whole text. */
export function collect(stream: Readable, onLine: (line: string) => void): { text(): string } {
  let text = ''
  let rest = ''
  stream.setEncoding('utf8')
  stream.on('data', (chunk: string) => {
    text += chunk
    // A carriage return at the end waits: the line feed that belongs to it may be in the next chunk.
    const lines = (rest + chunk).split(/\r\n|\n|\r(?!$)/)
    rest = lines.pop() ?? ''
    lines.forEach(onLine)
  })
  stream.on('end', () => {
    if (rest !== '') onLine(rest.replace(/\r$/, ''))
  })
  return { text: () => text }
}
