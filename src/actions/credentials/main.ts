import { revoke } from '../../cloudflare/credentials.ts'
import { info, messageOf, warning } from '../../runner/log.ts'
import { type ActionContext, toCleanupClient } from '../../runner/run.ts'
import { mintAndMask, setIceServerOutputs } from '../ice-servers.ts'
import { readCredentialsInputs } from './inputs.ts'
import { saveCredentialsState } from './state.ts'

/** The credentials action: mints ICE servers from a key that exists, and outputs them. */
export async function main(context: ActionContext): Promise<void> {
  const { api, uid, ttl, customIdentifier, revokeAfterJob } = readCredentialsInputs()
  const client = context.createClient('Cloudflare', api)

  const onLostResponse = revokeAfterJob ? warnOnce(unknownCredentialWarning(uid, ttl)) : () => {}
  const credentials = await mintAndMask(client, { uid, ttl, customIdentifier, isNew: false, onLostResponse })
  const { username, expiresAt } = credentials
  const saveForPost = () => saveCredentialsState({ api, uid, username })
  try {
    if (revokeAfterJob) saveForPost()
    context.drain.throwIfAborted()
    setIceServerOutputs(credentials)
  } catch (error) {
    const cleanupClient = toCleanupClient(client, context)
    const [saved, revoked] = await Promise.allSettled([Promise.try(saveForPost), revoke(cleanupClient, uid, username)])
    if (revoked.status === 'fulfilled') throw error
    const retried = saved.status === 'fulfilled' ? ' yet, so the post step retries' : ''
    const problem = `The credential that was minted may not be revoked${retried}: ${messageOf(revoked.reason)}`
    throw new AggregateError([error, new Error(problem, { cause: revoked.reason })])
  }
  info(`Minted ICE servers from the TURN key ${uid}: they are to expire at ${expiresAt} (\`ttl: ${ttl}\`).`)
}

const unknownCredentialWarning = (uid: string, ttl: number): string =>
  `A response was lost while minting from the TURN key ${uid}: a credential that nobody knows may exist, with \`ttl: ${ttl}\`, and cannot be revoked.`

function warnOnce(text: string): () => void {
  let isWarned = false
  return () => {
    if (!isWarned) warning(text)
    isWarned = true
  }
}
