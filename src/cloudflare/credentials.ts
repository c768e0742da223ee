import { rest } from '../http/rate-limit.ts'
import { CloudflareError } from './error.ts'
import { type MintedServers, readIceServers } from './ice-servers.ts'
import { type Api, request } from './request.ts'
import { unreadable } from './response.ts'

/** Minted credentials; `expiresAt` is ISO 8601. */
export interface IceServers extends MintedServers {
  expiresAt: string
}

/** What to mint: `ttl` in seconds, 1 to 172800. */
interface MintOrder {
  uid: string
  ttl: number
  customIdentifier: string | undefined
  /** The key was made a moment ago, with the secret that is now its bearer. */
  isNew: boolean
}

/** The credentials API takes the TURN key's secret as its bearer, not the API token. */
export type CredentialsApi = Api

/**
 * Mints ICE servers. A key made a moment ago may be unknown (401, 404) to the credentials API, so those answers are
 * asked for again for a while.
 * https://developers.cloudflare.com/realtime/turn/generate-credentials/
 * @throws CloudflareError
 */
export async function mint(api: CredentialsApi, order: MintOrder): Promise<IceServers> {
  const { uid, ttl, customIdentifier, isNew } = order
  const operation = `mint ICE servers from the TURN key ${uid}`
  const body = customIdentifier === undefined ? { ttl } : { ttl, customIdentifier }
  const path = `/turn/keys/${uid}/credentials/generate-ice-servers`
  const answer = await whileUnknown(api, isNew ? NEW_KEY : OLD_KEY, () =>
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
function isUnknownToTheApi(error: unknown): error is CloudflareError {
  return error instanceof CloudflareError && (error.status === 401 || error.status === 404)
}

/** How long Cloudflare may take to know a key, and what to do when it does not, by HTTP status. */
interface Grace {
  readonly seconds: number
  readonly advice: Readonly<Record<number, string>>
}

const STILL_UNKNOWN =
  'The key was made a moment ago, and the credentials API does not know it: run this again, and check `rtc-url` if you set it.'
const NEW_KEY: Grace = {
  seconds: 60,
  advice: { 401: STILL_UNKNOWN, 403: STILL_UNKNOWN, 404: STILL_UNKNOWN },
}

const WRONG_BEARER =
  "The credentials API was given a wrong bearer: it takes the TURN key's own secret, which the root action puts out as `key` and Cloudflare's docs call TURN_KEY_API_TOKEN, not the account's API token."
const WRONG_UID =
  'The credentials API knows no TURN key with this uid: check that it is the uid of the key that the secret belongs to, and that the key was not deleted.'
const OLD_KEY: Grace = {
  seconds: 10,
  advice: { 401: WRONG_BEARER, 403: WRONG_BEARER, 404: WRONG_UID },
}

async function whileUnknown<T>(api: Api, { seconds, advice }: Grace, call: () => Promise<T>): Promise<T> {
  const until = Date.now() + seconds * 1000
  for (let wait = 500; ; wait = Math.min(wait * 2, 5000)) {
    try {
      return await call()
    } catch (error) {
      const left = until - Date.now()
      if (!isUnknownToTheApi(error) || left <= 0) throw advised(error, advice)
      if (wait === 500) {
        api.say(
          `Cloudflare does not know the key yet (HTTP status ${error.status}): trying for up to ${seconds} seconds.`,
        )
      }
      await rest(Math.min(wait, left), api.lifeline.stop)
    }
  }
}

function advised(error: unknown, advice: Grace['advice']): unknown {
  const text = error instanceof CloudflareError && advice[error.status ?? 0]
  return text ? error.advising(text) : error
}
