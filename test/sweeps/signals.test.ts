import { describe, expect } from 'vitest'
import { type Inputs, it, startCreate } from '../actions/step.ts'
import { until } from '../emulator/ask.ts'
import type { Emulator } from '../emulator/emulator.ts'
import type { Fault } from '../emulator/faults.ts'
import { cancelJob, type StepRun } from '../github-runner.ts'
import { NOTHING } from '../nothing.ts'

/** Starts a step with faults, cancels it as soon as so many requests were sent, and runs its post step. */
async function cancelled(
  emulator: Emulator,
  given: Inputs,
  faults: Fault[],
  requests = 1,
): Promise<{ step: StepRun; post: StepRun }> {
  for (const fault of faults) emulator.injectFault(fault)
  const inputs = { 'rtc-url': emulator.rtcUrl, ...given }
  const running = startCreate(emulator, inputs, emulator.clock.stopped())
  await until(() => emulator.requests.length === requests)
  const { step, post } = await cancelJob(running, emulator.clock)
  expect(step).toMatchObject({ exitCode: 1, signal: null, signals: ['SIGINT'], outputs: NOTHING })
  expect(post).toMatchObject({ exitCode: 0, signals: [] })
  return { step, post }
}

const OWN = { 'delete-after-job': 'always' }
const GIVEN = { name: 'app', 'delete-after-job': 'failure' }
const FOREVER = Number.POSITIVE_INFINITY

const LOST: readonly [string, Fault][] = [
  ['create hangs, nothing made', { on: 'create', kind: 'no-response' }],
  ['create hangs, key made', { on: 'create', kind: 'no-response', effect: true }],
  ['the response of create is lost', { on: 'create', kind: 'response-lost', times: 3 }],
  ['the response of create comes late', { on: 'create', kind: 'slow', delay: 2000 }],
]

describe.concurrent('SIGINT, then SIGTERM, then SIGKILL: the step ends by itself, and nothing is left', () => {
  it.for(LOST)('%s, own name', async ([, fault], { emulator }) => {
    const { step, post } = await cancelled(emulator, OWN, [fault])
    expect(emulator.keys()).toEqual([])
    expect(step.log).toMatch(/the job was cancelled/i)
    expect(post.annotations).toEqual([])
    expect(emulator.requests.filter(({ operation }) => operation === 'create')).toHaveLength(1)
  })

  it.for(LOST)('%s, given name', async ([, fault], { emulator }) => {
    const { step, post } = await cancelled(emulator, GIVEN, [fault])
    const told = [...step.annotations, ...post.annotations].map(({ message }) => message).join('\n')
    for (const { uid } of emulator.keys()) expect(told).toContain(uid)
    if (fault.kind === 'slow') expect(emulator.keys()).toEqual([])
  })

  it('minting hangs', async ({ emulator }) => {
    await cancelled(emulator, { ...GIVEN, ttl: '60' }, [{ on: 'mint', kind: 'no-response' }], 2)
    expect(emulator.keys()).toEqual([])
  })

  it('what main has no time to delete, the post step deletes', async ({ emulator }) => {
    const faults: Fault[] = [
      { on: 'mint', kind: 'no-response' },
      { on: 'delete', kind: 'no-response' },
    ]
    const { step, post } = await cancelled(emulator, { name: 'app', ttl: '60' }, faults, 2)
    expect(step.log).toMatch(/Could not delete the TURN key [0-9a-f]{32} that this step created/)
    expect(post.annotations).toEqual([])
    expect(emulator.keys()).toEqual([])
  })

  it('a wait for a rate limit ends', async ({ emulator }) => {
    await cancelled(emulator, OWN, [{ on: 'create', kind: 'error', status: 429, retryAfter: 200 }])
    expect(emulator.requests).toHaveLength(1)
  })

  it('and the list that precedes a replacement hangs: nothing is created', async ({ emulator }) => {
    await cancelled(emulator, { name: 'app', 'if-exists': 'replace' }, [
      { on: 'list', kind: 'no-response', times: FOREVER },
    ])
    expect(emulator.requests).toHaveLength(1)
  })
})
