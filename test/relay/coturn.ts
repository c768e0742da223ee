import { type ChildProcess, spawn } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { connect, createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { CERTIFICATE } from '../emulator/certificate.ts'
import { commandOf } from './installed.ts'

/** A TURN server of its own on loopback. */
export interface TurnServer {
  /** What credentials are made with, as Cloudflare does with a key. */
  readonly secret: string
  /** Over UDP and TCP. */
  readonly urls: string[]
  /** Over TLS, with the certificate of all emulators, which no browser trusts. */
  readonly tlsUrl: string
  stop(): Promise<void>
}

const TIME_TO_START = 10_000
/** Without this line it denies every peer on loopback, and so its own relay addresses here. */
export const RELAYS_TO_ITSELF = 'allow-loopback-peers'

/** Starts coturn on free ports of loopback, with these lines in its configuration; resolves when it listens. */
export async function startCoturn(...lines: readonly string[]): Promise<TurnServer> {
  const secret = randomBytes(32).toString('hex')
  const [port, tlsPort] = [await freePort(), await freePort()]
  const folder = mkdtempSync(join(tmpdir(), 'coturn-'))
  const files = {
    'certificate.pem': CERTIFICATE.cert,
    'key.pem': CERTIFICATE.key,
    // In a file, since a command line can be read by everyone on the machine.
    'turnserver.conf': [configuration(folder, port, tlsPort, secret), ...lines].join('\n'),
  }
  for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text, { mode: 0o600 })
  const child = spawn(commandOf('coturn'), ['-c', join(folder, 'turnserver.conf')], {
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const stop = async (): Promise<void> => {
    await end(child)
    rmSync(folder, { recursive: true, force: true })
  }
  try {
    await listening(child, port)
  } catch (error) {
    await stop()
    throw error
  }
  const urls = [`turn:127.0.0.1:${port}?transport=udp`, `turn:127.0.0.1:${port}?transport=tcp`]
  return { secret, urls, tlsUrl: `turns:127.0.0.1:${tlsPort}?transport=tcp`, stop }
}

function configuration(folder: string, port: number, tlsPort: number, secret: string): string {
  return `listening-ip=127.0.0.1
relay-ip=127.0.0.1
listening-port=${port}
tls-listening-port=${tlsPort}
cert=${join(folder, 'certificate.pem')}
pkey=${join(folder, 'key.pem')}
realm=loopback.test
use-auth-secret
static-auth-secret=${secret}
no-dtls
no-cli
log-file=stdout
pidfile=${join(folder, 'turnserver.pid')}
userdb=${join(folder, 'turndb')}
`
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  server.close()
  await once(server, 'close')
  if (address === null || typeof address === 'string') throw new Error('no free port')
  return address.port
}

/** Waits until it takes connections. */
async function listening(child: ChildProcess, port: number): Promise<void> {
  const said: string[] = []
  child.once('error', error => said.push(error.message))
  for (const stream of [child.stdout, child.stderr]) {
    stream?.setEncoding('utf8').on('data', (text: string) => said.push(text))
  }
  const until = Date.now() + TIME_TO_START
  while (!(await accepts(port))) {
    if (hasEnded(child) || Date.now() > until)
      throw new Error(`coturn did not start to listen:\n${said.join('')}`)
    await sleep(50)
  }
}

async function accepts(port: number): Promise<boolean> {
  const socket = connect(port, '127.0.0.1')
  try {
    await once(socket, 'connect')
    return true
  } catch {
    return false
  } finally {
    socket.destroy()
  }
}

async function end(child: ChildProcess): Promise<void> {
  if (hasEnded(child)) return
  const ended = once(child, 'exit')
  child.kill('SIGKILL')
  await ended
}

function hasEnded({ pid, exitCode, signalCode }: ChildProcess): boolean {
  return pid === undefined || exitCode !== null || signalCode !== null
}
