import { formOf } from '../describe-response.ts'
import { type Group, NotAsked } from '../fact.ts'
import type { Trial } from '../trial.ts'

const LIMITS = 'https://developers.cloudflare.com/fundamentals/api/reference/limits/'
const DATES = 'https://www.rfc-editor.org/rfc/rfc9110#section-6.6.1'
const CLOCK = "Every age is measured by the service's own clock."

async function header(trial: Trial, name: string): Promise<string | null> {
  return (await trial.keys('GET')).headers.get(name)
}

async function mintHeader(trial: Trial, name: string): Promise<string | null> {
  const key = await trial.key()
  return (await trial.credentials(key, 'no-such-user/revoke')).headers.get(name)
}

/** `Sun, 29 Nov 2026 00:17:25 GMT`, whatever the time. */
function formOfDate(value: string | null): string {
  return value === null ? 'none' : formOf(value).replace(/^\w{3}, 00 \w{3} /, 'day, 00 month ')
}

/** The ray has 16 hex digits, then where it was answered. */
function formOfRay(value: string | null): string {
  return value === null ? 'none' : value.replace(/^[0-9a-f]{16}-[A-Z]{3}$/, '16 hex digits-place')
}

export const HEADERS: Group = {
  title: 'Headers',
  facts: [
    {
      name: '`Ratelimit`',
      emulator: '"default";r=N;t=N',
      why: LIMITS,
      touches: 'The wait for a rate limit, and how many requests `orphaned` has left.',
      probe: async trial => (await header(trial, 'ratelimit'))?.replaceAll(/\d+/g, 'N') ?? 'none',
    },
    {
      name: '`Ratelimit-Policy`',
      emulator: '"default";q=1200;w=300',
      why: LIMITS,
      touches: 'Waiting for up to 5 minutes: the window of the limit.',
      probe: async trial => (await header(trial, 'ratelimit-policy')) ?? 'none',
    },
    {
      name: '`Retry-After`, where a limit was reached',
      emulator: 'seconds',
      why: LIMITS,
      touches: 'The wait for a rate limit.',
      probe: async ({ retryAfter }) => {
        if (retryAfter.length === 0) return new NotAsked('no limit was reached')
        return retryAfter.every(value => /^\d+$/.test(value)) ? 'seconds' : 'other than seconds'
      },
    },
    {
      name: '`cf-ray`',
      emulator: '16 hex digits-place',
      why: 'https://developers.cloudflare.com/fundamentals/reference/cloudflare-ray-id/',
      touches: "Errors name the ray, which Cloudflare's support asks for.",
      probe: async trial => formOfRay(await header(trial, 'cf-ray')),
    },
    {
      name: '`cf-ray` of the credentials API',
      emulator: '16 hex digits-place',
      why: 'https://developers.cloudflare.com/fundamentals/reference/cloudflare-ray-id/',
      touches: "Errors name the ray, which Cloudflare's support asks for.",
      probe: async trial => formOfRay(await mintHeader(trial, 'cf-ray')),
    },
    {
      name: '`Date`',
      emulator: 'day, 00 month 0000 00:00:00 GMT',
      why: DATES,
      touches: CLOCK,
      probe: async trial => formOfDate(await header(trial, 'date')),
    },
    {
      name: '`Date` of the credentials API',
      emulator: 'day, 00 month 0000 00:00:00 GMT',
      why: DATES,
      touches: 'The output `expires-at`.',
      probe: async trial => formOfDate(await mintHeader(trial, 'date')),
    },
  ],
}
