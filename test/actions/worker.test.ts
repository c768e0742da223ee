import { describe } from 'vitest'
import { TOKENS } from '../emulator/emulator.ts'
import { NOTHING } from '../nothing.ts'
import { ago, operationsOf } from './accounts.ts'
import { keyOf, writesOf } from './environment-step.ts'
import { arrival } from './mint-step.ts'
import { it, problemsOf } from './step.ts'
import { transcript } from './transcript.ts'
import {
  createInWorker,
  deleteFromWorker,
  deployWorker,
  KINDS,
  SECRET,
  secretsOf,
  seedWorkerPair,
  startCreateInWorker,
  UID,
} from './worker-step.ts'

const OTHER = { OTHER: 'other' }
const MINUTE = 60_000

describe.concurrent.each(KINDS)('store: $store', ({ store, read, write, name, label }) => {
  it('stores a first key with one request, and finds it again with reads alone', async ({
    emulator,
    expect,
  }) => {
    deployWorker(emulator, store, OTHER)
    const first = await createInWorker(emulator, store)
    expect(first).toMatchObject({ exitCode: 0, annotations: [], unmasked: [] })
    expect(first.outputs).toMatchObject({ name, outcome: 'created' })
    const { uid, secret } = keyOf(emulator, first)
    expect(secretsOf(emulator, store)).toEqual({ ...OTHER, [UID]: uid, [SECRET]: secret })
    expect(operationsOf(emulator).slice(0, 2).toSorted()).toEqual(['list', read].toSorted())
    expect(operationsOf(emulator).slice(2)).toEqual(['create', write])
    expect(first.log).toContain(`stored in ${label}`)
    await first.post()

    emulator.requests.length = 0
    const second = await createInWorker(emulator, store)
    expect(second).toMatchObject({ exitCode: 0, annotations: [] })
    expect(second.outputs).toMatchObject({ outcome: 'reused', uid, name, key: '' })
    await second.post()
    expect(operationsOf(emulator).toSorted()).toEqual(['list', read].toSorted())
    expect(emulator.keys()).toHaveLength(1)
  })

  it('reads side by side', async ({ emulator, expect }) => {
    seedWorkerPair(emulator, store)
    for (const [held, other] of [
      ['list', read],
      [read, 'list'],
    ] as const) {
      emulator.requests.length = 0
      emulator.injectFault({ on: held, kind: 'no-response' })
      const running = startCreateInWorker(emulator, store)
      await arrival(emulator, held)
      await arrival(emulator, other)
      running.kill('SIGKILL')
      await running.done
    }
    expect(writesOf(emulator)).toEqual([])
  })

  it('sends what Wrangler sends', async ({ emulator, expect }) => {
    deployWorker(emulator, store)
    const { uid, secret = '' } = keyOf(emulator, await createInWorker(emulator, store))
    const sent = emulator.requests.at(-1)
    expect(sent).toMatchObject({
      method: 'PATCH',
      headers: { 'content-type': 'application/merge-patch+json' },
    })
    const text = (value = '') => ({ type: 'secret_text', text: value })
    const body =
      store === 'worker'
        ? { secrets: { [UID]: { name: UID, ...text(uid) }, [SECRET]: { name: SECRET, ...text(secret) } } }
        : { previews_base_config: { env: { [UID]: text(uid), [SECRET]: text(secret) } } }
    expect(JSON.parse(sent?.body ?? '')).toEqual(body)
  })

  for (const left of [UID, SECRET]) {
    it(`${left} alone is no pair: a new key is stored, and the other one named`, async ({
      emulator,
      expect,
    }) => {
      const { uid } = seedWorkerPair(emulator, store)
      deployWorker(emulator, store, { ...OTHER, [left]: 'left' })
      const run = await createInWorker(emulator, store)
      expect(run).toMatchObject({ exitCode: 0, outputs: { outcome: 'created' } })
      expect(problemsOf(run, 'warning')).toEqual([
        expect.stringContaining(`The TURN key ${uid} is also named "${name}"`),
      ])
      const key = keyOf(emulator, run)
      expect(secretsOf(emulator, store)).toEqual({ ...OTHER, [UID]: key.uid, [SECRET]: key.secret })
    })
  }

  it('both secrets without a key of the name are no pair', async ({ emulator, expect }) => {
    emulator.removeKey(seedWorkerPair(emulator, store).uid)
    const run = await createInWorker(emulator, store)
    expect(run).toMatchObject({ exitCode: 0, annotations: [], outputs: { outcome: 'created' } })
    expect(secretsOf(emulator, store)).toMatchObject({ [UID]: keyOf(emulator, run).uid })
  })

  it('of several keys, reuse outputs the newest that is older than 15 minutes', async ({
    emulator,
    expect,
  }) => {
    seedWorkerPair(emulator, store)
    const newest = emulator.seedKey({ name, created: ago(16 * MINUTE) })
    emulator.seedKey({ name, created: ago(14 * MINUTE) })
    const run = await createInWorker(emulator, store)
    expect(run.outputs).toMatchObject({ outcome: 'reused', uid: newest.uid })
    expect(run.log).toContain(`Nobody can read which of the 3 TURN keys of this name is in ${label}`)
    for (const { uid, created } of emulator.keys())
      if (Date.parse(created) < Date.now() - 15 * MINUTE) emulator.removeKey(uid)
    const [young] = emulator.keys()
    const again = await createInWorker(emulator, store)
    expect(again.outputs).toMatchObject({ outcome: 'reused', uid: young?.uid })
  })

  it('replace: post deletes those that were there, less what is young', async ({ emulator, expect }) => {
    const { uid } = seedWorkerPair(emulator, store)
    const old = emulator.seedKey({ name, created: ago(16 * MINUTE) })
    const young = emulator.seedKey({ name, created: ago(14 * MINUTE) })
    const run = await createInWorker(emulator, store, { 'if-exists': 'replace' })
    expect(run).toMatchObject({ exitCode: 0, annotations: [], outputs: { outcome: 'replaced' } })
    expect(run.log).toContain(`The TURN key ${young.uid} is kept: it is younger than 15 minutes`)
    const key = keyOf(emulator, run)
    expect(secretsOf(emulator, store)).toEqual({ ...OTHER, [UID]: key.uid, [SECRET]: key.secret })
    expect(emulator.keys()).toHaveLength(4)
    const since = emulator.seedKey({ name })

    expect((await run.post({ jobStatus: 'success' })).annotations).toEqual([])
    const left = emulator.keys().map(one => one.uid)
    expect(left).not.toContain(uid)
    expect(left).not.toContain(old.uid)
    expect(left.toSorted()).toEqual([young.uid, key.uid, since.uid].toSorted())
  })

  it('replace in a job that fails deletes none', async ({ emulator, expect }) => {
    seedWorkerPair(emulator, store)
    const run = await createInWorker(emulator, store, { 'if-exists': 'replace' })
    await run.post({ jobStatus: 'failure' })
    expect(emulator.keys()).toHaveLength(2)
    expect(secretsOf(emulator, store)).toMatchObject({ [UID]: run.outputs.uid })
  })

  it('keep-previous keeps the newest of those that are superseded', async ({ emulator, expect }) => {
    const { uid } = seedWorkerPair(emulator, store)
    const newer = emulator.seedKey({ name, created: ago(20 * MINUTE) })
    const run = await createInWorker(emulator, store, { 'if-exists': 'replace', 'keep-previous': '1' })
    await run.post({ jobStatus: 'success' })
    const left = emulator.keys().map(one => one.uid)
    expect(left).toEqual([newer.uid, run.outputs.uid])
    expect(left).not.toContain(uid)
  })

  it('fail: nothing is created where there is one of that name', async ({ emulator, expect }) => {
    const { uid } = seedWorkerPair(emulator, store)
    const run = await createInWorker(emulator, store, { 'if-exists': 'fail' })
    expect(run).toMatchObject({ exitCode: 1, outputs: NOTHING })
    expect(problemsOf(run)).toEqual([expect.stringContaining(uid)])
    expect(writesOf(emulator)).toEqual([])
  })

  it('create makes another one, and asks for no list', async ({ emulator, expect }) => {
    seedWorkerPair(emulator, store)
    const run = await createInWorker(emulator, store, { 'if-exists': 'create' })
    expect(run).toMatchObject({ exitCode: 0, outputs: { outcome: 'created' } })
    expect(operationsOf(emulator)).toEqual([read, 'create', write])
    expect(secretsOf(emulator, store)).toMatchObject({ [UID]: run.outputs.uid })
  })

  it('other names, and a name of the key', async ({ emulator, expect }) => {
    deployWorker(emulator, store, OTHER)
    const inputs = { 'uid-variable': 'CALLS_ID', 'key-secret': 'CALLS_KEY', name: 'mine' }
    const run = await createInWorker(emulator, store, inputs)
    const { uid, secret } = keyOf(emulator, run)
    expect(run.outputs).toMatchObject({ name: 'mine' })
    expect(secretsOf(emulator, store)).toEqual({ ...OTHER, CALLS_ID: uid, CALLS_KEY: secret })
  })

  it("off github.com, the key's name begins with the host", async ({ emulator, expect }) => {
    deployWorker(emulator, store)
    const runner = { GITHUB_SERVER_URL: 'https://ghes.example' }
    const run = await createInWorker(emulator, store, {}, { runner })
    expect(run.outputs).toMatchObject({ name: `ghes.example/${name}`, outcome: 'created' })
    const deleted = await deleteFromWorker(emulator, store, {}, { runner })
    expect(deleted.outputs).toMatchObject({ deleted: JSON.stringify([run.outputs.uid]) })
  })

  it('ttl mints before anything is written', async ({ emulator, expect }) => {
    seedWorkerPair(emulator, store)
    const run = await createInWorker(emulator, store, { 'if-exists': 'replace', ttl: '600' })
    expect(run).toMatchObject({ exitCode: 0, unmasked: [] })
    expect(operationsOf(emulator).slice(2)).toEqual(['create', 'mint', write])
  })

  it('the uid is no secret in the log, and the key is nowhere but in the outputs', async ({
    emulator,
    expect,
  }) => {
    deployWorker(emulator, store)
    const run = await createInWorker(emulator, store)
    const { uid = '', secret = '' } = keyOf(emulator, run)
    expect(run.masks).toEqual([TOKENS.workers, secret])
    expect(run.log + run.summary).toContain(uid)
    expect(run.log + run.summary + JSON.stringify(run.state)).not.toContain(secret)
  })
})

describe.concurrent('a first run', () => {
  it('as a transcript', async ({ emulator, expect }) => {
    deployWorker(emulator, 'worker-previews')
    expect(transcript(await createInWorker(emulator, 'worker-previews'))).toMatchInlineSnapshot(`
      "exit 0
        Created TURN key "octo/app worker app previews" (uid <uid 1>, created <time>) in the account <account>, stored in the Previews base configuration of the Worker "app".
      masks
        a value of 22 characters
        the output key
      outputs
        uid = <uid 1>
        key = ***
        name = octo/app worker app previews
        created = <time>
        modified = <time>
        outcome = created
      state
        create = {"phase":"published","account":{"accountId":"<account>","token":"***","baseUrl":"https://127.0.0.1:<port>/client/v4"},"name":"octo/app worker app previews","isJobScoped":false,"deleteAfterJob":"never","uid":"<uid 1>","firstRequestedAt":<milliseconds>,"lastRequestedAt":<milliseconds>,"responseLostAt":0,"reportedUids":""}"
    `)
  })
})
