import { type ChildProcess, execFileSync, spawn } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { connect, createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { commandOf } from './installed.ts'

/** A TURN server of its own on loopback. */
export interface TurnServer {
  /** What credentials are made with, as Cloudflare does with a key. */
  readonly secret: string
  readonly urls: string[]
  /** For UDP and TCP. */
  readonly port: number
  readonly tlsPort: number
  stop(): Promise<void>
}

const TIME_TO_START = 10_000

/** Starts coturn on a free port of loopback; resolves when it listens. */
export async function startCoturn(): Promise<TurnServer> {
  const secret = randomBytes(32).toString('hex')
  const [port, tlsPort] = [await freePort(), await freePort()]
  const folder = mkdtempSync(join(tmpdir(), 'coturn-'))
  makeCertificate(folder)
  writeFileSync(join(folder, 'turnserver.conf'), configuration(folder, port, tlsPort, secret), {
    mode: 0o600,
  })
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
  return { secret, urls, port, tlsPort, stop }
}

/** In a file, since a command line can be read by everyone on the machine. */
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
allow-loopback-peers
no-dtls
no-cli
log-file=stdout
pidfile=${join(folder, 'turnserver.pid')}
userdb=${join(folder, 'turndb')}
`
}

/** One that nobody trusts: the clients of the test do not ask. */
function makeCertificate(folder: string): void {
  const [key, certificate] = [join(folder, 'key.pem'), join(folder, 'certificate.pem')]
  const kind = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes', '-days', '2']
  const files = ['-subj', '/CN=loopback.test', '-keyout', key, '-out', certificate]
  execFileSync(commandOf('openssl'), ['req', '-x509', ...kind, ...files], { stdio: 'ignore' })
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
