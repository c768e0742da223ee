import { setOutput } from '@actions/core'
import { type MintedCredentials, type MintOptions, mint } from '../cloudflare/credentials.ts'
import type { ApiClient } from '../cloudflare/request.ts'
import type { Inputs } from '../runner/inputs.ts'
import { mask } from '../runner/secrets.ts'

const CREDENTIALS_API = 'https://rtc.live.cloudflare.com/v1'
const MAX_TTL = 172_800

/** What to mint, and where. `ttl` is in seconds, at most 48 hours; undefined when not given, as `customIdentifier` is. */
export interface MintInputs {
  readonly ttl: number | undefined
  readonly customIdentifier: string | undefined
  readonly rtcUrl: string
}

/** Reads `ttl`, `custom-identifier` and `rtc-url`. */
export function readMintInputs(inputs: Inputs): MintInputs {
  return {
    ttl: inputs.integer('ttl', 1, MAX_TTL, 'seconds'),
    customIdentifier: inputs.line('custom-identifier') || undefined,
    rtcUrl: inputs.baseUrl('rtc-url', CREDENTIALS_API),
  }
}

/** Mints ICE servers, and masks every credential and username at once. @throws RequestError */
export async function mintAndMask(client: ApiClient, options: MintOptions): Promise<MintedCredentials> {
  const minted = await mint(client, options)
  for (const { username = '', credential = '' } of minted.servers) [credential, username].forEach(mask)
  return minted
}

/** Sets `ice-servers` as one line of JSON, and `username`, `credential` and `expires-at` beside it. */
export function setIceServerOutputs({ servers, username, credential, expiresAt }: MintedCredentials): void {
  setOutput('ice-servers', JSON.stringify(servers))
  setOutput('username', username)
  setOutput('credential', credential)
  setOutput('expires-at', expiresAt)
}
