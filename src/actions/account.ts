import { describeMalformedId, isHexId } from '../cloudflare/id.ts'
import { type Account, type AccountClient, type KeySnapshot, listKeys, MAX_KEYS } from '../cloudflare/keys.ts'
import type { Inputs } from '../runner/inputs.ts'
import { warning } from '../runner/log.ts'

const MANAGEMENT_API = 'https://api.cloudflare.com/client/v4'
const KEY_COUNT_WARNING = 900

/**
 * Reads `account-id`, `api-token` and `api-url`, the first two also from the variables that Cloudflare's SDKs read.
 * `permission` is what the token needs.
 */
export function readAccount(inputs: Inputs, permission = 'Calls Write'): Account {
  const idHint = "It is the account's id from the dashboard's overview page (not a zone id)."
  const tokenHint = `Pass a secret that holds an API token with the permission ${permission}, and check the secret's name and environment.`
  return {
    accountId: readHexId(inputs, 'account-id', idHint, 'CLOUDFLARE_ACCOUNT_ID'),
    token: inputs.token('api-token', tokenHint, 'CLOUDFLARE_API_TOKEN'),
    baseUrl: inputs.baseUrl('api-url', MANAGEMENT_API),
  }
}

/** Reads 32 hex digits, as Cloudflare's account ids and the uids of keys are, in lower case. `hint` is a sentence. */
export function readHexId(inputs: Inputs, name: string, hint: string, variable?: string): string {
  const value = inputs.required(name, hint, variable)
  inputs.addErrorIf(value !== '' && !isHexId(value), `\`${name}\` ${describeMalformedId(value)} ${hint}`)
  return value.toLowerCase()
}

let isWarned = false

/** Lists the account's keys, and warns when it is nearly full: once in a step. @throws RequestError */
export async function listKeysAndWarnIfNearlyFull(account: AccountClient): Promise<KeySnapshot> {
  const list = await listKeys(account)
  if (list.keys.length >= KEY_COUNT_WARNING && !isWarned) {
    isWarned = true
    warning(
      `The Cloudflare account ${account.accountId} has ${list.keys.length} of at most ${MAX_KEYS} TURN keys. Delete what nobody uses, with the delete action.`,
    )
  }
  return list
}
