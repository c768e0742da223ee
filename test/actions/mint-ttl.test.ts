import { describe } from 'vitest'
import { NOTHING } from '../nothing.ts'
import { mintNew } from './mint-step.ts'
import { it, problemsOf } from './step.ts'

describe.concurrent('the input ttl', () => {
  for (const ttl of ['1', '172800']) {
    it(`takes ${JSON.stringify(ttl)}`, async ({ emulator, expect }) => {
      expect(await mintNew(emulator, { ttl })).toMatchObject({ exitCode: 0, annotations: [] })
      expect(emulator.credentials()).toMatchObject([{ ttl: Number(ttl) }])
    })
  }

  for (const ttl of ['0', '172801', '1.5', 'abc']) {
    it(`refuses ${ttl}`, async ({ emulator, expect }) => {
      const run = await mintNew(emulator, { ttl })
      expect(run).toMatchObject({ exitCode: 1, outputs: NOTHING, state: NOTHING })
      expect(problemsOf(run)).toEqual([
        `\`ttl\` must be a whole number of seconds from 1 to 172800; it is "${ttl}".`,
      ])
      expect(emulator.requests).toEqual([])
    })
  }

  it('is refused with reuse, with the ways out', async ({ emulator, expect }) => {
    emulator.seedKey({ name: 'n' })
    const run = await mintNew(emulator, { name: 'n', 'if-exists': 'reuse' })
    expect(run).toMatchObject({ exitCode: 1, outputs: NOTHING })
    expect(problemsOf(run)).toEqual([expect.stringMatching(/`ttl`.*reuse.*replace.*credentials/)])
    expect(emulator.requests).toEqual([])
  })

  it('is refused together with everything else that is wrong', async ({ emulator, expect }) => {
    const wrong = { ttl: '0', 'rtc-url': 'http://rtc.invalid/v1', 'custom-identifier': 'a\nb' }
    const run = await mintNew(emulator, wrong)
    expect(problemsOf(run)).toEqual([
      expect.stringContaining('`ttl`'),
      expect.stringContaining('`custom-identifier`'),
      expect.stringContaining('`rtc-url`'),
    ])
    expect(emulator.requests).toEqual([])
  })
})
