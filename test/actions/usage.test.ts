import { describe } from 'vitest'
import type { Emulator } from '../emulator/emulator.ts'
import { it, problemsOf } from './step.ts'
import { transcript } from './transcript.ts'
import { clockAt, GB, keysOf, runUsage } from './usage-step.ts'

const uidOf = (number: number): string => number.toString(16).padStart(32, '0')

/** 30 keys, three of them deleted since, on two days of October, and with a hundredth of it on two of November. */
function seedTwoMonths(emulator: Emulator): void {
  for (let number = 1; number <= 30; number += 1) {
    const keyId = uidOf(number)
    if (number % 10 !== 0) emulator.seedKey({ uid: keyId, name: `octo/app#${number}` })
    for (const [month, factor] of [
      ['10', 100],
      ['11', 1],
    ] as const)
      for (const day of ['03', '17']) {
        const egressBytes = (factor * number * GB) / 4
        const datetime = `2026-${month}-${day}T${String(number % 24).padStart(2, '0')}:30:00Z`
        emulator.seedUsage({ keyId, datetime, egressBytes, ingressBytes: number * 1e6 })
      }
  }
}

describe.concurrent('usage of 30 keys over two months', () => {
  it('is that of this month, the largest first', async ({ emulatorWith, expect }) => {
    const emulator = await emulatorWith(clockAt('2026-11-20T12:00:30Z'))
    seedTwoMonths(emulator)
    const run = await runUsage(emulator, { 'warn-at': '200GB', 'fail-at': '250GB' })
    const shown = { ...run, outputs: { ...run.outputs, keys: `${keysOf(run).length} keys` } }
    expect(transcript(shown)).toMatchInlineSnapshot(`
      "exit 0
        TURN traffic from <time> to <time>: 232.5 GB egress, 930 MB ingress. The egress is 23.2% of the 1,000 GB that are free each month (per account, shared with the SFU).
        These are estimates: Cloudflare samples its analytics, and the last minutes are not in them yet.
        TURN key <uid 1>, (deleted): 15 GB egress, 60 MB ingress.
        TURN key <uid 2>, octo/app#29: 14.5 GB egress, 58 MB ingress.
        TURN key <uid 3>, octo/app#28: 14 GB egress, 56 MB ingress.
        TURN key <uid 4>, octo/app#27: 13.5 GB egress, 54 MB ingress.
        TURN key <uid 5>, octo/app#26: 13 GB egress, 52 MB ingress.
        TURN key <uid 6>, octo/app#25: 12.5 GB egress, 50 MB ingress.
        TURN key <uid 7>, octo/app#24: 12 GB egress, 48 MB ingress.
        TURN key <uid 8>, octo/app#23: 11.5 GB egress, 46 MB ingress.
        TURN key <uid 9>, octo/app#22: 11 GB egress, 44 MB ingress.
        TURN key <uid 10>, octo/app#21: 10.5 GB egress, 42 MB ingress.
        TURN key <uid 11>, (deleted): 10 GB egress, 40 MB ingress.
        TURN key <uid 12>, octo/app#19: 9.5 GB egress, 38 MB ingress.
        TURN key <uid 13>, octo/app#18: 9 GB egress, 36 MB ingress.
        TURN key <uid 14>, octo/app#17: 8.5 GB egress, 34 MB ingress.
        TURN key <uid 15>, octo/app#16: 8 GB egress, 32 MB ingress.
        TURN key <uid 16>, octo/app#15: 7.5 GB egress, 30 MB ingress.
        TURN key <uid 17>, octo/app#14: 7 GB egress, 28 MB ingress.
        TURN key <uid 18>, octo/app#13: 6.5 GB egress, 26 MB ingress.
        TURN key <uid 19>, octo/app#12: 6 GB egress, 24 MB ingress.
        TURN key <uid 20>, octo/app#11: 5.5 GB egress, 22 MB ingress.
        Warning: The TURN keys relayed 232.5 GB of egress: \`warn-at\` is 200 GB.
      masks
        a value of 24 characters
      outputs
        keys = 30 keys
        ingress-bytes = 930000000
        egress-bytes = 232500000000"
    `)
    const { requests } = emulator
    expect(requests.map(({ method, path }) => `${method} ${path}`).sort()).toMatchInlineSnapshot(`
      [
        "GET /client/v4/accounts/0000000000000000000000000000acc7/calls/turn_keys",
        "POST /client/v4/graphql",
        "POST /client/v4/graphql",
      ]
    `)
    const [first, second, , ...others] = keysOf(run)
    expect([first, second]).toEqual([
      { uid: uidOf(30), name: '', egressBytes: 15 * GB, ingressBytes: 60e6 },
      { uid: uidOf(29), name: 'octo/app#29', egressBytes: 14.5 * GB, ingressBytes: 58e6 },
    ])
    expect(others.at(-1)).toMatchObject({ uid: uidOf(1), name: 'octo/app#1' })
  })

  it('has a summary with the largest 20 keys and a chart', async ({ emulatorWith, expect }) => {
    const emulator = await emulatorWith(clockAt('2026-11-20T12:00:30Z'))
    seedTwoMonths(emulator)
    const { summary } = await runUsage(emulator)
    const [before = '', chart = '', after] = summary.split('```')
    expect(before.match(/<tr>/g)).toHaveLength(5 + 1 + 20)
    expect(before).toContain('<th>Egress</th><td>232.5 GB, 23.2% of the 1,000 GB that are free each month')
    expect(before).toContain(`<td>octo/app#29</td><td>${uidOf(29)}</td>`)
    expect(chart).toMatchInlineSnapshot(`
      "mermaid
      ---
      config:
        xyChart:
          width: 900
          height: 460
        themeVariables:
          xyChart:
            plotColorPalette: "#0969da"
      ---
      xychart-beta horizontal
        title "Egress a day (UTC), in GB"
        x-axis ["Nov 1", "Nov 2", "Nov 3", "Nov 4", "Nov 5", "Nov 6", "Nov 7", "Nov 8", "Nov 9", "Nov 10", "Nov 11", "Nov 12", "Nov 13", "Nov 14", "Nov 15", "Nov 16", "Nov 17", "Nov 18", "Nov 19", "Nov 20"]
        y-axis 0 --> 117
        bar [0, 0, 116.25, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 116.25, 0, 0, 0]
      "
    `)
    expect(after).toContain('TURN keys in the Cloudflare dashboard')
  })

  it.for<[Record<string, string>, number[]]>([
    // A key that was deleted is known by its uid alone.
    [{ uid: `${uidOf(30).toUpperCase()}\n${uidOf(1)}` }, [30, 1]],
    [{ name: 'octo/app#1' }, [1]],
    [{ 'name-prefix': 'octo/app#1' }, [1, 11, 12, 13, 14, 15, 16, 17, 18, 19]],
  ])('with %j is that of some', async ([inputs, numbers], { emulatorWith, expect }) => {
    const emulator = await emulatorWith(clockAt('2026-11-20T12:00:30Z'))
    seedTwoMonths(emulator)
    const run = await runUsage(emulator, inputs)
    expect(run).toMatchObject({ exitCode: 0, annotations: [] })
    expect(keysOf(run)).toHaveLength(numbers.length)
    const egress = numbers.reduce((sum, number) => sum + (number * GB) / 2, 0)
    expect(run.outputs['egress-bytes']).toBe(String(egress))
  })
})

