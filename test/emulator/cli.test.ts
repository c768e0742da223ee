import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { expect, test } from 'vitest'
import { ask } from './ask.ts'
import { ACCOUNT_ID } from './emulator.ts'

const CLI = join(import.meta.dirname, 'cli.ts')
const KEYS = `${ACCOUNT_ID}/calls/turn_keys`

// Windows knows no signals: there the process is just gone.
test.skipIf(process.platform === 'win32')(
  'the command prints where it is, works, and ends with 0 on a signal',
  async () => {
    const child = spawn(process.execPath, [CLI, '--secret-field', 'both'])
    const lines = createInterface(child.stdout)
    const [first] = await once(lines, 'line')
    const origin = /http:\/\/127\.0\.0\.1:\d+/.exec(String(first))?.[0] ?? ''
    const url = `${origin}/client/v4/accounts/${KEYS}`
    const { body } = await ask('POST', url, { authorization: 'Bearer emulator-token-write' }, {})
    expect(body.result.secret).toBe(body.result.key)
    child.kill('SIGTERM')
    expect(await once(child, 'exit')).toEqual([0, null])
  },
)

test.each([['--secret-field', 'other'], ['--port', 'x'], ['--odd']])(
  'the command refuses %s %s',
  async (...args) => {
    const child = spawn(process.execPath, [CLI, ...args])
    expect(await once(child, 'exit')).toEqual([2, null])
  },
)
