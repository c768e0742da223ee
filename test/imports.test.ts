import { readdirSync, readFileSync } from 'node:fs'
import { join, posix } from 'node:path'
import { expect, test } from 'vitest'

const SRC = join(import.meta.dirname, '../src')

/** What each room of src/ may import besides itself: rooms, and packages. */
const ALLOWED: Readonly<Record<string, readonly string[]>> = {
  'index.ts': ['actions', 'runner'],
  actions: ['runner', 'cloudflare', 'github', 'turn', 'http', '@actions/core'],
  runner: ['http', '@actions/core', 'undici'],
  cloudflare: ['http'],
  github: ['http', '@actions/github', 'libsodium-wrappers'],
  turn: ['http'],
  http: ['undici'],
}
/** Each folder in it is an action's. */
const ACTIONS = readdirSync(join(SRC, 'actions'), { withFileTypes: true })
  .filter(entry => entry.isDirectory())
  .map(({ name }) => name)

/** An import: the file it is in, and the file below src/, or the package, that it names. */
type Import = readonly [from: string, to: string]

function importsOf(file: string): Import[] {
  const source = readFileSync(join(SRC, file), 'utf8')
  const specifiers = source.matchAll(/(?:\bfrom |\bimport\(|^import )'([^']+)'/gm)
  return [...specifiers].map(([, name = '']) => [
    file,
    name.startsWith('.') ? posix.join(posix.dirname(file), name) : name,
  ])
}

/** Whether an import points down, and not into another action. */
function isAllowed([from, to]: Import): boolean {
  const [room = '', action = ''] = from.split('/')
  const [target = '', other = ''] = to.split('/')
  if (to.startsWith('node:')) return true
  if (from === 'actions/all-but-usage.ts') return room === target
  if (room === target) return room !== 'actions' || !ACTIONS.includes(other) || other === action
  return (ALLOWED[room] ?? []).some(allowed => allowed === target || allowed === to)
}

const files = readdirSync(SRC, { recursive: true, encoding: 'utf8' })
  .map(file => file.replaceAll('\\', '/'))
  .filter(file => file.endsWith('.ts'))

test('src/ holds index.ts and six folders', () => {
  expect(readdirSync(SRC).toSorted()).toEqual(Object.keys(ALLOWED).toSorted())
})

test('every import points down, and no action imports another', () => {
  const imports = files.flatMap(importsOf)
  expect(imports.length).toBeGreaterThan(100)
  expect(imports.filter(one => !isAllowed(one))).toEqual([])
})

test.each<Import>([
  ['http/retry.ts', 'cloudflare/request.ts'],
  ['cloudflare/keys.ts', 'runner/log.ts'],
  ['cloudflare/keys.ts', '@actions/core'],
  ['github/request.ts', 'cloudflare/id.ts'],
  ['turn/client.ts', 'runner/log.ts'],
  ['turn/client.ts', 'cloudflare/id.ts'],
  ['http/retry.ts', 'turn/client.ts'],
  ['actions/create/main.ts', 'actions/check/main.ts'],
  ['runner/inputs.ts', 'cloudflare/id.ts'],
  ['runner/run.ts', 'actions/account.ts'],
  ['actions/delete/main.ts', 'actions/create/state.ts'],
  ['actions/account.ts', 'actions/create/state.ts'],
  ['actions/account.ts', 'index.ts'],
])('an import from %s of %s would be noticed', (from, to) => {
  expect(isAllowed([from, to])).toBe(false)
})
