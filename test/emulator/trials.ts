import { ACCOUNT_ID, type Emulator, GITHUB_TOKENS, TOKENS } from './emulator.ts'

const WORKER = 'trials'

/** Makes what `npm run live` needs and may not create itself: a Worker, and more branches than one. */
export function prepareTrials(emulator: Emulator): void {
  emulator.setWorker(WORKER)
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
