import { RequestError } from '../http/error.ts'
import { monotonicEpochMs, sleep } from '../http/time.ts'
import { type IceServersWithTurnUser, parseIceServersWithoutPort53 } from './ice-servers.ts'
import { type ApiClient, type ApiRequest, request, requestAndRead } from './request.ts'
import { type ApiResponse, unexpectedResponseError } from './response.ts'

/** Minted credentials, and when they expire. */
export interface MintedCredentials extends IceServersWithTurnUser {
  /** ISO 8601, by Cloudflare's clock. */
  expiresAt: string
}

/** What to mint: `ttl` in seconds, 1 to 172800. */
export interface MintOptions {
  uid: string
  ttl: number
  customIdentifier: string | undefined
  /** The key was created a moment ago, with the secret that is the client's token. */
  isNew: boolean
  /** Called when a response was lost, so that a credential may exist which nobody knows. */
  onLostResponse?: () => void
}

/**
 * Mints ICE servers. The client's token is the TURN key's secret, not the API token. The credentials API may not know a
 * key yet that was created a moment ago, so a response that says so is retried for a while.
 * https://developers.cloudflare.com/realtime/turn/generate-credentials/
 * @throws RequestError
 */
export async function mint(client: ApiClient, options: MintOptions): Promise<MintedCredentials> {
  const { uid, ttl, customIdentifier, onLostResponse } = options
  return retryUntilPropagated(client, options, {
    operation: `mint ICE servers from the TURN key ${uid}`,
    method: 'POST',
    path: `/turn/keys/${uid}/credentials/generate-ice-servers`,
    body: { ttl, customIdentifier },
    retryable: true,
    onLostResponse,
  })
}

function readCredentials(response: ApiResponse, ttl: number): MintedCredentials {
  const credentials = parseIceServersWithoutPort53(response.json)
  if (!credentials) {
    throw unexpectedResponseError(response, 'the response has no TURN server with a username and a credential')
  }
  const { sentAt, receivedAt, serverTime } = response
  const expiresAt = new Date(serverTime - (receivedAt - sentAt) + ttl * 1000).toISOString()
  return { ...credentials, expiresAt }
}

/**
 * Revokes a minted credential. Where the API does not know it (404), it or its key is gone, and nobody can revoke it.
 * https://developers.cloudflare.com/realtime/turn/replacing-credentials/
 * @throws RequestError
 */
export async function revoke(client: ApiClient, uid: string, username: string): Promise<'revoked' | 'gone'> {
  try {
    const operation = `revoke the credential minted from the TURN key ${uid}`
    const path = `/turn/keys/${uid}/credentials/${encodeURIComponent(username)}/revoke`
    await request(client, { operation, method: 'POST', path, retryable: true })
    return 'revoked'
  } catch (error) {
    if (!(error instanceof RequestError)) throw error
    if (error.status === 404) return 'gone'
    throw error.status === 401 || isForbidden(error) ? error.withHint(SECRET_REFUSED) : error
  }
}

/** Whether the API itself says so: a 403 without its words may be the edge's. */
const isForbidden = ({ status, codes, isPermissionRefused }: RequestError): boolean =>
  status === 403 && (codes.length > 0 || isPermissionRefused)

const SECRET_REFUSED = 'It is not revoked: the credentials API refuses the secret of the key that it was minted from.'
const STILL_UNKNOWN =
  'The key was created a moment ago, and the credentials API does not know it: run this again, and check `rtc-url` if you set it.'
const WRONG_SECRET =
  "`key` is the wrong secret: use the TURN key's own secret (the root action's output `key`, TURN_KEY_API_TOKEN in Cloudflare's docs), not the account's API token."
const WRONG_UID =
  'The credentials API knows no TURN key with this uid: check that it is the uid of the key that the secret belongs to, and that the key was not deleted.'

/** For 60 seconds when the key is new, or 10 when it only may be. A 403 then says that the secret is wrong. */
async function retryUntilPropagated(client: ApiClient, { isNew, ttl }: MintOptions, apiRequest: ApiRequest) {
  const seconds = isNew ? 60 : 10
  const deadline = monotonicEpochMs() + seconds * 1000
  for (let wait = 500; ; wait = Math.min(wait * 2, 5000)) {
    try {
      return await requestAndRead(client, apiRequest, response => readCredentials(response, ttl))
    } catch (error) {
      if (!(error instanceof RequestError) || !/^40[134]$/.test(`${error.status}`)) throw error
      const { status } = error
      const remaining = deadline - monotonicEpochMs()
      if (remaining <= 0 || (status === 403 && !isNew)) {
        if (status === 403 && !isForbidden(error)) throw error
        throw error.withHint(isNew ? STILL_UNKNOWN : status === 404 ? WRONG_UID : WRONG_SECRET)
      }
      if (wait === 500) {
        const reason = `Cloudflare does not know the key yet (HTTP status ${status})`
        client.info(`${reason}: retrying for up to ${seconds} seconds.`)
      }
      await sleep(Math.min(wait, remaining), client.drain)
    }
  }
}
