import { SECRETS_WITHHELD, type WorkflowEvent } from '../../runner/event.ts'
import { Inputs } from '../../runner/inputs.ts'
import { readId } from '../account.ts'
import { readCustomIdentifier, readRtcUrl, readTtl } from '../ice-servers.ts'

const DEFAULT_TTL = 86_400

/**
 * Reads and checks the credentials action's inputs: `uid` is 32 hex digits, `ttl` in seconds.
 * @throws InvalidInputsError with everything that is wrong with them.
 */
export function readCredentialsInputs({ secretsWithheld }: WorkflowEvent) {
  const inputs = new Inputs()
  const hint = secretsWithheld
    ? SECRETS_WITHHELD
    : "It is the TURN key's own secret, from the root action's output `key` or from where you stored it."
  const read = {
    uid: readId(inputs, 'uid', "It is the TURN key's uid, from the root action's output `uid`."),
    key: inputs.token('key', hint),
    ttl: readTtl(inputs) ?? DEFAULT_TTL,
    customIdentifier: readCustomIdentifier(inputs),
    revokeAfterJob: inputs.boolean('revoke-after-job'),
    rtcUrl: readRtcUrl(inputs),
  }
  inputs.throwIfInvalid()
  return read
}
