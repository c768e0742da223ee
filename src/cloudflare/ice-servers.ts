import { isRecord } from '../http/json.ts'

/** One member of what `new RTCPeerConnection({ iceServers })` takes. */
export interface IceServer {
  urls: readonly string[]
  username?: string
  credential?: string
}

/** What an answer holds: `username` and `credential` are those of the TURN entry. */
export interface MintedServers {
  servers: readonly IceServer[]
  username: string
  credential: string
}

/**
 * The ICE servers of an answer, whose form is an array or one server, and the user of the TURN server among them;
 * undefined when there is no TURN server with a user among them.
 */
export function readIceServers(json: unknown): MintedServers | undefined {
  const given = isRecord(json) ? json.iceServers : undefined
  const servers = (Array.isArray(given) ? given : [given]).flatMap(
    (entry: unknown) => readIceServer(entry) ?? [],
  )
  const turn = servers.find(({ username, credential }) => username && credential)
  if (!turn?.username || !turn.credential) return undefined
  return { servers, username: turn.username, credential: turn.credential }
}

function readIceServer(value: unknown): IceServer | undefined {
  if (!isRecord(value)) return undefined
  const { username, credential } = value
  const urls = withoutPort53([value.urls].flat().filter(url => typeof url === 'string'))
  if (urls.length === 0) return undefined
  return {
    urls,
    ...(typeof username === 'string' && { username }),
    ...(typeof credential === 'string' && { credential }),
  }
}

/** Browsers block port 53, and waste time on trying; a server that has nothing else stays as it is. */
function withoutPort53(urls: readonly string[]): readonly string[] {
  const usable = urls.filter(url => !/^(?:stun|turn)s?:(?:\[[^\]]*\]|[^:?[]*):53(?:\?|$)/i.test(url))
  return usable.length > 0 ? usable : urls
}
