import { type Account, type KeyList, listKeys, MOST_KEYS } from '../cloudflare/keys.ts'
import { SECRETS_WITHHELD, type WorkflowEvent } from '../runner/event.ts'
import type { Inputs } from '../runner/inputs.ts'
import { warn } from '../runner/log.ts'
import type { Job } from '../runner/run.ts'

/** Which Cloudflare account, and with which token. */
export interface AccountInputs {
  readonly accountId: string
  readonly apiToken: string
  readonly apiUrl: string
}

const MANAGEMENT_API = 'https://api.cloudflare.com/client/v4'
const NEARLY_FULL = 900

/** Reads `account-id`, `api-token` and `api-url`, the first two also from the variables that Cloudflare's SDKs read. */
export function readAccount(inputs: Inputs, event: WorkflowEvent): AccountInputs {
  const advice = event.isWithoutSecrets
    ? SECRETS_WITHHELD
    : 'Give it an API token with the permission Calls Write from a secret, and check the name of the secret and the environment it is in.'
  return {
    accountId: inputs.hex(
      'account-id',
      "It is the account's id from the dashboard's overview page (not a zone id).",
      'CLOUDFLARE_ACCOUNT_ID',
    ),
    apiToken: inputs.token('api-token', advice, 'CLOUDFLARE_API_TOKEN'),
    apiUrl: inputs.baseUrl('api-url', MANAGEMENT_API),
  }
}

/** The account, for main's own work. */
export function openAccount({ accountId, apiToken, apiUrl }: AccountInputs, job: Job): Account {
  return { ...job.line('Cloudflare'), accountId, bearer: apiToken, baseUrl: apiUrl }
}

/**
 * Lists the account's keys, and warns when it is nearly full.
 * @throws CloudflareError
 */
export async function listAccount(account: Account): Promise<KeyList> {
  const list = await listKeys(account)
  if (list.keys.length >= NEARLY_FULL) {
    warn(
      `The Cloudflare account ${account.accountId} has ${list.keys.length} TURN keys, of ${MOST_KEYS} that it may have. Delete what nobody uses, with the delete action by prefix and age.`,
    )
  }
  return list
}
