import { describe } from 'vitest'
import type { Emulator } from '../emulator/emulator.ts'
import {
  environmentContents,
  keyOf,
  runCreateWithEnvironment,
  runDeleteWithEnvironment,
} from './environment-step.ts'
import { mintNew } from './mint-step.ts'
import { create, it, problemsOf } from './step.ts'

const MINUTE = 60_000

/** A key that is so many minutes old by a clock of Cloudflare's that is `offset` milliseconds ahead. */
function seedAged({ seedKey }: Emulator, offset: number, minutes: number): string {
  const created = new Date(Date.now() + offset - minutes * MINUTE).toISOString()
  return seedKey({ name: 'n', created }).uid
}

for (const minutes of [-7, 7]) {
  const offset = minutes * MINUTE
  const what = `${Math.abs(minutes)} minutes ${minutes < 0 ? 'behind' : 'ahead'}`

  describe.concurrent(`with Cloudflare's clock ${what}`, () => {
    it('older-than is by that clock', async ({ emulatorWith, expect }) => {
      const emulator = await emulatorWith({ cloudflareClockOffset: offset })
      const [older, younger] = [6, 4].map(age => seedAged(emulator, offset, age))
      const selector = { environment: '(none)', 'github-token': '', name: 'n', 'older-than': '5m' }
      const run = await runDeleteWithEnvironment(emulator, selector)
      expect(run).toMatchObject({ exitCode: 0, annotations: [] })
      expect(run.outputs.deleted).toBe(JSON.stringify([older]))
      expect(emulator.keys().map(({ uid }) => uid)).toEqual([younger])
    })

    it('a lost response accuses what was created since, and no other', async ({ emulatorWith, expect }) => {
      const emulator = await emulatorWith({ cloudflareClockOffset: offset })
      const before = seedAged(emulator, offset, 1)
      emulator.injectFault({ on: 'create', kind: 'response-lost' })
      const run = await create(emulator, { name: 'n' })
      expect(run).toMatchObject({ exitCode: 0, outputs: { outcome: 'created' } })
      const lost = emulator.keys().find(({ uid }) => uid !== before && uid !== run.outputs.uid)
      expect(problemsOf(run, 'warning')).toEqual([expect.stringContaining(lost?.uid ?? 'no key')])
      expect(run.log).not.toContain(before)

      const later = seedAged(emulator, offset, -5)
      const post = await run.post()
      expect(post).toMatchObject({ exitCode: 0, annotations: [] })
      for (const uid of [before, later]) expect(post.log).not.toContain(uid)
      expect(emulator.keys()).toHaveLength(4)
    })

    it('post looks for what came after main, by that clock', async ({ emulatorWith, expect }) => {
      const emulator = await emulatorWith({ cloudflareClockOffset: offset })
      emulator.injectFault({ on: 'create', kind: 'reset' })
      const run = await create(emulator, { name: 'n' })
      const late = seedAged(emulator, offset, 0)
      expect(problemsOf(await run.post(), 'warning')).toEqual([expect.stringContaining(late)])
    })

    it('times are as Cloudflare gives them', async ({ emulatorWith, expect }) => {
      const emulator = await emulatorWith({ cloudflareClockOffset: offset })
      const run = await mintNew(emulator)
      const [key] = emulator.keys()
      expect(run.outputs).toMatchObject({ created: key?.created, modified: key?.modified })
      const expiresAt = Date.parse(emulator.credentials()[0]?.expiresAt ?? '')
      expect(Math.abs(Date.parse(run.outputs['expires-at'] ?? '') - expiresAt)).toBeLessThan(MINUTE)
    })
  })

  describe.concurrent(`with GitHub's clock ${what}`, () => {
    it('a pair is stored, found healthy, and replaced', async ({ emulatorWith, expect }) => {
      const emulator = await emulatorWith({ githubClockOffset: offset })
      const created = await runCreateWithEnvironment(emulator)
      expect(created).toMatchObject({ exitCode: 0, annotations: [] })
      const reused = await runCreateWithEnvironment(emulator)
      expect(reused.outputs).toMatchObject({ outcome: 'reused', uid: created.outputs.uid })
      const replaced = await runCreateWithEnvironment(emulator, { 'if-exists': 'replace' })
      await replaced.post()
      expect(environmentContents(emulator)).toEqual(keyOf(emulator, replaced))
      expect(emulator.keys()).toHaveLength(1)
    })

    it('its Retry-After as a date is by that clock', async ({ emulatorWith, expect }) => {
      const emulator = await emulatorWith({ githubClockOffset: offset })
      const retryAfter = new Date(Date.now() + offset + 20_000).toUTCString()
      emulator.injectFault({ on: 'gh-public-key', kind: 'error', status: 429, retryAfter })
      const run = await runCreateWithEnvironment(emulator, {}, emulator.clock.skipping())
      expect(run).toMatchObject({ exitCode: 0, annotations: [] })
      expect(run.log).toMatch(/Rate limited by GitHub: waiting (1\d|20) seconds\./)
    })
  })
}

it('a time that is none, as a leap second is to Node.js, is not counted by', async ({ emulator, expect }) => {
  const set = { date: 'Thu, 31 Dec 2026 23:59:60 GMT' }
  emulator.injectFault({ on: 'mint', kind: 'headers', set })
  const run = await mintNew(emulator)
  expect(run).toMatchObject({ exitCode: 0, annotations: [] })
  expect(Date.parse(run.outputs['expires-at'] ?? '')).toBeGreaterThan(Date.now())
})
