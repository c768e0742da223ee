import { revoke } from '../../cloudflare/credentials.ts'
import { info, warning } from '../../runner/log.ts'
import { type StepContext, withCleanupSignal } from '../../runner/run.ts'
import { mintAndMask, setIceServerOutputs } from '../ice-servers.ts'
import { readCredentialsInputs } from './inputs.ts'
import { saveCredentialsState } from './state.ts'

/** The credentials action: mints ICE servers from a key that exists, and outputs them. */
export async function main(context: StepContext): Promise<void> {
  const { uid, key, ttl, customIdentifier, revokeAfterJob, rtcUrl } = readCredentialsInputs()
  const client = { ...context.createClient('Cloudflare'), baseUrl: rtcUrl, token: key }

  let isWarned = !revokeAfterJob
  const onLost = () => {
    const what = `a credential that nobody knows may work for ${ttl} seconds, and cannot be revoked`
    if (!isWarned) warning(`A response was lost while minting from the TURN key ${uid}: ${what}.`)
    isWarned = true
  }
  const iceServers = await mintAndMask(client, { uid, ttl, customIdentifier, isNew: false, onLost })
  const { username, expiresAt } = iceServers
  const save = () => saveCredentialsState({ rtcUrl, uid, key, username })
  try {
    if (revokeAfterJob) save()
    context.drain.throwIfAborted()
    setIceServerOutputs(iceServers)
  } catch (error) {
    try {
      save()
    } finally {
      await revoke(withCleanupSignal(client, context), uid, username)
    }
    throw error
  }
  info(`Minted ICE servers from the TURN key ${uid}: they work until ${expiresAt} (\`ttl: ${ttl}\`).`)
}
