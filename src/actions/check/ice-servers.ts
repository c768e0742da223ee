import { collectIceServers } from '../../cloudflare/ice-servers.ts'
import { isObject } from '../../http/json.ts'
import { maskUnlessShort } from '../../runner/secrets.ts'

/** One URL of an ICE server, with the user that goes with it; empty where there is none. */
export interface IceServerUrl {
  readonly url: string
  readonly username: string
  readonly credential: string
}

/**
 * The URLs of ICE servers: an array, one server, or either inside `iceServers`. Their users are masked at once, but for a
 * username that stands in a URL of theirs anyway.
 */
export function collectUrlsAndMask(json: unknown): readonly IceServerUrl[] {
  const servers = collectIceServers(isObject(json) && 'iceServers' in json ? json.iceServers : json)
  for (const { urls, username = '', credential = '' } of servers) {
    const texts = urls.some(url => url.includes(username)) ? [credential] : [credential, username]
    texts.forEach(maskUnlessShort)
  }
  return servers.flatMap(({ urls, username = '', credential = '' }) => urls.map(url => ({ url, username, credential })))
}
