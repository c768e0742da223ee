import { isRedirect } from '../http/page.ts'

const tokenNeeds = (permission: string): string =>
  `\`api-token\` needs the permission ${permission} on this account; a token that belongs to another account, is disabled or has an IP filter is refused in the same way (the addresses of hosted runners change)`

const TOKEN_PERMISSION = tokenNeeds('Calls Write (the dashboard may call it Realtime)')

const NO_REALTIME = 10002

/** The codes with which Cloudflare refuses a token for what it may do. */
const REFUSALS: readonly number[] = [10000, NO_REALTIME]

/**
 * Whether a token is refused for what it may do: by the codes of Cloudflare's messages, or a 403 in JSON without any code that
 * is known.
 */
export const isPermissionRefused = (codes: readonly number[], status: number, isJson: boolean): boolean =>
  codes.some(code => REFUSALS.includes(code)) ||
  (isJson && status === 403 && !codes.some(code => code in HINTS_BY_CODE))

const NO_REALTIME_HINT =
  'Either the account never subscribed to Realtime (it is free, but requires a card, in the dashboard under Realtime), or'

/** What a token lacks that is refused for another permission than Calls Write. `codes` are Cloudflare's. A sentence. */
export const missingPermissionHint = (permission: string, codes: readonly number[] = []): string =>
  `${codes.includes(NO_REALTIME) ? NO_REALTIME_HINT : 'Likely'}: ${tokenNeeds(permission)}.`

const NO_SUCH_WORKER =
  'There is no such Worker in the account: check `worker` and `account-id`, and deploy the Worker once'

const DEPLOY_LATEST =
  'The version of the Worker that was uploaded last is not the one that is deployed, and Cloudflare does not change secrets until it is: deploy it, and run this again'

const HINTS_BY_CODE: Readonly<Record<number, string>> = {
  971: 'Too many requests in a short time',
  6003: '`api-token` is malformed: look for quotes, a space or a line break in it, and use an API token, not the Global API Key',
  7000: 'Check `account-id`: 32 hex digits, from the account that the token belongs to',
  7003: 'Check `account-id`: 32 hex digits, from the account that the token belongs to',
  9109: '`api-token` is wrong, expired, or not meant for this account: check the token and `account-id`',
  10000: `Likely: ${TOKEN_PERMISSION}`,
  [NO_REALTIME]: `${NO_REALTIME_HINT}: ${TOKEN_PERMISSION}`,
  10007: NO_SUCH_WORKER,
  10053:
    "The Worker's Wrangler file already gives that name a value: remove it from `vars` there and deploy, or choose other names with `uid-variable` and `key-secret`",
  10214: DEPLOY_LATEST,
  10215: DEPLOY_LATEST,
  10090: NO_SUCH_WORKER,
  20008: 'There is no TURN key with this uid in the account: it was already deleted, or belongs to another account',
}

/** For a status of 500 or above. A sentence. */
export const SERVER_ERROR_HINT =
  "The fault is on Cloudflare's side: see https://www.cloudflarestatus.com, and run this again."

/**
 * What most likely went wrong and what to do, for the person who reads a red job; undefined when nothing is known. Only a
 * response in JSON says something about the token.
 */
export function hintFor(codes: readonly number[], status: number, isJson: boolean): string | undefined {
  const hint = codes.map(code => HINTS_BY_CODE[code]).find(Boolean)
  if (hint) return `${hint}.`
  if (status >= 500) return SERVER_ERROR_HINT
  if (isRedirect(status)) {
    return 'Redirects are not followed with a token: check the base URL, and the proxy between here and Cloudflare.'
  }
  if (isJson && status === 401)
    return '`api-token` was not accepted: check that it is the whole token, and still active.'
  return isPermissionRefused(codes, status, isJson) ? `Likely: ${TOKEN_PERMISSION}.` : undefined
}
