import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { expect, onTestFinished, test } from 'vitest'
import { startEmulator } from '../emulator/emulator.ts'

const SERVER = join(import.meta.dirname, '../../docs/server/node.js')

/** Leads what Node's own fetch asks of Cloudflare to the emulator, on the last step before the socket. */
function detour(origin: string): string {
  const code = `await fetch('data:,')
    const dispatcher = Symbol.for('undici.globalDispatcher.1')
    const { [dispatcher]: agent } = globalThis
    const dispatch = (options, handler) => {
      if (options.origin !== 'https://rtc.live.cloudflare.com') throw new Error('asked ' + options.origin)
      return agent.dispatch({ ...options, origin: '${origin}' }, handler)
    }
    globalThis[dispatcher] = { dispatch }`
  return `data:text/javascript,${encodeURIComponent(code)}`
}

async function freePort(): Promise<string> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  server.close()
  await once(server, 'close')
  return typeof address === 'object' ? String(address?.port) : ''
}

async function ask(server: ChildProcess, url: string): Promise<Response> {
  for (;;) {
    try {
      return await fetch(url)
    } catch (error) {
      if (server.exitCode !== null) throw error
      await sleep(20)
    }
  }
}

test('the Node server of docs/ mints for who asks, without the port that browsers block', async () => {
  const emulator = await startEmulator()
  onTestFinished(() => emulator.close())
  const { uid, secret } = emulator.seedKey({ name: 'stored' })
  const PORT = await freePort()
  const server = spawn(process.execPath, ['--import', detour(emulator.origin), SERVER], {
    env: { PATH: process.env.PATH, PORT, TURN_KEY_ID: uid, TURN_KEY_API_TOKEN: secret },
    stdio: 'inherit',
  })
  onTestFinished(() => void server.kill())

  const response = await ask(server, `http://127.0.0.1:${PORT}/ice-servers`)
  const text = await response.text()
  const [minted] = emulator.credentials()
  expect(response.headers.get('cache-control')).toBe('no-store')
  expect(JSON.parse(text).iceServers.at(-1)).toMatchObject({
    username: minted?.username,
    credential: minted?.credential,
  })
  expect(text).toContain('turns:turn.cloudflare.com:443')
  expect(text).not.toMatch(/:53\b/)
  expect(text).not.toContain(secret)

  expect((await fetch(`http://127.0.0.1:${PORT}/`)).status).toBe(404)
  emulator.removeKey(uid)
  expect((await fetch(`http://127.0.0.1:${PORT}/ice-servers`)).status).toBe(502)
})
