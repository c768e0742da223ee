import { causeOfSilence, type Failure, type Fate } from '../http/error.ts'

interface Report {
  /** What was being done, to follow "Could not": `write the variable "X" of the environment "staging"`. */
  operation: string
  fate: Fate
  /** What came instead of success. */
  what: string
  status?: number
  advice?: string
  requestId?: string | undefined
  retryAfter?: number | undefined
  tries?: number
  cause?: unknown
}

/** The one error of everything under `github/`. Its message names what failed, GitHub's words and what to do. */
export class GithubError extends Error implements Failure {
  override name = 'GithubError'
  readonly fate: Fate
  readonly status: number | undefined
  readonly retryAfter: number | undefined
  /** How many times the request may have been carried out. */
  readonly tries: number
  readonly #report: Report

  constructor(report: Report) {
    super(sentence(report), { cause: report.cause })
    this.#report = report
    this.fate = report.fate
    this.status = report.status
    this.retryAfter = report.retryAfter
    this.tries = report.tries ?? 1
  }

  /** The same error with other advice: a sentence. */
  advising(advice: string): GithubError {
    return new GithubError({ ...this.#report, advice })
  }
}

function sentence({ operation, what, status, advice, requestId, cause }: Report): string {
  return [
    `Could not ${operation}: ${what}.`,
    advice ?? likelyCause(status, what, cause),
    requestId && `(request ${requestId})`,
  ]
    .filter(Boolean)
    .join(' ')
}

const TOKENS_THAT_CAN =
  'Use a token of a GitHub App or a fine-grained personal access token with the repository permissions Environments, Secrets and Variables: write'

/** Empty when nothing is known. */
function likelyCause(status: number | undefined, words: string, cause: unknown): string {
  if (status === undefined) {
    const silence = causeOfSilence(cause)
    return silence ? `${silence}.` : ''
  }
  if (status < 400) return 'Redirects are not followed with a token: was the repository renamed or moved?'
  if (status === 401) return '`github-token` is wrong, expired or revoked.'
  if (/by integration/i.test(words)) {
    return `\`github-token\` may not do this. The workflow's own GITHUB_TOKEN never may, whatever its \`permissions:\`. ${TOKENS_THAT_CAN}.`
  }
  if (status === 403) return `\`github-token\` may not do this. ${TOKENS_THAT_CAN}.`
  if (status === 404) return `\`github-token\` may not see it, or it does not exist. ${TOKENS_THAT_CAN}.`
  if (status >= 500)
    return "The fault is on GitHub's side: see https://www.githubstatus.com, and run this again."
  return ''
}
