import { setOutput } from '@actions/core'
import type { MintedIceServers } from '../cloudflare/credentials.ts'
import type { Inputs } from '../runner/inputs.ts'
import { mask } from '../runner/secrets.ts'

const CREDENTIALS_API = 'https://rtc.live.cloudflare.com/v1'
const MAX_TTL = 172_800

/** Reads `rtc-url`. */
export function readRtcUrl(inputs: Inputs): string {
  return inputs.baseUrl('rtc-url', CREDENTIALS_API)
}

/** Reads `ttl`: seconds, at most 48 hours, or undefined when not given. */
export function readTtl(inputs: Inputs): number | undefined {
  return inputs.integer('ttl', 1, MAX_TTL, 'seconds')
}

/** Reads `custom-identifier`, or undefined when not given. */
export function readCustomIdentifier(inputs: Inputs): string | undefined {
  return inputs.line('custom-identifier') || undefined
}

/** Masks every credential and username. Must come before anything else is done with them. */
export function maskIceServers({ servers }: MintedIceServers): void {
  for (const { username, credential } of servers) {
    mask(credential ?? '')
    mask(username ?? '')
  }
}

/** Sets `ice-servers` as one line of JSON, and `username`, `credential` and `expires-at` beside it. */
export function setIceServerOutputs({ servers, username, credential, expiresAt }: MintedIceServers): void {
  setOutput('ice-servers', JSON.stringify(servers))
  setOutput('username', username)
  setOutput('credential', credential)
  setOutput('expires-at', expiresAt)
}
