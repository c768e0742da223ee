import { describe } from 'vitest'
import { it, problemsOf } from './step.ts'
import { GB, keysOf, runUsage } from './usage-step.ts'

/** The output of the job may be 1 MB, in UTF-16. */
const MAX_CHARACTERS = 500_000

const group = (number: number) => ({
  dimensions: { keyId: number.toString(16).padStart(32, '0') },
  sum: { egressBytes: 20_000 - number, ingressBytes: 0 },
})

describe.concurrent('more than an answer or an output holds', () => {
  it('a list as long as its limit is told of, and the output is cut', async ({ emulator, expect }) => {
    const keys = Array.from({ length: 10_000 }, (_, index) => group(index))
    const total = [{ sum: { egressBytes: 9 * GB, ingressBytes: 1 } }]
    const accounts = [{ total, keys, hours: [] }]
    emulator.injectFault({ on: 'graphql', kind: 'fields', result: { viewer: { accounts } } })
    const run = await runUsage(emulator)
    const kept = keysOf(run)
    expect(run.exitCode).toBe(0)
    expect(run.outputs['egress-bytes']).toBe(String(9 * GB))
    expect(run.outputs.keys?.length).toBeLessThan(MAX_CHARACTERS)
    expect(kept.length).toBeGreaterThan(3000)
    expect(kept.map(({ egressBytes }) => egressBytes)).toEqual(kept.map((_, index) => 20_000 - index))
    expect(problemsOf(run, 'warning')).toEqual([
      expect.stringMatching(/^Cloudflare listed as many keys or hours as it does at most/),
      expect.stringContaining(`has the ${kept.length} keys with the most egress, and not all 10000`),
    ])
  })

  it('the keys of a full account are one query', async ({ emulator, expect }) => {
    for (let number = 0; number < 1000; number += 1) {
      const { uid } = emulator.seedKey({ name: 'x' })
      emulator.seedUsage({ keyId: uid, datetime: new Date().toISOString(), egressBytes: 1 })
    }
    const run = await runUsage(emulator, { 'name-prefix': 'x' })
    expect(run.outputs['egress-bytes']).toBe('1000')
    expect(keysOf(run)).toHaveLength(1000)
    expect(problemsOf(run, 'warning')).toEqual([
      expect.stringContaining('has 1000 of at most 1000 TURN keys'),
    ])
    expect(emulator.requests.map(({ operation }) => operation)).toEqual(['list', 'graphql'])
  })
})
