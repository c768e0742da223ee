import { describe } from 'vitest'
import { ACCOUNT_ID } from '../emulator/emulator.ts'
import { NOTHING } from '../nothing.ts'
import { operationsOf } from './accounts.ts'
import { create, it, problemsOf } from './step.ts'
import { transcript } from './transcript.ts'

const OWN = { 'delete-after-job': 'always' }

describe.concurrent('a create whose outcome remains unknown', () => {
  it('is attempted three times at most, and each key it may have left is named', async ({
    emulator,
    expect,
  }) => {
    emulator.injectFault({ on: 'create', kind: 'response-lost', times: Number.POSITIVE_INFINITY })
    const run = await create(emulator, { name: 'n' })
    expect(run).toMatchObject({ exitCode: 1, outputs: NOTHING })
    expect(operationsOf(emulator)).toEqual(['create', 'create', 'create', 'list'])
    expect(problemsOf(run)).toEqual([
      expect.stringMatching(/^Could not create the TURN key "n": no complete response/),
    ])
    const uids = emulator.keys().map(({ uid }) => uid)
    expect(uids).toHaveLength(3)
    const warned = problemsOf(run, 'warning').join('\n')
    for (const uid of uids) expect(warned).toContain(uid)
    expect(problemsOf(await run.post(), 'warning')).toEqual([])
    expect(emulator.keys()).toHaveLength(3)
  })

  it("leaves nothing under the job's own name", async ({ emulator, expect }) => {
    emulator.injectFault({ on: 'create', kind: 'response-lost', times: Number.POSITIVE_INFINITY })
    const run = await create(emulator, OWN)
    expect(transcript(run, emulator)).toMatchInlineSnapshot(`
      "exit 1
        Could not create the TURN key "octo/app@main 1234567890-1-<random>": no complete response from 127.0.0.1:<port> (read ECONNRESET). Check the network of this runner: a firewall, a proxy (https_proxy), DNS. Retrying.
        Could not create the TURN key "octo/app@main 1234567890-1-<random>": no complete response from 127.0.0.1:<port> (read ECONNRESET). Check the network of this runner: a firewall, a proxy (https_proxy), DNS. Retrying.
        A response to the request for the TURN key "octo/app@main 1234567890-1-<random>" was lost: looking for a key that it created.
        TURN key <uid 1>: deleted.
        TURN key <uid 2>: deleted.
        TURN key <uid 3>: deleted.
        Error: Could not create the TURN key "octo/app@main 1234567890-1-<random>": no complete response from 127.0.0.1:<port> (read ECONNRESET). Check the network of this runner: a firewall, a proxy (https_proxy), DNS.
      masks
        a value of 20 characters
      state
        create = {"phase":"rolled-back","account":{"accountId":"<account>","token":"***","baseUrl":"https://127.0.0.1:<port>/client/v4"},"name":"octo/app@main 1234567890-1-<random>","isJobScoped":true,"deleteAfterJob":"always","uid":"","firstRequestedAt":<milliseconds>,"lastRequestedAt":<milliseconds>,"responseLostAt":<milliseconds>,"reportedUids":""}
      requests
        POST /client/v4/accounts/<account>/calls/turn_keys no response
        POST /client/v4/accounts/<account>/calls/turn_keys no response
        POST /client/v4/accounts/<account>/calls/turn_keys no response
        GET /client/v4/accounts/<account>/calls/turn_keys 200
        DELETE /client/v4/accounts/<account>/calls/turn_keys/<uid 1> 200
        DELETE /client/v4/accounts/<account>/calls/turn_keys/<uid 2> 200
        DELETE /client/v4/accounts/<account>/calls/turn_keys/<uid 3> 200"
    `)
    expect(emulator.keys()).toEqual([])
  })

  it("deletes what it can under the job's own name, and names what is left", async ({ emulator, expect }) => {
    emulator.injectFault({ on: 'create', kind: 'response-lost', times: Number.POSITIVE_INFINITY })
    emulator.injectFault({ on: 'delete', kind: 'error', status: 400 })
    const run = await create(emulator, OWN)
    const [left, ...others] = emulator.keys()
    expect(others).toEqual([])
    expect(problemsOf(run, 'warning')).toEqual([
      expect.stringMatching(`^The TURN key ${left?.uid} remains in the account .*400`),
    ])
    expect((await run.post()).annotations).toEqual([])
    expect(emulator.keys()).toEqual([])
  })

  it("leaves another job's key alone, and says nothing of older ones", async ({ emulator, expect }) => {
    const old = emulator.seedKey({ name: 'n', created: '2020-01-01T00:00:00.000000Z' })
    const soon = new Date(Date.now() + 10_000).toISOString()
    const others = emulator.seedKey({ name: 'n', created: soon })
    emulator.seedKey({ name: 'm', created: soon })
    emulator.injectFault({ on: 'create', kind: 'reset' })
    const run = await create(emulator, { name: 'n' })
    expect(run.exitCode).toBe(0)
    expect(problemsOf(run, 'warning')).toEqual([expect.stringContaining(others.uid)])
    expect(run.log).not.toContain(old.uid)
    expect(operationsOf(emulator)).toEqual(['create', 'create', 'list'])
  })

  for (const [whose, inputs] of [
    ['given', { name: 'n' }],
    ['own', OWN],
  ] as const) {
    it(`gives the ${whose} name when the keys cannot be listed`, async ({ emulator, expect }) => {
      emulator.injectFault({ on: 'create', kind: 'response-lost', times: 3 })
      emulator.injectFault({ on: 'list', kind: 'error', status: 403 })
      const run = await create(emulator, inputs)
      const [key] = emulator.keys()
      expect(operationsOf(emulator)).toEqual(['create', 'create', 'create', 'list'])
      expect(problemsOf(run)).toEqual([
        expect.stringContaining(`Could not create the TURN key "${key?.name}"`),
      ])
      expect(problemsOf(run, 'warning')).toEqual([
        expect.stringContaining(
          `whether a TURN key named "${key?.name}" is left in the account ${ACCOUNT_ID}`,
        ),
      ])
      expect(run).toMatchObject({ exitCode: 1, outputs: NOTHING })

      const post = await run.post({ jobStatus: 'failure' })
      expect(post.exitCode).toBe(0)
      expect(post.log).toContain(key?.uid)
      expect(problemsOf(post, 'warning')).toHaveLength(whose === 'own' ? 0 : 3)
      expect(emulator.keys()).toHaveLength(whose === 'own' ? 0 : 3)
    })
  }

  it('names the key when it cannot be deleted, and post retries', async ({ emulator, expect }) => {
    emulator.injectFault({ on: 'create', kind: 'response-lost' })
    emulator.injectFault({ on: 'delete', kind: 'error', status: 403 })
    const run = await create(emulator, OWN)
    const [key] = emulator.keys()
    const [warning] = problemsOf(run, 'warning')
    expect(warning).toContain(`The TURN key ${key?.uid} remains in the account ${ACCOUNT_ID}`)
    expect(run.log).toContain(`"${key?.name}" was lost`)
    expect(await run.post()).toMatchObject({ exitCode: 0, annotations: [] })
    expect(emulator.keys()).toEqual([])
  })

  it('is a warning in post when that can do nothing either', async ({ emulator, expect }) => {
    emulator.injectFault({ on: 'create', kind: 'response-lost' })
    emulator.injectFault({ on: 'list', kind: 'error', status: 403, times: 2 })
    const run = await create(emulator, OWN)
    const post = await run.post({ jobStatus: 'failure' })
    expect(post.exitCode).toBe(0)
    const left = `whether a TURN key named "${emulator.keys()[0]?.name}" is left in the account ${ACCOUNT_ID}: Could`
    expect(problemsOf(post, 'warning')).toEqual([expect.stringContaining(left)])
  })
})
