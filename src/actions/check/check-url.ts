import { monotonicEpochMs } from '../../http/time.ts'
import { TurnError } from '../../turn/error.ts'
import { parseStunOrTurnUri, type ServerUri } from '../../turn/server-uri.ts'
import { explain } from './hints.ts'
import type { IceServerUrl } from './ice-servers.ts'
import { type ProbeMeasurements, probeUri } from './probe-uri.ts'

/** What became of one URL. */
export interface UrlCheck extends ProbeMeasurements {
  readonly url: string
  /** Undefined for a malformed URL. */
  readonly uri: ServerUri | undefined
  /** Whether it relays; of a STUN server, whether it responds. */
  readonly ok: boolean
  readonly milliseconds: number
  /** Why not. Sentences. */
  readonly error?: string
}

/** RFC 8489, section 14.3. */
const MAX_USERNAME_BYTES = 508

/** Checks one URL for at most so many seconds. Never throws. */
export async function checkUrl(server: IceServerUrl, timeout: number, cancelled: AbortSignal): Promise<UrlCheck> {
  const { url, username, credential } = server
  const [uri, started] = [parseStunOrTurnUri(url), monotonicEpochMs()]
  const unfit = unfitnessOf(server, uri)
  if (!uri || unfit) return { url, uri, ok: false, milliseconds: 0, error: unfit }
  const took = () => ({ url, uri, milliseconds: monotonicEpochMs() - started })
  try {
    const check = await probeUri(uri, { username, credential, timeout }, cancelled)
    return { ...took(), ok: true, ...check }
  } catch (error) {
    if (!(error instanceof TurnError)) throw error
    return { ...took(), ok: false, error: explain(error, username) }
  }
}

/** Why a URL is not checked; empty when it is. */
function unfitnessOf({ username, credential }: IceServerUrl, uri: ServerUri | undefined): string {
  if (!uri) return 'The URL is malformed: write turn:HOST:PORT?transport=udp or tcp, or turns:HOST:PORT?transport=tcp.'
  if (uri.transport === 'dtls') return 'Not checked: TURN over DTLS, which browsers do not use either.'
  if (uri.scheme === 'stun') return ''
  if (!username || !credential) return 'It comes without a username and a credential, so browsers refuse it.'
  return Buffer.byteLength(username) > MAX_USERNAME_BYTES ? 'Its username is longer than 508 bytes.' : ''
}
