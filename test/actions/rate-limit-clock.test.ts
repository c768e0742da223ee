import { describe } from 'vitest'
import { operationsOf } from './accounts.ts'
import { PLACES, runCreateWithEnvironment } from './environment-step.ts'
import { mintNew } from './mint-step.ts'
import { create, it, runDelete } from './step.ts'

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

describe.concurrent('Ratelimit with two policies', () => {
  for (const [header, waits] of [
    ['"burst";r=0;t=2, "default";r=900;t=300', ['waiting 2 seconds.']],
    ['"default";r=900;t=300, "burst";r=0;t=2', ['waiting 2 seconds.']],
    ['"burst";r=0;t=1, "default";r=0;t=3', ['waiting 3 seconds.']],
    ['"default";r=0;t=3, "burst";r=0;t=1', ['waiting 3 seconds.']],
    ['"burst";r=5;t=1, "default";r=1;t=300', null],
  ] as const) {
    it(`${header}: ${waits ?? 'no wait'}`, async ({ emulator, expect }) => {
      emulator.injectFault({ on: 'list', kind: 'headers', set: { Ratelimit: header } })
      const run = await create(emulator, { 'if-exists': 'fail' }, emulator.clock.skipping())
      expect(run).toMatchObject({ exitCode: 0, annotations: [] })
      expect(run.log.match(/waiting .*/g)).toEqual(waits)
      expect(operationsOf(emulator)).toEqual(['list', 'create'])
    })
  }
})

describe.concurrent('a newer response with a smaller t', () => {
  it('ends a wait that an older one began', async ({ emulator, expect }) => {
    const uids = Array.from({ length: 9 }, () => emulator.seedKey({ name: 'n' }).uid)
    for (const [index, uid] of uids.slice(0, 8).entries()) {
      const Ratelimit = index === 0 ? '"default";r=0;t=250' : '"default";r=0;t=1'
      emulator.injectFault({ on: 'delete', uid, kind: 'headers', set: { Ratelimit }, delay: index * 100 })
    }
    const { clock } = emulator
    const begun = clock.now()
    const run = await runDelete(emulator, { uid: uids.join('\n') }, clock.skipping())
    expect(clock.now() - begun).toBeLessThan(10_000)
    expect(run).toMatchObject({ exitCode: 0, annotations: [], outputs: { count: '9' } })
    expect(run.log).toContain('waiting 250 seconds.')
  })
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
      const run = await runCreateWithEnvironment(emulator, place, emulator.clock.skipping())
      expect(run).toMatchObject({ exitCode: 0, annotations: [] })
      expect(run.log.match(/Rate limited .*/g)).toEqual(['Rate limited by GitHub: waiting 20 seconds.'])
    })
  }
})

describe.concurrent('minting from a key that was created a moment ago', () => {
  it('is retried after a 403', async ({ emulator, expect }) => {
    const errors = [{ code: 10000, message: 'Authentication error' }]
    emulator.injectFault({ on: 'mint', kind: 'error', status: 403, errors, times: 2 })
    const run = await mintNew(emulator, { name: 'n' }, emulator.clock.skipping())
    expect(run).toMatchObject({ exitCode: 0, annotations: [] })
    expect(run.log).toContain('(HTTP status 403): retrying for up to 60 seconds.')
    expect(operationsOf(emulator)).toEqual(['create', 'mint', 'mint', 'mint'])
    expect(emulator.keys().map(({ uid }) => uid)).toEqual([run.outputs.uid])
    expect(run.outputs.credential).toBe(emulator.credentials()[0]?.credential)
  })
})
