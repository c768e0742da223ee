import { isObject } from '../http/json.ts'

/** One member of what `new RTCPeerConnection({ iceServers })` takes. */
export interface IceServer {
  urls: readonly string[]
  username?: string
  credential?: string
}

/** Servers, one of which is a TURN server with a user, and the `username` and `credential` of the TURN entry. */
export interface IceServersWithTurnUser {
  servers: readonly IceServer[]
  username: string
  credential: string
}

/**
 * The ICE servers of a response, whose form is an array or one server, and the user of the TURN server among them;
 * undefined when there is no TURN server with a user among them.
 */
export function parseIceServersWithoutPort53(json: unknown): IceServersWithTurnUser | undefined {
  const servers = withoutPort53(collectIceServers(isObject(json) ? json.iceServers : undefined))
  const turn = servers.find(hasUser)
  return turn && { servers, username: turn.username, credential: turn.credential }
}

/** The ICE servers in an array, or the only one; what is none is left out. */
export const collectIceServers = (json: unknown): readonly IceServer[] =>
  [json].flat().flatMap((entry: unknown) => parseIceServer(entry) ?? [])

function parseIceServer(value: unknown): IceServer | undefined {
  if (!isObject(value)) return undefined
  const { username, credential } = value
  const urls = [value.urls].flat().filter(url => typeof url === 'string')
  if (urls.length === 0) return undefined
  return {
    urls,
    ...(typeof username === 'string' && { username }),
    ...(typeof credential === 'string' && { credential }),
  }
}

const hasUser = (server: IceServer): server is Required<IceServer> => Boolean(server.username && server.credential)

/** Browsers block port 53, and waste time on trying. Where no TURN server would remain, everything stays. */
function withoutPort53(servers: readonly IceServer[]): readonly IceServer[] {
  const usable = servers
    .map(server => ({ ...server, urls: server.urls.filter(url => !PORT_53.test(url)) }))
    .filter(({ urls }) => urls.length > 0)
  return usable.some(hasUser) ? usable : servers
}

const PORT_53 = /^(?:stun|turn)s?:(?:\[[^\]]*\]|[^:?[]*):53(?:\?|$)/i
