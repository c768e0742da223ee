/** GitHub's side of a trial: a repository with an environment, and a token that may write its secrets and variables. */
export interface GitHubSettings {
  readonly url: string
  readonly token: string
  /** A token of the same repository without permissions for its environments; undefined: that is not asked. */
  readonly tokenWithoutPermission: string | undefined
  /** `owner/repo` */
  readonly repository: string
  readonly environment: string
}

/** Which services are asked, and with what. Tokens come from the environment alone. */
export interface Settings {
  readonly accountId: string
  readonly apiToken: string
  readonly apiUrl: string
  readonly rtcUrl: string
  readonly github: GitHubSettings | undefined
  /** The name of a Worker that is deployed; undefined: that is not asked. */
  readonly worker: string | undefined
  /** Milliseconds for which credentials are tried that should have ended. */
  readonly patienceMs: number
}

type Environment = Readonly<Record<string, string | undefined>>

export const USAGE = `usage: npm run live [-- --report FILE] [--patient 30m]

CLOUDFLARE_ACCOUNT_ID, CLOUDFLARE_API_TOKEN    required; the token needs Calls: Edit,
                                               and for analytics Account Analytics: Read
CLOUDFLARE_BASE_URL, CLOUDFLARE_RTC_URL        other services than Cloudflare's: npm run emulator prints them
LIVE_GITHUB_TOKEN, GITHUB_REPOSITORY,          GitHub too: a repository and an environment for trials, and a token with
LIVE_ENVIRONMENT, GITHUB_API_URL               Environments: write, Contents: read, Pull requests: read and Actions: read
LIVE_GITHUB_TOKEN_WITHOUT_PERMISSION           another token of that repository, without Environments
LIVE_WORKER                                    a deployed Worker for trials; the API token needs Workers Scripts: Edit

--report FILE    where the report is written (default live-report.json)
--patient 30m    for how long to try credentials that should have ended (default: once), at most 2h`

/**
 * @param patience such as `30m`; `0s`: once
 * @throws Error that says which variable is missing or wrong, never its value
 */
export function readSettings(env: Environment, patience = '0s'): Settings {
  const accountId = required(env, 'CLOUDFLARE_ACCOUNT_ID')
  const apiToken = required(env, 'CLOUDFLARE_API_TOKEN')
  return {
    accountId,
    apiToken,
    apiUrl: baseUrl(env, 'CLOUDFLARE_BASE_URL', 'https://api.cloudflare.com/client/v4'),
    rtcUrl: baseUrl(env, 'CLOUDFLARE_RTC_URL', 'https://rtc.live.cloudflare.com/v1'),
    github: githubSettings(env),
    worker: given(env, 'LIVE_WORKER'),
    patienceMs: milliseconds(patience),
  }
}

const UNITS: Readonly<Record<string, number>> = { s: 1000, m: 60_000, h: 3_600_000 }

function milliseconds(text: string): number {
  const [, count, unit = ''] = /^(\d{1,4})([smh])$/.exec(text) ?? []
  const result = Number(count) * (UNITS[unit] ?? 0)
  if (count === undefined || result > 7_200_000) throw new Error('--patient must be such as 30m, at most 2h.')
  return result
}

function githubSettings(env: Environment): GitHubSettings | undefined {
  const token = given(env, 'LIVE_GITHUB_TOKEN')
  if (token === undefined) return undefined
  return {
    token,
    tokenWithoutPermission: given(env, 'LIVE_GITHUB_TOKEN_WITHOUT_PERMISSION'),
    repository: required(env, 'GITHUB_REPOSITORY'),
    environment: required(env, 'LIVE_ENVIRONMENT'),
    url: baseUrl(env, 'GITHUB_API_URL', 'https://api.github.com'),
  }
}

function given(env: Environment, name: string): string | undefined {
  return env[name]?.trim() || undefined
}

function required(env: Environment, name: string): string {
  const value = given(env, name)
  if (value === undefined) throw new Error(`${name} is not set.`)
  return value
}

/** Tokens travel by https, or stay on this machine. */
function baseUrl(env: Environment, name: string, preset: string): string {
  const text = given(env, name) ?? preset
  const url = URL.parse(text)
  if (url?.protocol !== 'https:' && !(url?.protocol === 'http:' && isLoopback(url.hostname)))
    throw new Error(`${name} must be an https URL, or http on loopback.`)
  return text.replace(/\/+$/, '')
}

export function isLoopback(hostname: string): boolean {
  return /^(localhost|127(\.\d+){3}|\[::1\])$/.test(hostname)
}
