import { createHmac, randomBytes } from 'node:crypto'

/** A coturn with `use-auth-secret` that takes the place of Cloudflare's TURN servers. */
export interface Coturn {
  secret: string
  urls: string[]
}

/** An entry of a response's `iceServers`. */
export interface IceServer {
  urls: string[]
  username?: string
  credential?: string
}

// As the real service gives them, port 53 included, which browsers block.
const STUN = ['stun:stun.cloudflare.com:3478', 'stun:stun.cloudflare.com:53']
const TURN = [
  'turn:turn.cloudflare.com:3478?transport=udp',
  'turn:turn.cloudflare.com:53?transport=udp',
  'turn:turn.cloudflare.com:3478?transport=tcp',
  'turn:turn.cloudflare.com:80?transport=tcp',
  'turns:turn.cloudflare.com:5349?transport=tcp',
  'turns:turn.cloudflare.com:443?transport=tcp',
]

/**
 * A user name and its credential: random and visibly fake, or such as the given coturn accepts (its REST scheme: the
 * expiry in the name, the credential an HMAC of the name).
 */
export function userOf(expiry: number, turn: Coturn | undefined): { username: string; credential: string } {
  const mark = randomBytes(16).toString('hex')
  if (!turn) return { username: `emulated-user-${mark}`, credential: `emulated-credential-${mark}` }
  const username = `${expiry}:${mark}`
  return { username, credential: createHmac('sha1', turn.secret).update(username).digest('base64') }
}

/** The two entries that `generate-ice-servers` responds with: STUN, and TURN with the user. */
export function separateServers(
  user: { username: string; credential: string },
  turn: Coturn | undefined,
): IceServer[] {
  const stun = turn ? turn.urls.filter(url => url.startsWith('stun')) : STUN
  const relays = turn ? turn.urls.filter(url => !url.startsWith('stun')) : TURN
  return [...(stun.length > 0 ? [{ urls: stun }] : []), { urls: relays, ...user }]
}

/** The one entry that the older `generate` responds with, and some responses of the newer call. */
export function oneServer(
  user: { username: string; credential: string },
  turn: Coturn | undefined,
): IceServer {
  return { urls: turn ? turn.urls : [...STUN, ...TURN], ...user }
}
