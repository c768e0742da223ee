import { revoke } from '../../cloudflare/credentials.ts'
import { say } from '../../runner/log.ts'
import type { Job } from '../../runner/run.ts'
import { mask } from '../../runner/secrets.ts'
import { loadCredentialsState } from '../create/state.ts'

/** After the job: revokes the credential that main left to it. */
export async function post(job: Job): Promise<void> {
  const { rtcUrl, uid, key, username } = loadCredentialsState()
  mask(key)
  mask(username)
  if (username === '') return say('There is no credential to revoke.')
  const api = { ...job.line('Cloudflare'), baseUrl: rtcUrl, bearer: key }
  say(`The credential minted from the TURN key ${uid}: ${await revoke(api, uid, username)}.`)
}
