import { revoke } from '../../cloudflare/credentials.ts'
import { info } from '../../runner/log.ts'
import type { StepContext } from '../../runner/run.ts'
import { mask } from '../../runner/secrets.ts'
import { loadCredentialsState } from './state.ts'

/** After the job: revokes the credential that main left to it. */
export async function post(context: StepContext): Promise<void> {
  const state = loadCredentialsState()
  if (!state) return info('There is no credential to revoke.')
  const { rtcUrl, uid, key, username } = state
  mask(key)
  mask(username)
  const client = { ...context.createClient('Cloudflare'), baseUrl: rtcUrl, token: key }
  info(`The credential minted from the TURN key ${uid}: ${await revoke(client, uid, username)}.`)
}
