import { revoke } from '../../cloudflare/credentials.ts'
import { info } from '../../runner/log.ts'
import type { ActionContext } from '../../runner/run.ts'
import { mask } from '../../runner/secrets.ts'
import { loadCredentialsStateOrThrow } from './state.ts'

/** After the job: revokes the credential that main left to it. */
export async function post(context: ActionContext): Promise<void> {
  const { api, uid, username } = loadCredentialsStateOrThrow()
  mask(api.token)
  mask(username)
  const client = context.createClient('Cloudflare', api)
  const outcome = await revoke(client, uid, username)
  info(`The credential minted from the TURN key ${uid}: ${OUTCOMES[outcome]}.`)
}

const OUTCOMES = {
  revoked: 'revoked',
  gone: 'Cloudflare does not know it, or its key, any more, so it can no longer be revoked',
}
