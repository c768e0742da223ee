import { expect, test } from 'vitest'
import { readPairs } from './pairs.ts'

const read = (text: string, platform: NodeJS.Platform): unknown =>
  Object.fromEntries(readPairs(text, platform))

test('on Windows a line also ends in \\r\\n', () => {
  expect(read('a=1\r\nb<<E\r\nx\r\nE\r\n\r\nc=\r\r\nd=4\ne<<E\nE', 'win32')).toEqual({
    a: '1',
    b: 'x',
    c: '\r',
    d: '4',
    e: '',
  })
})

test('elsewhere a \\r belongs to the value, and no delimiter has one', () => {
  expect(read('a=1\r\nb<<E\r\nx\r\nE\r\n', 'linux')).toEqual({ a: '1\r', b: 'x\r' })
  expect(() => read('b<<E\r\nx\nE\n', 'linux')).toThrow("Matching delimiter not found 'E\r'")
})

test.each(['win32', 'linux'] as const)('line breaks inside a value stay as they are: %s', platform => {
  const end = platform === 'win32' ? '\r\n' : '\n'
  const value = '\nx\r\n\r\ny\n'
  expect(read(`a<<E${end}${value}${end}E${end}`, platform)).toEqual({ a: value })
})

test.each([
  ['no sign', "Invalid format 'no sign'"],
  ['<<E\nx\nE\n', 'Name must not be empty'],
  ['a<<\nx\n', 'delimiter must not be empty'],
  ['a<<E\nx\n', "Matching delimiter not found 'E'"],
  ['a<<E\nx E', 'EOF marker missing new line.'],
])('%j is refused', (text, reason) => {
  expect(() => read(text, 'linux')).toThrow(reason)
})
