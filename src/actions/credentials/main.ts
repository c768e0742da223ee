import { type CredentialsApi, mint, revoke } from '../../cloudflare/credentials.ts'
import { readEvent } from '../../runner/event.ts'
import { say } from '../../runner/log.ts'
import type { Job } from '../../runner/run.ts'
import { saveCredentialsState } from '../create/state.ts'
import { maskIceServers, putOutIceServers } from '../ice-servers.ts'
import { readCredentialsInputs } from './inputs.ts'

/** The credentials action: mints ICE servers from a key that exists, and puts them out. */
export async function main(job: Job): Promise<void> {
  const { uid, key, ttl, customIdentifier, revokeAfterJob, rtcUrl } = readCredentialsInputs(
    readEvent(process.env),
  )
  const api: CredentialsApi = { ...job.line('Cloudflare'), baseUrl: rtcUrl, bearer: key }

  const iceServers = await mint(api, { uid, ttl, customIdentifier, isNew: false })
  maskIceServers(iceServers)
  const { username, expiresAt } = iceServers
  const cancelled = job.work.stop.aborted
  if (revokeAfterJob || cancelled) saveCredentialsState({ rtcUrl, uid, key, username })
  if (cancelled) await revoke({ ...api, lifeline: job.cleanUp }, uid, username)
  job.work.stop.throwIfAborted()

  putOutIceServers(iceServers)
  say(`Minted ICE servers from the TURN key ${uid}: they work until ${expiresAt} (\`ttl: ${ttl}\`).`)
}
