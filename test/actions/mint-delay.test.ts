import { describe } from 'vitest'
import { type Emulator, TOKENS } from '../emulator/emulator.ts'
import { NOTHING } from '../nothing.ts'
import { operationsOf } from './accounts.ts'
import { mintFrom, mintNew } from './mint-step.ts'
import { it, problemsOf } from './step.ts'

/** How often an emulator was asked to mint. */
function mintsOf(emulator: Parameters<typeof operationsOf>[0]): number {
  return operationsOf(emulator).filter(operation => operation === 'mint').length
}

describe.concurrent('a key that Cloudflare does not know yet', () => {
  for (const mintDelayStatus of [401, 404] as const) {
    it(`is asked for until it is known: ${mintDelayStatus}`, async ({ emulatorWith, expect }) => {
      const emulator = await emulatorWith({ mintDelay: 10_000, mintDelayStatus })
      const run = await mintNew(emulator, { name: 'n' }, emulator.clock.skipping())
      expect(run).toMatchObject({ exitCode: 0, annotations: [], unmasked: [] })
      const waiting = `Cloudflare does not know the key yet (HTTP status ${mintDelayStatus}): retrying for up to 60 seconds.`
      expect(run.log.split('\n').filter(line => line === waiting)).toHaveLength(1)
      expect(mintsOf(emulator)).toBeGreaterThan(1)
      expect(operationsOf(emulator).filter(operation => operation === 'create')).toHaveLength(1)
      expect(run.outputs.credential).toBe(emulator.credentials()[0]?.credential)
    })

    it(`is deleted again after 60 seconds: ${mintDelayStatus}`, async ({ emulatorWith, expect }) => {
      const emulator = await emulatorWith({ mintDelay: 90_000, mintDelayStatus })
      const run = await mintNew(emulator, { name: 'n' }, emulator.clock.skipping())
      expect(run).toMatchObject({ exitCode: 1, outputs: NOTHING })
      expect(problemsOf(run)).toEqual([
        expect.stringMatching(
          `^Could not mint ICE servers from the TURN key .{32}: Cloudflare responded with HTTP status ${mintDelayStatus}: (Unauthorized|Not Found)\\. The key was created a moment ago, and the credentials API does not know it: run this again, and check \`rtc-url\` if you set it\\. \\(cf-ray: .*\\)$`,
        ),
      ])
      expect(emulator.keys()).toEqual([])
      // Waits of 0.5, 1, 2, 4, then 5 seconds, and what is left.
      expect(mintsOf(emulator)).toBeGreaterThan(3)
      expect(mintsOf(emulator)).toBeLessThanOrEqual(18)
      expect((await run.post()).log).toContain('nothing else to clean up')
    })
  }

  it('is asked for through a rate limit too', async ({ emulator, expect }) => {
    emulator.injectFault({ on: 'mint', kind: 'error', status: 429, retryAfter: 2 })
    emulator.injectFault({ on: 'mint', kind: 'error', status: 404 })
    const run = await mintNew(emulator, {}, emulator.clock.skipping())
    expect(run).toMatchObject({ exitCode: 0, annotations: [] })
    expect(run.log).toContain('Rate limited by Cloudflare: waiting 2 seconds.')
    expect(mintsOf(emulator)).toBe(3)
  })
})

describe.concurrent('a key that the credentials action is given', () => {
  it('may be a moment old', async ({ emulator, expect }) => {
    emulator.injectFault({ on: 'mint', kind: 'error', status: 404, times: 2 })
    const run = await mintFrom(emulator, emulator.seedKey({ name: 'n' }), {}, emulator.clock.skipping())
    expect(run).toMatchObject({ exitCode: 0, annotations: [] })
    expect(run.log).toContain('retrying for up to 10 seconds.')
    expect(mintsOf(emulator)).toBe(3)
  })

  it('is the wrong token when it is the API token', async ({ emulator, expect }) => {
    const { uid } = emulator.seedKey({ name: 'n' })
    const run = await mintFrom(emulator, { uid, secret: TOKENS.write }, {}, emulator.clock.skipping())
    expect(run).toMatchObject({ exitCode: 1, outputs: NOTHING, state: NOTHING })
    expect(problemsOf(run)).toEqual([
      expect.stringMatching(
        /status 401: Unauthorized\. .*the TURN key's own secret.*`key`.*TURN_KEY_API_TOKEN in Cloudflare's docs\), not the account's API token\. \(cf-ray: .*\)$/,
      ),
    ])
    expect(mintsOf(emulator)).toBeGreaterThan(2)
    expect(mintsOf(emulator)).toBeLessThanOrEqual(6)
  })

  it('a refusal by the edge says nothing of the secret', async ({ emulator, expect }) => {
    const text = { status: 403, body: 'error code: 1020', contentType: 'text/plain' }
    emulator.injectFault({ on: 'mint', kind: 'text', ...text })
    const [problem] = problemsOf(await mintFrom(emulator, emulator.seedKey({ name: 'n' })))
    expect(problem).toContain('HTTP status 403: error code: 1020.')
    expect(problem).not.toMatch(/secret|`key`/)
  })

  it('is refused at once with 403, with the same advice', async ({ emulator, expect }) => {
    const errors = [{ code: 10000, message: 'Authentication error' }]
    emulator.injectFault({ on: 'mint', kind: 'error', status: 403, errors })
    const run = await mintFrom(emulator, emulator.seedKey({ name: 'n' }))
    expect(problemsOf(run)).toEqual([
      expect.stringMatching(/403: 10000 Authentication error\. .*the TURN key's own secret/),
    ])
    expect(problemsOf(run).join()).not.toContain('api-token')
    expect(mintsOf(emulator)).toBe(1)
  })

  it('may be gone, which points to the uid', async ({ emulator, expect }) => {
    const key = { uid: '0'.repeat(32), secret: 'emulated-key-of-nobody' }
    const run = await mintFrom(emulator, key, {}, emulator.clock.skipping())
    expect(problemsOf(run)).toEqual([
      expect.stringMatching(/status 404: Not Found\. .*check that it is the uid/),
    ])
  })
})

describe.concurrent("an error of Cloudflare's edge", () => {
  for (const [what, run] of [
    ['the root action', (emulator: Emulator) => mintNew(emulator, { name: 'n' }, emulator.clock.skipping())],
    [
      'the credentials action',
      (emulator: Emulator) =>
        mintFrom(emulator, emulator.seedKey({ name: 'n' }), {}, emulator.clock.skipping()),
    ],
  ] as const) {
    it(`once, is retried by ${what}, and the key kept: 502`, async ({ emulator, expect }) => {
      emulator.injectFault({ on: 'mint', kind: 'html', status: 502 })
      const step = await run(emulator)
      expect(step).toMatchObject({ exitCode: 0, annotations: [] })
      expect(mintsOf(emulator)).toBe(2)
      expect(step.outputs.credential).toBe(emulator.credentials()[0]?.credential)
      expect(emulator.keys()).toHaveLength(1)
    })
  }

  it('once, is retried by a post step that revokes', async ({ emulator, expect }) => {
    const inputs = { 'revoke-after-job': 'true' }
    const main = await mintFrom(emulator, emulator.seedKey({ name: 'n' }), inputs)
    emulator.injectFault({ on: 'revoke', kind: 'html', status: 502 })
    expect(await main.post(emulator.clock.skipping())).toMatchObject({ exitCode: 0, annotations: [] })
    expect(emulator.credentials()).toMatchObject([{ revoked: true }])
  })
})
