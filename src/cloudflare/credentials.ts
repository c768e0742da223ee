import { rest } from '../http/rate-limit.ts'
import { isRecord, unreadable } from './answer.ts'
import { CloudflareError } from './error.ts'
import { type Api, request } from './request.ts'

/** One member of what `new RTCPeerConnection({ iceServers })` takes. */
export interface IceServer {
  urls: readonly string[]
  username?: string
  credential?: string
}

/** Minted credentials: `username` and `credential` are those of the TURN entry, `expiresAt` is ISO 8601. */
export interface IceServers {
  servers: readonly IceServer[]
  username: string
  credential: string
  expiresAt: string
}

/** What to mint: `ttl` in seconds, 1 to 172800. */
export interface MintOrder {
  uid: string
  ttl: number
  customIdentifier: string | undefined
}

/** The credentials API takes the TURN key's secret as its bearer, not the API token. */
export type CredentialsApi = Api

/**
 * Mints ICE servers. A key made a moment ago may be unknown (401, 404) to the credentials API, so those answers are
 * asked for again for `patience` seconds.
 * https://developers.cloudflare.com/realtime/turn/generate-credentials/
 * @throws CloudflareError
 */
export async function mint(api: CredentialsApi, order: MintOrder, patience: number): Promise<IceServers> {
  const { uid, ttl, customIdentifier } = order
  const operation = `mint ICE servers from the TURN key ${uid}`
  const body = customIdentifier === undefined ? { ttl } : { ttl, customIdentifier }
  const path = `/turn/keys/${uid}/credentials/generate-ice-servers`
  const answer = await whileUnknown(api, patience, () =>
    request(api, { operation, method: 'POST', path, body, repeatable: false }),
  )
  const minted = readIceServers(answer.json)
  if (!minted)
    throw unreadable(answer, operation, 'no TURN server with a username and a credential came with it')
  return { ...minted, expiresAt: new Date(answer.sentAt + ttl * 1000).toISOString() }
}

/**
 * Revokes minted credentials. Already revoked, expired, or the key gone (401, 404) is done.
 * https://developers.cloudflare.com/realtime/turn/replacing-credentials/
 * @throws CloudflareError
 */
export async function revoke(
  api: CredentialsApi,
  uid: string,
  username: string,
): Promise<'revoked' | 'gone already'> {
  try {
    await request(api, {
      operation: `revoke the credential minted from the TURN key ${uid}`,
      method: 'POST',
      path: `/turn/keys/${uid}/credentials/${encodeURIComponent(username)}/revoke`,
      repeatable: true,
    })
    return 'revoked'
  } catch (error) {
    if (isUnknownToTheApi(error)) return 'gone already'
    throw error
  }
}

/** True for the answers that the credentials API gives to a wrong bearer (401) or uid (404). */
export function isUnknownToTheApi(error: unknown): error is CloudflareError {
  return error instanceof CloudflareError && (error.status === 401 || error.status === 404)
}

async function whileUnknown<T>(api: Api, patience: number, call: () => Promise<T>): Promise<T> {
  const until = Date.now() + patience * 1000
  for (let wait = 500; ; wait = Math.min(wait * 2, 5000)) {
    try {
      return await call()
    } catch (error) {
      if (!isUnknownToTheApi(error)) throw error
      if (Date.now() + wait > until) throw error.advising(ADVICE[error.status === 401 ? 401 : 404])
      if (wait === 500) {
        api.say(
          `Cloudflare does not know the key yet (HTTP status ${error.status}): trying for up to ${patience} seconds.`,
        )
      }
      await rest(wait, api.lifeline.stop)
    }
  }
}

const ADVICE = {
  401: "The credentials API was given a wrong bearer: it takes the TURN key's own secret, which the root action puts out as `key` and Cloudflare's docs call TURN_KEY_API_TOKEN, not the account's API token.",
  404: 'The credentials API knows no TURN key with this uid: check that it is the uid of the key that the secret belongs to, and that the key was not deleted.',
}

function readIceServers(json: unknown): Omit<IceServers, 'expiresAt'> | undefined {
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
