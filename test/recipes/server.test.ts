import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { rmSync } from 'node:fs'
import { connect } from 'node:net'
import { join } from 'node:path'
import { describe, expect, onTestFinished, test } from 'vitest'
import { type Emulator, type EmulatorOptions, startEmulator } from '../emulator/emulator.ts'
import type { Fault } from '../emulator/faults.ts'
import { COOKIE, copyServer, FILLED_IN, preload } from './server-files.ts'

type Misfortune = Fault extends infer F ? (F extends Fault ? Omit<F, 'on'> : never) : never

interface RunningServer {
  readonly url: string
  readonly emulator: Emulator
  readonly uid: string
  readonly secret: string
  /** The lines that it logged so far. */
  readonly logged: string[]
  readonly process: ChildProcess
}

interface ServerOptions {
  /** What replaces texts of worker.js, as a reader edits it. */
  edits?: readonly [string, string][]
  env?: Record<string, string>
  emulator?: EmulatorOptions
}

/** Starts the Node server of docs/ as a reader does, filled in. */
async function startServer({
  edits = [],
  env = {},
  emulator: options,
}: ServerOptions = {}): Promise<RunningServer> {
  const emulator = await startEmulator(options)
  onTestFinished(() => emulator.close())
  const { uid, secret } = emulator.seedKey({ name: 'stored' })
  const folder = copyServer(edits)
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  const server = spawn(process.execPath, ['--import', preload(emulator.origin), join(folder, 'node.js')], {
    env: { PATH: process.env.PATH, TURN_KEY_ID: uid, TURN_KEY_API_TOKEN: secret, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  onTestFinished(() => void server.kill())
  const logged: string[] = []
  server.stderr.setEncoding('utf8').on('data', (text: string) => logged.push(...text.trim().split('\n')))
  const [first] = await once(server.stdout.setEncoding('utf8'), 'data')
  const port = /port (\d+)/.exec(String(first))?.[1]
  return { url: `http://127.0.0.1:${port}`, emulator, uid, secret, logged, process: server }
}

/** Asks for ICE servers. */
const ask = ({ url }: RunningServer, headers: Record<string, string> = COOKIE, method = 'GET') =>
  fetch(`${url}/ice-servers`, { headers, method })

/** Sends bytes that no client of HTTP would send, and returns the status of the response. */
async function sendRaw({ url }: RunningServer, head: string): Promise<string | undefined> {
  const socket = connect(Number(new URL(url).port), '127.0.0.1')
  socket.write(`${head}\r\nHost: localhost\r\nConnection: close\r\n\r\n`)
  let text = ''
  for await (const chunk of socket) text += chunk
  return /^HTTP\/1\.1 (\d+)/.exec(text)?.[1]
}

/** The server still mints: whatever came before did not end it. */
async function expectGoesOn(server: RunningServer): Promise<void> {
  expect((await ask(server)).status).toBe(200)
  expect(server.process.exitCode).toBeNull()
}

describe('the Node server of docs/', () => {
  test('mints for a user, without the port that browsers block', async () => {
    const server = await startServer()
    const response = await ask(server)
    const text = await response.text()
    const [minted] = server.emulator.credentials()
    expect(response.headers.get('cache-control')).toBe('no-store')
    expect(response.headers.get('access-control-allow-origin')).toBeNull()
    expect(JSON.parse(text).iceServers.at(-1)).toMatchObject({
      username: minted?.username,
      credential: minted?.credential,
    })
    expect(JSON.parse(server.emulator.requests[0]?.body ?? '')).toEqual({
      ttl: 3600,
      customIdentifier: 'anna7',
    })
    expect(text).toContain('turns:turn.cloudflare.com:443')
    expect(text).not.toMatch(/:53\b/)
    expect(text).not.toContain(server.secret)
    expect(server.logged).toEqual([])
  })

  test('refuses everybody as it is, and says what to fill in', async () => {
    const server = await startServer({ edits: [[FILLED_IN, '']] })
    expect((await ask(server)).status).toBe(403)
    expect(server.emulator.requests).toEqual([])
    expect(server.logged).toEqual([expect.stringMatching(/403.*authenticate\(\)/)])
  })

  test('refuses a stranger, and goes on', async () => {
    const server = await startServer()
    expect((await ask(server, {})).status).toBe(403)
    expect((await ask(server, { cookie: 'user=;' })).status).toBe(403)
    expect(server.emulator.requests).toEqual([])
    await expectGoesOn(server)
  })

  test.for([
    ['GET //', '400'],
    ['GET http://[', '400'],
    ['GET /', '404'],
    ['GET /ice-servers/..', '404'],
    ['GET http://other.test/ice-servers?x', '403'],
    ['HEAD /ice-servers', '405'],
    ['POST /ice-servers', '405'],
    ['TRACE /ice-servers', '405'],
    ['OPTIONS *', '404'],
    ['BREW /', '400'],
  ])('responds to %s with %s, says why, and goes on', async ([head, status]) => {
    const server = await startServer()
    expect(await sendRaw(server, `${head} HTTP/1.1`)).toBe(status)
    if (!head?.startsWith('BREW')) expect(server.logged).toEqual([expect.stringContaining(`(${status})`)])
    await expectGoesOn(server)
  })

  test.for<[string, Misfortune, number, RegExp]>([
    ['refuses the key', { kind: 'error', status: 401 }, 502, /401: check that both values/],
    ['does not know the key', { kind: 'error', status: 404 }, 502, /404: check that both values/],
    ['is down', { kind: 'error', status: 503 }, 502, /503: see https:\/\/www\.cloudflarestatus\.com/],
    ['redirects', { kind: 'redirect' }, 502, /307: check/],
    ['cuts the response', { kind: 'cut' }, 502, /cannot be reached/],
    ['resets the connection', { kind: 'reset' }, 502, /cannot be reached/],
    ['hangs', { kind: 'no-response' }, 504, /within 5 seconds/],
    ['sends a page', { kind: 'html', status: 200 }, 502, /sent no ICE servers/],
    ['sends nothing', { kind: 'text', body: '' }, 502, /sent no ICE servers/],
    ['sends null', { kind: 'text', body: 'null' }, 502, /sent no ICE servers/],
    ['sends no servers', { kind: 'text', body: '{"iceServers":[]}' }, 502, /no TURN server/],
    [
      'sends port 53 alone',
      { kind: 'text', body: '{"iceServers":[{"urls":["turn:a.test:53"],"username":"u","credential":"c"}]}' },
      502,
      /no TURN server/,
    ],
  ])('Cloudflare %s: it says so, and goes on', async ([, fault, status, says]) => {
    const server = await startServer()
    server.emulator.injectFault({ ...fault, on: 'mint' })
    const response = await ask(server)
    expect(response.status).toBe(status)
    expect(server.logged).toEqual([expect.stringMatching(says)])
    expect(server.logged.join()).not.toContain(server.secret)
    await expectGoesOn(server)
  })

  test('a function of the reader that throws is a 500, and it goes on', async () => {
    const throwing = `if (!request.headers.has('Cookie')) throw new Error('no such store')\n  ${FILLED_IN}`
    const server = await startServer({ edits: [[FILLED_IN, throwing]] })
    expect((await ask(server, {})).status).toBe(500)
    expect(server.logged).toEqual([expect.stringContaining('no such store')])
    await expectGoesOn(server)
  })

  test('without a pair it says what to store', async () => {
    const server = await startServer({ env: { TURN_KEY_API_TOKEN: '' } })
    expect((await ask(server)).status).toBe(500)
    expect(server.logged).toEqual([expect.stringMatching(/TURN_KEY_API_TOKEN is not set: store both/)])
    expect(server.emulator.requests).toEqual([])
  })

  test('lets a page of another origin read it where that is named, errors too', async () => {
    const origin = 'https://app.example'
    const server = await startServer({ edits: [["PAGE_ORIGIN = ''", `PAGE_ORIGIN = '${origin}'`]] })
    for (const headers of [COOKIE, {}]) {
      const response = await ask(server, headers)
      expect(response.headers.get('access-control-allow-origin')).toBe(origin)
      expect(response.headers.get('access-control-allow-credentials')).toBe('true')
    }
  })
})
