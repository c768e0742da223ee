import { ACCOUNT_ID, type Emulator, GITHUB_TOKENS, TOKENS } from './emulator.ts'

const WORKER = 'trials'

/** Makes what `npm run live` needs and cannot create: a Worker, branches, and something that was relayed. */
export function prepareTrials(emulator: Emulator): void {
  emulator.setWorker(WORKER)
  const hour = 3_600_000
  const datetime = new Date(Date.now() - hour).toISOString()
  emulator.seedUsage({ keyId: 'f'.repeat(32), datetime, egressBytes: 1000, ingressBytes: 10 })
  for (const branch of ['main', 'next']) emulator.github.addRef(`refs/heads/${branch}`)
}

/** The environment variables with which `npm run live` asks this emulator instead of the real services. */
export function trialVariables({ apiUrl, rtcUrl, githubUrl }: Emulator): Record<string, string> {
  return {
    CLOUDFLARE_BASE_URL: apiUrl,
    CLOUDFLARE_RTC_URL: rtcUrl,
    CLOUDFLARE_ACCOUNT_ID: ACCOUNT_ID,
    CLOUDFLARE_API_TOKEN: TOKENS.all,
    GITHUB_API_URL: githubUrl,
    GITHUB_REPOSITORY: 'octo/app',
    LIVE_GITHUB_TOKEN: GITHUB_TOKENS.full,
    LIVE_GITHUB_TOKEN_WITHOUT_PERMISSION: GITHUB_TOKENS.workflow,
    LIVE_ENVIRONMENT: 'staging',
    LIVE_WORKER: WORKER,
  }
}
