import { Inputs } from '../../runner/inputs.ts'
import { readId } from '../account.ts'
import { readMintInputs } from '../ice-servers.ts'

const DEFAULT_TTL = 86_400

/**
 * Reads and checks the credentials action's inputs: `uid` is 32 hex digits, `ttl` in seconds.
 * @throws AggregateError of all that is wrong with them.
 */
export function readCredentialsInputs() {
  const inputs = new Inputs()
  const uid = readId(inputs, 'uid', "It is the TURN key's uid, from the root action's output `uid`.")
  const hint = "It is the TURN key's own secret, from the root action's output `key` or from where you stored it."
  const key = inputs.token('key', hint)
  const { ttl = DEFAULT_TTL, ...minting } = readMintInputs(inputs)
  const revokeAfterJob = inputs.boolean('revoke-after-job')
  inputs.throwIfInvalid()
  return { uid, key, ttl, ...minting, revokeAfterJob }
}
