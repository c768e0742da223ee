import type { Api } from '../../cloudflare/request.ts'
import { Inputs } from '../../runner/inputs.ts'
import { readHexId } from '../account.ts'
import { readMintInputs } from '../ice-servers.ts'

/** The checked inputs of the credentials action. `uid` is 32 hex digits, `ttl` in seconds. */
interface CredentialsInputs {
  /** The credentials API, whose token is the key's own secret. */
  readonly api: Api
  readonly uid: string
  readonly ttl: number
  readonly customIdentifier: string | undefined
  readonly revokeAfterJob: boolean
}

const DEFAULT_TTL = 86_400

/** Reads and checks the credentials action's inputs. @throws AggregateError of all that is wrong with them. */
export function readCredentialsInputs(): CredentialsInputs {
  const inputs = new Inputs()
  const uid = readHexId(inputs, 'uid', "It is the TURN key's uid, from the root action's output `uid`.")
  const hint = "It is the TURN key's own secret, from the root action's output `key` or from where you stored it."
  const key = inputs.token('key', hint)
  const { ttl = DEFAULT_TTL, customIdentifier, rtcUrl } = readMintInputs(inputs)
  const revokeAfterJob = inputs.boolean('revoke-after-job')
  inputs.throwIfInvalid()
  return { api: { baseUrl: rtcUrl, token: key }, uid, ttl, customIdentifier, revokeAfterJob }
}
