import { randomBytes } from 'node:crypto'
import { awaitAllOrThrowRefusalFirst } from '../../http/await-all.ts'
import { certificateProblem } from '../../http/certificate.ts'
import { messageOrCode } from '../../http/no-response.ts'
import { monotonicEpochMs } from '../../http/time.ts'
import { formatAddress } from '../../turn/address.ts'
import { TurnClient } from '../../turn/client.ts'
import { connect } from '../../turn/connection.ts'
import { TurnError } from '../../turn/error.ts'
import type { ServerUri } from '../../turn/server-uri.ts'

/** How to check a server: the user that it knows, and how many seconds it is given. */
export interface ProbeOptions {
  readonly username: string
  readonly credential: string
  readonly timeout: number
}

/** What a server did, and in how many milliseconds: a TURN server allocated and relayed, a STUN server responded. */
export interface ProbeMeasurements {
  readonly relayAddress?: string | undefined
  readonly allocateMs?: number
  readonly relayMs?: number
}

/** As many as a packet of video has. */
const DATA_BYTES = 1000

/**
 * Sends random bytes from one relay address of a TURN server to another and back; asks a STUN server for a response. What
 * was allocated is given back whatever happens, which takes up to 3 seconds more.
 * @throws TurnError
 */
export async function probeUri(
  uri: ServerUri,
  options: ProbeOptions,
  cancelled: AbortSignal,
): Promise<ProbeMeasurements> {
  const failure = new AbortController()
  const signal = AbortSignal.any([cancelled, failure.signal])
  const clients: TurnClient[] = []
  const open = async () => {
    const connection = await connect(uri, error => failure.abort(error), signal)
    const client = new TurnClient(connection, options.username, options.credential, signal)
    clients.push(client)
    return client
  }
  const tooLate = new Error(`nothing came back within ${options.timeout} seconds`)
  const timer = setTimeout(() => failure.abort(tooLate), options.timeout * 1000)
  try {
    return await (uri.scheme === 'turn' ? relayBothWays(open) : bind(open))
  } catch (error) {
    throw toTurnError(error, clients)
  } finally {
    clearTimeout(timer)
    failure.abort()
    await Promise.all(clients.map(client => client.release()))
  }
}

async function bind(open: () => Promise<TurnClient>): Promise<ProbeMeasurements> {
  const client = await open()
  await client.bind()
  return {}
}

async function relayBothWays(open: () => Promise<TurnClient>): Promise<ProbeMeasurements> {
  const started = monotonicEpochMs()
  const allocate = async () => {
    const client = await open()
    return { client, address: await client.allocate() }
  }
  // Where one fails, the other may still succeed, and is given back then.
  const both = [allocate(), allocate()] as const
  const [one, other] = await awaitAllOrThrowRefusalFirst(both, error => error instanceof TurnError)
  const allocated = monotonicEpochMs()
  await Promise.all([one.client.permit(other.address), other.client.permit(one.address)])
  await one.client.relay(randomBytes(DATA_BYTES), other.address, other.client)
  await other.client.relay(randomBytes(DATA_BYTES), one.address, one.client)
  return {
    relayAddress: formatAddress(one.address),
    allocateMs: allocated - started,
    relayMs: monotonicEpochMs() - allocated,
  }
}

/** What is known best comes first: two clients, which began at the same time, may have come to different stages. */
const STAGES = ['not-relayed', 'unsigned', 'stopped-responding', 'no-response'] as const

function toTurnError(error: unknown, clients: readonly TurnClient[]): TurnError {
  if (error instanceof TurnError) return error
  const problem = certificateProblem(error)
  const stage = STAGES.find(known => clients.some(client => client.stage === known)) ?? 'no-connection'
  return new TurnError(problem ? `certificate-${problem}` : stage, error instanceof Error ? messageOrCode(error) : '')
}
