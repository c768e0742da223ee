import { describe } from 'vitest'
import { type LoopbackProxy, startProxy } from '../actions/loopback-proxy.ts'
import { create, it } from '../actions/step.ts'
import { ACCOUNT_ID, type Emulator, TOKENS } from '../emulator/emulator.ts'
import type { Fault } from '../emulator/faults.ts'
import { leaksOf } from '../github-runner/leaks.ts'
import type { StepRun } from '../github-runner.ts'

const OWN = { 'delete-after-job': 'always' }
const PROXY_PASSWORD = 'emulated-proxy-password'
const ALWAYS = { times: Number.POSITIVE_INFINITY }

/** What happens to a step whose token the server repeats wherever it can. */
const SCENARIOS: readonly [string, Record<string, string>, readonly Fault[]][] = [
  ['success with the own name', OWN, []],
  ['fail', { name: 'seeded', 'if-exists': 'fail' }, []],
  ['refused', { 'api-token': TOKENS.none }, []],
  ['a token in quotes', { 'api-token': `"${TOKENS.write}"` }, []],
  ['a token of two lines', { 'api-token': `${TOKENS.none}\n${TOKENS.write}` }, []],
  ['an error with the token', OWN, [{ on: 'create', kind: 'echo-secret' }]],
  ['a 500 with the token', OWN, [{ on: 'create', kind: 'echo-secret', status: 500, ...ALWAYS }]],
  ['a page with the token', OWN, [{ on: 'create', kind: 'html', effect: true }]],
  [
    'a list with the token',
    OWN,
    [
      { on: 'create', kind: 'cut' },
      { on: 'list', kind: 'echo-secret' },
    ],
  ],
  ['no uid', OWN, [{ on: 'create', kind: 'fields', remove: ['uid'] }]],
  ['no secret', { name: 'n' }, [{ on: 'create', kind: 'fields', remove: ['secret'] }]],
  ['no JSON', { name: 'n' }, [{ on: 'create', kind: 'text', body: `not JSON ${TOKENS.write}`, status: 201 }]],
  ['a redirect', OWN, [{ on: 'create', kind: 'redirect', location: `https://x.invalid/${TOKENS.write}` }]],
  ['a post that fails', OWN, [{ on: 'delete', kind: 'echo-secret', ...ALWAYS }]],
  ['minting that fails', { ttl: '60' }, [{ on: 'mint', kind: 'html', status: 400 }]],
  ['minting', { ttl: '60' }, []],
]

function secretsOf({ keys, credentials }: Emulator, { outputs }: StepRun): string[] {
  const minted = credentials().flatMap(({ username, credential }) => [username, credential])
  const known = [...keys().map(({ secret }) => secret), outputs.key ?? '', ...minted]
  return [...known, TOKENS.write, TOKENS.none, PROXY_PASSWORD].filter(Boolean)
}

async function walk(
  emulator: Emulator,
  proxy: LoopbackProxy,
  inputs: Record<string, string>,
): Promise<StepRun[]> {
  const clock = emulator.clock.skipping()
  const env = { https_proxy: `http://user:${PROXY_PASSWORD}@${proxy.host}`, ...clock.env }
  // What a workflow takes from its secrets is masked from the start.
  const masks = [inputs['api-token'] ?? TOKENS.write, PROXY_PASSWORD]
  const run = await create(
    emulator,
    { 'rtc-url': emulator.rtcUrl, ...inputs },
    { ...clock, env, masks, debug: true },
  )
  return inputs === OWN ? [run, await run.post({ jobStatus: 'failure' })] : [run]
}

describe.concurrent('no secret gets out', () => {
  for (const [what, inputs, faults] of SCENARIOS) {
    it(what, async ({ emulator, expect, onTestFinished }) => {
      const proxy = await startProxy()
      onTestFinished(proxy.close)
      const seeded = emulator.seedKey({ name: 'seeded', created: '2020-01-01T00:00:00.000000Z' })
      for (const fault of faults) emulator.injectFault(fault)
      const runs = await walk(emulator, proxy, inputs)
      for (const run of runs) {
        expect(leaksOf(run, secretsOf(emulator, run))).toEqual([])
        expect(run.unmasked).toEqual([])
        expect(run.stderr).toBe('')
        expect(run.masks).toContain(PROXY_PASSWORD)
        expect(run.log).not.toBe('')
        const open = [
          seeded.uid,
          run.outputs.uid,
          run.outputs.name,
          run.outputs['expires-at'],
          ACCOUNT_ID,
          '',
        ]
        expect(run.masks.filter(mask => open.includes(mask))).toEqual([])
      }
    })
  }
})
