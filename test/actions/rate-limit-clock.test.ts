import { describe } from 'vitest'
import { fast, operationsOf } from './accounts.ts'
import { create, it } from './create-step.ts'
import { PLACES, runCreateWithEnvironment } from './environment-step.ts'
import { mintNew } from './mint-step.ts'

describe.concurrent("Cloudflare's newest word on the rate limit", () => {
  for (const [what, retryAfter, waiting] of [
    ['with Retry-After', 1, 'waiting 1 second.'],
    ['without it, after the first of the growing pauses', undefined, 'waiting 2 seconds.'],
  ] as const) {
    it(`replaces an older one: ${what}`, async ({ emulatorWith, expect }) => {
      // The list says r=900;t=300.
      const emulator = await emulatorWith({ quota: { limit: 901, window: 300 } })
      const headers = { Ratelimit: '"default";r=0;t=1' }
      const wait = retryAfter === undefined ? {} : { retryAfter }
      emulator.injectFault({ on: 'create', kind: 'error', status: 429, headers, ...wait })
      const run = await create(emulator, { 'if-exists': 'fail' })
      expect(run).toMatchObject({ exitCode: 0, annotations: [] })
      expect(run.log.match(/waiting .*/g)).toEqual([waiting])
      expect(operationsOf(emulator)).toEqual(['list', 'create', 'create'])
    })
  }
})

describe.concurrent.each(PLACES)("x-ratelimit-reset is read by GitHub's clock, for $where", ({ place }) => {
  for (const [what, ahead] of [
    ['two hours behind', -7200],
    ['two hours ahead', 7200],
    ['ten minutes ahead', 600],
  ] as const) {
    it(what, async ({ emulator, expect }) => {
      const time = Math.floor(Date.now() / 1000) + ahead
      const headers = {
        date: new Date(time * 1000).toUTCString(),
        'x-ratelimit-remaining': '0',
        'x-ratelimit-reset': String(time + 20),
      }
      emulator.injectFault({ on: 'gh-public-key', kind: 'error', status: 403, headers })
      const run = await runCreateWithEnvironment(emulator, place, { speed: 10 })
      expect(run).toMatchObject({ exitCode: 0, annotations: [] })
      expect(run.log.match(/Rate limited .*/g)).toEqual(['Rate limited by GitHub: waiting 20 seconds.'])
    })
  }
})

describe.concurrent('minting from a key that was created a moment ago', () => {
  it('is retried after a 403', async ({ emulator, expect }) => {
    const errors = [{ code: 10000, message: 'Authentication error' }]
    emulator.injectFault({ on: 'mint', kind: 'error', status: 403, errors, times: 2 })
    const run = await mintNew(emulator, { name: 'n' }, fast(5))
    expect(run).toMatchObject({ exitCode: 0, annotations: [] })
    expect(run.log).toContain('(HTTP status 403): retrying for up to 60 seconds.')
    expect(operationsOf(emulator)).toEqual(['create', 'mint', 'mint', 'mint'])
    expect(emulator.keys().map(({ uid }) => uid)).toEqual([run.outputs.uid])
    expect(run.outputs.credential).toBe(emulator.credentials()[0]?.credential)
  })
})
