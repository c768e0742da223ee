import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { describe, expect, onTestFinished, test } from 'vitest'
import { startEmulator } from '../emulator/emulator.ts'
import { COOKIE, copyServer, preload } from './server-files.ts'

/** How each host calls the function of a module, and at which path. */
const CALLS: Readonly<Record<string, readonly [path: string, call: string]>> = {
  Pages: ['/ice-servers', 'module.onRequest({ request, env })'],
  Netlify: ['/ice-servers', 'module.default(request)'],
  Vercel: ['/api/ice-servers', 'module.GET(request)'],
}
const deploy = readFileSync(join(import.meta.dirname, '../../docs/deploy.md'), 'utf8')
const files = [...deploy.matchAll(/^(\w+), `([^`]+)`[^\n]*\n\n```js\n(.*?)^```/gms)]

test('docs/deploy.md has a function for each of three hosts', () => {
  expect(files.map(([, host]) => host)).toEqual(Object.keys(CALLS))
})

describe('the function of docs/deploy.md', () => {
  for (const [, host = '', file = '', code = ''] of files) {
    test(`for ${host} mints for a user, and refuses a stranger`, async () => {
      const emulator = await startEmulator()
      onTestFinished(() => emulator.close())
      const { uid, secret } = emulator.seedKey({ name: 'stored' })
      const folder = copyServer()
      onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
      mkdirSync(dirname(join(folder, file)), { recursive: true })
      writeFileSync(join(folder, file), code)
      const [path, call] = CALLS[host] ?? []
      const driver = `
        import * as module from './${file}'
        const { env } = process
        for (const headers of [${JSON.stringify(COOKIE)}, {}]) {
          const request = new Request('https://app.example${path}', { headers })
          const response = await ${call}
          console.log(JSON.stringify([response.status, await response.json()]))
        }`
      writeFileSync(join(folder, 'driver.js'), driver)
      const child = spawn(
        process.execPath,
        ['--import', preload(emulator.origin), join(folder, 'driver.js')],
        {
          env: { PATH: process.env.PATH, TURN_KEY_ID: uid, TURN_KEY_API_TOKEN: secret },
        },
      )
      let output = ''
      child.stdout.setEncoding('utf8').on('data', (text: string) => {
        output += text
      })
      await once(child, 'close')
      const [{ username } = { username: '' }] = emulator.credentials()
      const lines: unknown[] = output
        .trim()
        .split('\n')
        .map(line => JSON.parse(line))
      expect(lines).toEqual([
        [200, { iceServers: expect.arrayContaining([expect.objectContaining({ username })]) }],
        [403, expect.anything()],
      ])
    })
  }
})
