import { TurnClient } from '../../src/turn/client.ts'
import { connect } from '../../src/turn/connection.ts'
import { TurnError } from '../../src/turn/error.ts'
import { parseStunOrTurnUri, type ServerUri } from '../../src/turn/server-uri.ts'
import { NotAsked } from './fact.ts'
import { mint, serversOf } from './mint.ts'
import { listOf } from './request.ts'
import { isLoopback } from './settings.ts'
import type { Trial, TrialKey } from './trial.ts'

/** A credential, and the TURN servers that it is for. */
export interface Minted {
  readonly username: string
  readonly credential: string
  readonly servers: readonly ServerUri[]
}

const TIMEOUT_MS = 10_000

/** Mints a credential. A new key may be unknown for a moment. @throws Error when none came within a minute */
export async function mintForTurn(trial: Trial, key: TrialKey, ttl: number): Promise<Minted> {
  for (let left = 60; left > 0; left--) {
    const server = serversOf(await mint(trial, key, { ttl })).find(one => typeof one.username === 'string')
    if (server) {
      const servers = listOf(server.urls).flatMap(url => parseStunOrTurnUri(String(url)) ?? [])
      return { username: String(server.username), credential: String(server.credential), servers }
    }
    await trial.sleep(1000)
  }
  throw new Error('no credential was minted')
}

/** Whoever asks an emulator wants to reach nobody else: what it mints may be for Cloudflare's own servers. */
function isElsewhere({ settings }: Trial, { host }: ServerUri): boolean {
  return isLoopback(new URL(settings.rtcUrl).hostname) && !isLoopback(host)
}

/** Why nothing can be allocated; undefined when it can. */
export async function missingServer(trial: Trial): Promise<string | undefined> {
  const { servers } = await mintForTurn(trial, await trial.key(), 60)
  return servers.some(server => isElsewhere(trial, server)) ? 'the emulator has no TURN server' : undefined
}

/** Asks a TURN server for a relay address, and gives it back: `allocates`, or why not. */
export async function allocate(
  trial: Trial,
  { username, credential, servers }: Minted,
  transport: ServerUri['transport'],
): Promise<string | NotAsked> {
  const server = servers.find(one => one.scheme === 'turn' && one.transport === transport && one.port !== 53)
  if (server === undefined) return new NotAsked(`no TURN server for ${transport}`)
  if (isElsewhere(trial, server)) throw new Error('a server that nobody asked for')
  const failure = new AbortController()
  const signal = AbortSignal.any([AbortSignal.timeout(TIMEOUT_MS), failure.signal])
  const connection = await connect(server, error => failure.abort(error), signal)
  const client = new TurnClient(connection, username, credential, signal)
  try {
    await client.allocate()
    return 'allocates'
  } catch (error) {
    if (error instanceof TurnError) return error.kind
    throw error
  } finally {
    await client.release()
  }
}
