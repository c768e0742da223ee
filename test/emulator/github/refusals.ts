import { type EmulatedResponse, json } from '../emulated-response.ts'

const ORG = 'octo'

/** GitHub's words for what it refuses, and the status, 403 unless another. */
const REFUSALS = {
  'IP allow list': {
    message: `Although you appear to have the correct authorization credentials, the \`${ORG}\` organization has an IP allow list enabled, and your IP address is not permitted to access this resource.`,
  },
  SAML: {
    message:
      'Resource protected by organization SAML enforcement. You must grant your Personal Access token access to this organization.',
  },
  archived: { message: 'Repository was archived so is read-only.' },
  "the token's lifetime": {
    message: `The '${ORG}' organization forbids access via a fine-grained personal access tokens if the token's lifetime is greater than 366 days. Please adjust your token's lifetime at the following URL: https://github.com/settings/personal-access-tokens/1`,
  },
  'a classic token': {
    message: `\`${ORG}\` forbids access via a personal access token (classic). Please use a GitHub App, OAuth App, or a personal access token with fine-grained permissions.`,
  },
  plan: { message: 'Upgrade to GitHub Pro or make this repository public to enable this feature.' },
  'suspended account': { message: 'Sorry. Your account was suspended.' },
  'suspended installation': { message: 'This installation has been suspended' },
  'blocked repository': { message: 'Repository access blocked' },
  validation: { status: 422, message: 'Validation Failed' },
  integration: { message: 'Resource not accessible by integration' },
  'personal access token': { message: 'Resource not accessible by personal access token' },
  'no rights': { message: 'Must have admin rights to Repository.' },
  'rate limit': { message: 'API rate limit exceeded for installation ID 1.', isUsedUp: true },
  'secondary rate limit': {
    message:
      'You have exceeded a secondary rate limit. Please wait a few minutes before you try again. If you reach out to GitHub Support for help, please include the request ID.',
    retryAfter: '60',
  },
  'integration, as the last request of the hour': {
    message: 'Resource not accessible by integration',
    isUsedUp: true,
  },
} as const satisfies Record<string, Refusal>

interface Refusal {
  readonly status?: number
  readonly message: string
  readonly isUsedUp?: boolean
  readonly retryAfter?: string
}

/** Why GitHub refuses. */
export type RefusalReason = keyof typeof REFUSALS

/** All reasons. */
export const REFUSAL_REASONS = Object.keys(REFUSALS) as readonly RefusalReason[]

/** The refusal; with a quota that is used up, there are requests again in an hour. */
export function refusalOf(reason: RefusalReason, now: number): EmulatedResponse {
  const { status = 403, message, isUsedUp, retryAfter }: Refusal = REFUSALS[reason]
  const body = { message, documentation_url: 'https://docs.github.com/rest', status: String(status) }
  const reset = String(Math.floor(now / 1000) + 3600)
  return json(status, body, {
    ...(isUsedUp && { 'x-ratelimit-remaining': '0', 'x-ratelimit-reset': reset }),
    ...(retryAfter && { 'retry-after': retryAfter }),
  })
}
