import { describe, expect, test } from 'vitest'
import { fast, startAccount } from '../actions/accounts.ts'
import { until } from '../emulator/ask.ts'
import type { Emulator } from '../emulator/emulator.ts'
import type { Fault } from '../emulator/faults.ts'
import { cancelJob, type StepRun, startStep } from '../github-runner.ts'
import { NOTHING } from '../nothing.ts'

const SPEED = 2

interface Cancelled {
  emulator: Emulator
  step: StepRun
  post: StepRun
}

/** Starts a step with faults, cancels it as soon as so many requests were sent, and runs its post step. */
async function cancelled(given: Record<string, string>, faults: Fault[], requests = 1): Promise<Cancelled> {
  const { emulator, account } = await startAccount()
  for (const fault of faults) emulator.injectFault(fault)
  const inputs = { ...account, 'rtc-url': emulator.rtcUrl, ...given }
  const running = startStep('.', { inputs, ...fast(SPEED) })
  await until(() => emulator.requests.length === requests)
  const { step, post } = await cancelJob(running, SPEED)
  expect(step).toMatchObject({ exitCode: 1, signal: null, signals: ['SIGINT'], outputs: NOTHING })
  expect(post).toMatchObject({ exitCode: 0, signals: [] })
  return { emulator, step, post }
}

const OWN = { 'delete-after-job': 'always' }
const GIVEN = { name: 'app', 'delete-after-job': 'failure' }
const FOREVER = Number.POSITIVE_INFINITY

const LOST: readonly [string, Fault][] = [
  ['create hangs, nothing made', { on: 'create', kind: 'no-response' }],
  ['create hangs, key made', { on: 'create', kind: 'no-response', effect: true }],
  ['the response of create is lost', { on: 'create', kind: 'response-lost', times: 3 }],
  ['the response of create comes late', { on: 'create', kind: 'slow', delay: 2000 / SPEED }],
]

describe.concurrent('SIGINT, then SIGTERM, then SIGKILL: the step ends by itself, and nothing is left', () => {
  test.each(LOST)('%s, own name', async (_, fault) => {
    const { emulator, step, post } = await cancelled(OWN, [fault])
    expect(emulator.keys()).toEqual([])
    expect(step.log).toContain('The job was cancelled')
    expect(post.annotations).toEqual([])
    expect(emulator.requests.filter(({ operation }) => operation === 'create')).toHaveLength(1)
  })

  test.each(LOST)('%s, given name', async (_, fault) => {
    const { emulator, step, post } = await cancelled(GIVEN, [fault])
    const told = [...step.annotations, ...post.annotations].map(({ message }) => message).join('\n')
    for (const { uid } of emulator.keys()) expect(told).toContain(uid)
    if (fault.kind === 'slow') expect(emulator.keys()).toEqual([])
  })

  test('minting hangs', async () => {
    const { emulator } = await cancelled({ ...GIVEN, ttl: '60' }, [{ on: 'mint', kind: 'no-response' }], 2)
    expect(emulator.keys()).toEqual([])
  })

  test('what main has no time to delete, the post step deletes', async () => {
    const faults: Fault[] = [
      { on: 'mint', kind: 'no-response' },
      { on: 'delete', kind: 'no-response' },
    ]
    const { emulator, step, post } = await cancelled({ name: 'app', ttl: '60' }, faults, 2)
    expect(step.log).toMatch(/Could not delete the TURN key [0-9a-f]{32} that this step created/)
    expect(post.annotations).toEqual([])
    expect(emulator.keys()).toEqual([])
  })

  test('a wait for a rate limit ends', async () => {
    const { emulator } = await cancelled(OWN, [{ on: 'create', kind: 'error', status: 429, retryAfter: 200 }])
    expect(emulator.requests).toHaveLength(1)
  })

  test('and the list that precedes a replacement hangs: nothing is created', async () => {
    const { emulator } = await cancelled({ name: 'app', 'if-exists': 'replace' }, [
      { on: 'list', kind: 'no-response', times: FOREVER },
    ])
    expect(emulator.requests).toHaveLength(1)
  })
})
