import { describe } from 'vitest'
import { TOKENS } from '../emulator/emulator.ts'
import { cancelStep } from '../github-runner.ts'
import { operationsOf } from './accounts.ts'
import { arrival } from './mint-step.ts'
import { it, problemsOf } from './step.ts'
import {
  deleteFromWorker,
  deployWorker,
  KINDS,
  SECRET,
  secretsOf,
  seedWorkerPair,
  startDeleteFromWorker,
  UID,
} from './worker-step.ts'

const OTHER = { OTHER: 'other' }

describe.concurrent.each(KINDS)('delete, with store: $store', ({ store, read, write, name, label }) => {
  it('removes both secrets in one request, then deletes all keys of the name', async ({
    emulator,
    expect,
  }) => {
    const { uid } = seedWorkerPair(emulator, store)
    const older = emulator.seedKey({ name, created: '2025-01-01T00:00:00Z' })
    const kept = KINDS.map(kind => `${kind.name} 2`).map(other => emulator.seedKey({ name: other }))
    const run = await deleteFromWorker(emulator, store)
    expect(run).toMatchObject({ exitCode: 0, annotations: [], outputs: { count: '2' } })
    expect(JSON.parse(run.outputs.deleted ?? '').toSorted()).toEqual([uid, older.uid].toSorted())
    expect(run.log).toContain(`Removed ${UID} and ${SECRET} from ${label}.`)
    expect(operationsOf(emulator).slice(0, 2).toSorted()).toEqual(['list', read].toSorted())
    expect(operationsOf(emulator).slice(2)).toEqual([write, 'delete', 'delete'])
    expect(secretsOf(emulator, store)).toEqual(OTHER)
    expect(emulator.keys().map(key => key.uid)).toEqual(kept.map(key => key.uid))

    const again = await deleteFromWorker(emulator, store)
    expect(again).toMatchObject({ exitCode: 0, annotations: [], outputs: { deleted: '[]', count: '0' } })
    expect(operationsOf(emulator).slice(5).toSorted()).toEqual(['list', read].toSorted())
  })

  it('dry-run changes nothing, and says what would go', async ({ emulator, expect }) => {
    const { uid, secret } = seedWorkerPair(emulator, store)
    const run = await deleteFromWorker(emulator, store, { 'dry-run': 'true' })
    expect(run).toMatchObject({ exitCode: 0, outputs: { deleted: JSON.stringify([uid]), count: '1' } })
    expect(run.log).toContain(
      `Would remove ${UID} and ${SECRET} from ${label}.\nWould delete the TURN key ${uid}.`,
    )
    expect(secretsOf(emulator, store)).toEqual({ ...OTHER, [UID]: uid, [SECRET]: secret })
    expect(operationsOf(emulator).toSorted()).toEqual(['list', read].toSorted())
  })

  it('one of the two secrets is left', async ({ emulator, expect }) => {
    deployWorker(emulator, store, { ...OTHER, [SECRET]: 's' })
    const run = await deleteFromWorker(emulator, store)
    expect(run).toMatchObject({ exitCode: 0, outputs: { count: '0' } })
    expect(run.log).toContain(`Removed ${SECRET} from ${label}.`)
    expect(problemsOf(run, 'warning')).toEqual([expect.stringContaining(`No TURN key is named "${name}"`)])
    expect(secretsOf(emulator, store)).toEqual(OTHER)
  })

  it('names of its own', async ({ emulator, expect }) => {
    const key = emulator.seedKey({ name })
    deployWorker(emulator, store, { ...OTHER, A: 'a', B: 'b', [UID]: 'kept' })
    const run = await deleteFromWorker(emulator, store, { 'uid-variable': 'A', 'key-secret': 'B' })
    expect(run).toMatchObject({ exitCode: 0, outputs: { deleted: JSON.stringify([key.uid]) } })
    expect(secretsOf(emulator, store)).toEqual({ ...OTHER, [UID]: 'kept' })
  })

  it('a second pair, with names of its own: the key that the first may hold is kept', async ({
    emulator,
    expect,
  }) => {
    const { uid, secret } = emulator.seedKey({ name })
    deployWorker(emulator, store, { [UID]: uid, [SECRET]: secret, A: 'a', B: 'b' })
    const run = await deleteFromWorker(emulator, store, { 'uid-variable': 'A', 'key-secret': 'B' })
    expect(run).toMatchObject({ exitCode: 0, outputs: { deleted: '[]', count: '0' } })
    expect(problemsOf(run, 'warning')).toEqual([expect.stringMatching(`No TURN key is deleted: .*${uid}`)])
    expect(secretsOf(emulator, store)).toEqual({ [UID]: uid, [SECRET]: secret })
    expect(emulator.keys()).toHaveLength(1)
  })

  it('a pair under other names: the keys of the name go, with a warning', async ({ emulator, expect }) => {
    const { uid, secret } = emulator.seedKey({ name })
    deployWorker(emulator, store, { A: uid, B: secret })
    const run = await deleteFromWorker(emulator, store)
    expect(run).toMatchObject({ exitCode: 0, outputs: { deleted: JSON.stringify([uid]) } })
    expect(problemsOf(run, 'warning')).toEqual([
      expect.stringContaining(`Neither ${UID} nor ${SECRET} is in ${label}`),
    ])
  })

  it('a Worker that is gone: the keys go, with a warning', async ({ emulator, expect }) => {
    const { uid } = seedWorkerPair(emulator, store)
    emulator.removeWorker('app')
    const run = await deleteFromWorker(emulator, store)
    expect(run).toMatchObject({ exitCode: 0, outputs: { deleted: JSON.stringify([uid]), count: '1' } })
    expect(problemsOf(run, 'warning')).toEqual([expect.stringContaining('has no Worker "app"')])
    expect(operationsOf(emulator)).not.toContain(write)
  })

  for (const [what, status, errors] of [
    ['refused', 400, [{ code: 10215, message: 'Secret edit failed' }]],
    ['of unknown outcome', 500, []],
  ] as const) {
    it(`a removal that is ${what}: the keys stay, and the step fails`, async ({ emulator, expect }) => {
      const { uid, secret } = seedWorkerPair(emulator, store)
      emulator.injectFault({ on: write, kind: 'error', status, errors: [...errors], times: 3 })
      const run = await deleteFromWorker(emulator, store)
      expect(run).toMatchObject({ exitCode: 1 })
      expect(problemsOf(run)).toEqual([
        expect.stringContaining(`The TURN keys are kept, because it may hold one: ${uid}.`),
      ])
      expect(problemsOf(run)[0]).toContain(`Could not change ${label}: Cloudflare responded with`)
      expect(emulator.keys().map(key => key.uid)).toEqual([uid])
      expect(secretsOf(emulator, store)).toEqual({ ...OTHER, [UID]: uid, [SECRET]: secret })
    })
  }

  it('a removal whose response is lost is repeated', async ({ emulator, expect }) => {
    const { uid } = seedWorkerPair(emulator, store)
    emulator.injectFault({ on: write, kind: 'response-lost', times: 2 })
    const run = await deleteFromWorker(emulator, store)
    expect(run).toMatchObject({
      exitCode: 0,
      annotations: [],
      outputs: { deleted: JSON.stringify([uid]) },
    })
    expect(secretsOf(emulator, store)).toEqual(OTHER)
  })

  it('a page in place of the list of secrets proves nothing', async ({ emulator, expect }) => {
    const { uid } = seedWorkerPair(emulator, store)
    emulator.injectFault({ on: read, kind: 'html', status: 404, times: 3 })
    const run = await deleteFromWorker(emulator, store)
    expect(run.exitCode).toBe(1)
    expect(problemsOf(run)).toEqual([expect.stringContaining(`Could not read ${label}`)])
    expect(emulator.keys().map(key => key.uid)).toEqual([uid])
  })

  for (const token of ['write', 'workersRead', 'workersOnly'] as const) {
    it(`a token ${token}`, async ({ emulator, expect }) => {
      const { uid, secret } = seedWorkerPair(emulator, store)
      const run = await deleteFromWorker(emulator, store, { 'api-token': TOKENS[token] })
      expect(run.exitCode).toBe(1)
      const missing = token === 'workersOnly' ? 'Calls Write' : 'Workers Scripts: Edit'
      expect(problemsOf(run)).toEqual([expect.stringContaining(missing)])
      expect(emulator.keys().map(key => key.uid)).toEqual([uid])
      expect(secretsOf(emulator, store)).toEqual({ ...OTHER, [UID]: uid, [SECRET]: secret })
    })
  }

  it('cancelled while the secrets are removed: no key is deleted', async ({ emulator, expect }) => {
    const { uid } = seedWorkerPair(emulator, store)
    emulator.injectFault({ on: write, kind: 'slow', delay: 500 })
    const running = startDeleteFromWorker(emulator, store)
    await arrival(emulator, write)
    const run = await cancelStep(running)
    expect(run.exitCode).toBe(1)
    expect(secretsOf(emulator, store)).toEqual(OTHER)
    expect(emulator.keys().map(key => key.uid)).toEqual([uid])
    expect((await deleteFromWorker(emulator, store)).outputs.deleted).toBe(JSON.stringify([uid]))
  })
})

