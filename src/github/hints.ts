import { isRedirect } from '../http/page.ts'

/** The permissions that a request needs, for hints. */
export interface NeededPermissions {
  /** `Environments: write` */
  readonly permissions: string
  /** Whether the job's `permissions:` can grant them to the workflow's own token. */
  readonly isJobPermission?: boolean
}

/** For a status of 500 or above. A sentence. */
export const SERVER_ERROR_HINT = "The fault is on GitHub's side: see https://www.githubstatus.com, and run this again."

const NOT_ACCESSIBLE = /not accessible by|must have .*(rights|permission|access)/i

/** GitHub's words for what no permission of a token changes, and what does. */
const REFUSALS: readonly (readonly [words: RegExp, hint: string])[] = [
  [/IP allow list/i, "Add this runner's address to that list, or run the job on a runner whose address is on it."],
  [/\bSAML\b/, 'Authorize `github-token` for the organization, or use the token of a GitHub App.'],
  [/archived/i, 'Nothing can be stored in the repository until it is unarchived.'],
  [/lifetime/i, 'Create a token for `github-token` that expires as soon as the organization demands.'],
  [/forbids access/i, 'Use such a token for `github-token` as the organization allows.'],
  [/upgrade to/i, "The repository's plan does not include it; `store: repository` works on every plan."],
  [/suspended/i, 'Use a token for `github-token` that belongs to an account or an App which is not.'],
  [/access blocked/i, 'Ask GitHub about the repository.'],
]

/** Whether GitHub's words say that it refuses, and why. */
export const isRefusalWithReason = (message: string): boolean =>
  NOT_ACCESSIBLE.test(message) || REFUSALS.some(([words]) => words.test(message))

/** What to do about a status and GitHub's words, which the hint never contradicts; undefined when nothing is known. */
export function hintFor(status: number, message: string, needed: NeededPermissions): string | undefined {
  if (isRedirect(status)) return 'Redirects are not followed with a token: was the repository renamed or moved?'
  if (status >= 500) return SERVER_ERROR_HINT
  if (status === 401) return '`github-token` is wrong, expired or revoked.'
  const [, hint] = REFUSALS.find(([words]) => words.test(message)) ?? []
  if (hint) return hint
  const saysNothing = /^(|forbidden|not found)$/i.test(message)
  if (status === 404 && saysNothing) return `It does not exist, or ${lackingHint(message, needed)}`
  return NOT_ACCESSIBLE.test(message) || (status === 403 && saysNothing) ? lackingHint(message, needed) : undefined
}

function lackingHint(message: string, { permissions, isJobPermission }: NeededPermissions): string {
  if (isJobPermission) {
    return `\`github-token\` lacks a permission: add \`${permissions}\` to the job's \`permissions:\`.`
  }
  const isOwn = /by integration/i.test(message)
  const own = isOwn ? "The workflow's own GITHUB_TOKEN never has it, whatever its `permissions:`. " : ''
  return `\`github-token\` lacks permission. ${own}Use a fine-grained personal access token or a token of a GitHub App with the repository permission ${permissions}.`
}
