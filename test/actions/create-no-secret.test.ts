import { describe } from 'vitest'
import { ACCOUNT_ID } from '../emulator/emulator.ts'
import { operationsOf } from './accounts.ts'
import { create, it, problemsOf } from './step.ts'
import { transcript } from './transcript.ts'

describe.concurrent('a key that comes without its secret', () => {
  it('is deleted again', async ({ emulator, expect }) => {
    emulator.injectFault({ on: 'create', kind: 'fields', remove: ['secret'] })
    const run = await create(emulator)
    expect(transcript(run, emulator)).toMatchInlineSnapshot(`
      "exit 1
        Deleted the TURN key <uid 1>, because this step failed.
        Error: Cloudflare created the TURN key "octo/app@main" (uid <uid 1>), but its response has no secret (neither \`secret\` nor \`key\`), and it cannot be read later. Run this again.
      masks
        a value of 20 characters
      state
        create = {"phase":"rolled-back","account":{"accountId":"<account>","token":"***","baseUrl":"https://127.0.0.1:<port>/client/v4"},"name":"octo/app@main","isJobScoped":false,"deleteAfterJob":"never","uid":"<uid 1>","firstRequestedAt":<milliseconds>,"lastRequestedAt":<milliseconds>,"responseLostAt":0,"reportedUids":""}
      requests
        POST /client/v4/accounts/<account>/calls/turn_keys 201
        DELETE /client/v4/accounts/<account>/calls/turn_keys/<uid 1> 200"
    `)
    expect((await run.post()).annotations).toEqual([])
    expect(operationsOf(emulator)).toEqual(['create', 'delete'])
  })

  it('an empty secret, or one that is no text, is none', async ({ emulator, expect }) => {
    emulator.injectFault({ on: 'create', kind: 'fields', set: { secret: '', key: 7 } })
    const run = await create(emulator)
    expect(problemsOf(run)).toEqual([expect.stringContaining('but its response has no secret')])
    expect(emulator.keys()).toEqual([])
  })

  it('is named when it cannot be deleted, and post deletes it', async ({ emulator, expect }) => {
    emulator.injectFault({ on: 'create', kind: 'fields', remove: ['secret'] })
    emulator.injectFault({ on: 'delete', kind: 'error', status: 403 })
    const run = await create(emulator)
    const [key] = emulator.keys()
    const [problem] = problemsOf(run)
    expect(problem).toContain('but its response has no secret')
    expect(problem).toContain(`Could not delete the TURN key ${key?.uid} that this step created`)
    expect(run.exitCode).toBe(1)
    expect(await run.post({ jobStatus: 'failure' })).toMatchObject({ exitCode: 0, annotations: [] })
    expect(emulator.keys()).toEqual([])
  })

  it('is a warning with reason and uid when post cannot delete it either', async ({ emulator, expect }) => {
    emulator.injectFault({ on: 'create', kind: 'fields', remove: ['secret'] })
    emulator.injectFault({ on: 'delete', kind: 'error', status: 403, times: 2 })
    const post = await (await create(emulator)).post({ jobStatus: 'failure' })
    expect(post.exitCode).toBe(0)
    const [warning, ...others] = problemsOf(post, 'warning')
    expect(others).toEqual([])
    expect(warning).toContain(`The TURN key ${emulator.keys()[0]?.uid} remains in the account ${ACCOUNT_ID}`)
    expect(warning).toContain('HTTP status 403')
  })

  it('takes gone already for deleted', async ({ emulator, expect }) => {
    emulator.injectFault({ on: 'create', kind: 'fields', remove: ['secret'] })
    emulator.injectFault({
      on: 'delete',
      kind: 'error',
      status: 404,
      errors: [{ code: 20008, message: 'gone' }],
    })
    const run = await create(emulator)
    expect(run.state.create).toContain('"phase":"rolled-back"')
    expect(problemsOf(run)).toHaveLength(1)
  })
})
