import { setOutput } from '@actions/core'
import type { IceServers } from '../cloudflare/credentials.ts'
import type { Inputs } from '../runner/inputs.ts'
import { mask } from '../runner/secrets.ts'

const CREDENTIALS_API = 'https://rtc.live.cloudflare.com/v1'
const LONGEST_TTL = 172_800

/** Reads `rtc-url`. */
export function readRtcUrl(inputs: Inputs): string {
  return inputs.baseUrl('rtc-url', CREDENTIALS_API)
}

/** Reads `ttl`: seconds, at most 48 hours, or undefined when not given. */
export function readTtl(inputs: Inputs): number | undefined {
  return inputs.wholeNumber('ttl', 1, LONGEST_TTL, 'seconds')
}

/** Reads `custom-identifier`, or undefined when not given. */
export function readCustomIdentifier(inputs: Inputs): string | undefined {
  return inputs.line('custom-identifier') || undefined
}

/** Masks every credential and username. Must come before anything else is done with them. */
export function maskIceServers({ servers }: IceServers): void {
  for (const { username, credential } of servers) {
    mask(credential ?? '')
    mask(username ?? '')
  }
}

/** Puts out `ice-servers` as one line of JSON, and `username`, `credential` and `expires-at` beside it. */
export function putOutIceServers({ servers, username, credential, expiresAt }: IceServers): void {
  setOutput('ice-servers', JSON.stringify(servers))
  setOutput('username', username)
  setOutput('credential', credential)
  setOutput('expires-at', expiresAt)
}