describe.concurrent('a limit', () => {
  const relay = (emulator: Emulator, egressBytes: number): void => {
    const { uid } = emulator.seedKey({ name: 'a' })
    emulator.seedUsage({ keyId: uid, datetime: new Date().toISOString(), egressBytes, ingressBytes: 7 })
  }

  it('is reached at the byte, and not before', async ({ emulator, expect }) => {
    relay(emulator, 100 * GB - 1)
    const inputs = { 'warn-at': '100GB', 'fail-at': '100GB' }
    const below = await runUsage(emulator, inputs)
    expect(below).toMatchObject({ exitCode: 0, annotations: [] })
    expect(below.log).toContain('99.99 GB egress')
    relay(emulator, 1)
    const at = await runUsage(emulator, inputs)
    expect(at.exitCode).toBe(1)
    expect(problemsOf(at, 'warning')).toEqual([
      'The TURN keys relayed 100 GB of egress: `warn-at` is 100 GB.',
    ])
    expect(problemsOf(at)).toEqual([
      'The TURN keys relayed 100 GB of egress: `fail-at` is 100 GB. No key was deleted.',
    ])
  })

  // 100 times 1.15 is less than 115 for a computer.
  it('is named as it was given', async ({ emulator, expect }) => {
    relay(emulator, 1_150_000_000)
    const run = await runUsage(emulator, { 'fail-at': '1150MB' })
    expect(problemsOf(run)).toEqual([
      'The TURN keys relayed 1.15 GB of egress: `fail-at` is 1.15 GB. No key was deleted.',
    ])
    expect(run.log).toContain('The egress is 0.1% of')
    relay(emulator, 1001 * GB - 1_150_000_000)
    expect((await runUsage(emulator, {})).log).toContain('The egress is 100.1% of')
  })

  it('sets all outputs, and the summary, also when the step fails', async ({ emulator, expect }) => {
    relay(emulator, 3 * GB)
    const run = await runUsage(emulator, { 'fail-at': '2GB' })
    expect(run).toMatchObject({
      exitCode: 1,
      outputs: { 'egress-bytes': String(3 * GB), 'ingress-bytes': '7' },
    })
    expect(keysOf(run)).toMatchObject([{ name: 'a', egressBytes: 3 * GB }])
    expect(run.summary).toContain('3 GB')
    expect(emulator.keys()).toHaveLength(1)
  })

  it.for([
    ['500MB', 500e6],
    ['1TB', 1e12],
  ] as const)('of %s is decimal', async ([limit, bytes], { emulator, expect }) => {
    relay(emulator, bytes - 1)
    expect((await runUsage(emulator, { 'fail-at': limit })).exitCode).toBe(0)
    relay(emulator, 1)
    expect((await runUsage(emulator, { 'fail-at': limit })).exitCode).toBe(1)
  })
})

describe.concurrent('nothing relayed', () => {
  it('is 0, without keys and without a chart', async ({ emulator, expect }) => {
    emulator.seedKey({ name: 'a' })
    const run = await runUsage(emulator, { 'warn-at': '500MB' })
    expect(run).toMatchObject({
      exitCode: 0,
      annotations: [],
      outputs: { 'egress-bytes': '0', 'ingress-bytes': '0', keys: '[]' },
    })
    expect(run.summary).toContain('0 bytes')
    expect(run.summary).not.toContain('mermaid')
  })

  it.for([{ name: 'octo/ap' }, { 'name-prefix': 'octo/app#' }])(
    'with %j that no key has is a warning',
    async (inputs, { emulator, expect }) => {
      const { uid } = emulator.seedKey({ name: 'octo/app' })
      emulator.seedUsage({ keyId: uid, datetime: new Date().toISOString(), egressBytes: 9 * GB })
      const run = await runUsage(emulator, { ...inputs, 'fail-at': '1GB' })
      expect(run).toMatchObject({ exitCode: 0, outputs: { 'egress-bytes': '0', keys: '[]' } })
      expect(problemsOf(run, 'warning')).toEqual([
        expect.stringMatching(/^No TURN key of the account .*no limit is reached/),
      ])
    },
  )
})