describe.concurrent('refused before the first request', () => {
  const cases: readonly [string, Record<string, string>, string][] = [
    ['no Worker', { worker: '' }, '`worker` is missing'],
    ['no name of a Worker', { worker: '-app' }, '`worker` must be the name of a Worker'],
    ['a name with a slash', { worker: 'app/../x' }, '`worker` must be the name of a Worker'],
    ['a name with a dot', { worker: 'app.x' }, '`worker` must be the name of a Worker'],
    ['one name twice', { 'uid-variable': 'A', 'key-secret': 'A' }, 'must differ'],
    ['a Worker and an environment', { environment: 'staging' }, 'Set exactly one of'],
    ['a Worker and a filter', { 'older-than': '1d' }, '`older-than` one of these'],
    ['another store', { store: 'workers' }, '`store` must be repository, worker or worker-previews'],
    ['a Worker beside the repository', { store: 'repository' }, '`worker` only works with'],
  ]
  for (const [what, inputs, message] of cases) {
    it(what, async ({ emulator, expect }) => {
      const run = await deleteFromWorker(emulator, 'worker', inputs)
      expect(run.exitCode).toBe(1)
      expect(problemsOf(run)).toContainEqual(expect.stringContaining(message))
      expect(operationsOf(emulator)).toEqual([])
    })
  }
})
