import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { parse } from 'yaml'

const ROOT = join(import.meta.dirname, '..')
const ACTIONS = globSync(['action.yml', '*/action.yml', '.github/actions/*/action.yml'], { cwd: ROOT })
const SECTIONS = ['inputs', 'outputs'] as const

interface Described {
  readonly description: string
  readonly default?: string
}
interface Typed {
  readonly type: string
  readonly 'allowed-values'?: readonly string[]
}
type Sections<Value> = Readonly<Partial<Record<(typeof SECTIONS)[number], Readonly<Record<string, Value>>>>>

/** What a default must look like to be of a type, where every text is not. */
const FORMS: Readonly<Record<string, RegExp>> = { boolean: /^(true|false)$/, integer: /^\d+$/ }
/** How an `action.yml` says that the absence of an input has a meaning of its own. */
const NOT_GIVEN = '(none)'

function read<Value>(file: string): Sections<Value> {
  return parse(readFileSync(join(ROOT, file), 'utf8'))
}

test('there are actions', () => expect(ACTIONS.length).toBeGreaterThan(3))

describe.each(ACTIONS)('%s', file => {
  const action = read<Described>(file)
  const types = read<Typed>(file.replace(/action\.yml$/, 'action-types.yml'))

  test.each(SECTIONS)('each of its %s has its type in action-types.yml', section => {
    expect(Object.keys(types[section] ?? {})).toEqual(Object.keys(action[section] ?? {}))
  })

  test('a type goes with the default, and the description names each allowed value', () => {
    for (const section of SECTIONS) {
      for (const [name, { type, 'allowed-values': allowed = [] }] of Object.entries(types[section] ?? {})) {
        const { description = '', default: preset = '' } = action[section]?.[name] ?? {}
        if (preset !== '' && preset !== NOT_GIVEN && FORMS[type]) expect(preset, name).toMatch(FORMS[type])
        if (preset !== '' && preset !== NOT_GIVEN && allowed.length > 0)
          expect(allowed, name).toContain(preset)
        for (const value of allowed) expect(description, name).toContain(`\`${value}\``)
      }
    }
  })
})
