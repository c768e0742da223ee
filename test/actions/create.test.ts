import { describe } from 'vitest'
import { ACCOUNT_ID, TOKENS } from '../emulator/emulator.ts'
import { NOTHING } from '../nothing.ts'
import { operationsOf } from './accounts.ts'
import { create, it, problemsOf } from './step.ts'
import { transcript } from './transcript.ts'

describe.concurrent('create', () => {
  it('creates a key with one request and outputs it', async ({ emulator, expect }) => {
    const run = await create(emulator, { name: 'my key' })
    expect(transcript(run, emulator)).toMatchInlineSnapshot(`
      "exit 0
        Created TURN key "my key" (uid <uid 1>, created <time>) in the account <account>.
      masks
        a value of 20 characters
        the output key
      outputs
        uid = <uid 1>
        key = ***
        name = my key
        created = <time>
        modified = <time>
        outcome = created
      state
        create = {"phase":"published","account":{"accountId":"<account>","token":"***","baseUrl":"https://127.0.0.1:<port>/client/v4"},"name":"my key","isJobScoped":false,"deleteAfterJob":"never","uid":"<uid 1>","firstRequestedAt":<milliseconds>,"lastRequestedAt":<milliseconds>,"responseLostAt":0,"reportedUids":""}
      requests
        POST /client/v4/accounts/<account>/calls/turn_keys 201
      keys left
        <uid 1> my key"
    `)
    const [key] = emulator.keys()
    expect(run.outputs).toEqual({
      uid: key?.uid,
      key: key?.secret,
      name: 'my key',
      created: key?.created,
      modified: key?.modified,
      outcome: 'created',
    })
    expect(run.stderr).toBe('')
    expect(emulator.requests[0]).toMatchObject({
      body: '{"name":"my key"}',
      headers: { authorization: `Bearer ${TOKENS.write}`, 'content-type': 'application/json' },
    })
  })

  it('tells the summary about the key, but not the secret', async ({ emulator, expect }) => {
    const run = await create(emulator, { name: 'my key' })
    const [key] = emulator.keys()
    expect(run.files.summary).toContain(`<td>${key?.uid}</td>`)
    expect(run.files.summary).toContain('<td>my key</td>')
    expect(run.files.summary).not.toContain('***')
    expect(run.files.summary).not.toContain(key?.secret)
  })

  for (const secretField of ['secret', 'key', 'both'] as const) {
    it(`finds the secret in ${secretField}`, async ({ emulatorWith, expect }) => {
      const emulator = await emulatorWith({ secretField })
      const run = await create(emulator)
      const [key] = emulator.keys()
      expect(run).toMatchObject({ exitCode: 0, outputs: { uid: key?.uid, key: key?.secret }, unmasked: [] })
      expect(run.masks).toEqual([TOKENS.write, key?.secret])
      expect(operationsOf(emulator)).toEqual(['create'])
    })
  }

  it('masks both secrets when a response has two', async ({ emulator, expect }) => {
    emulator.injectFault({ on: 'create', kind: 'fields', set: { key: 'another-emulated-secret' } })
    const run = await create(emulator)
    const secret = emulator.keys()[0]?.secret
    expect(run.outputs.key).toBe(secret)
    expect(run.masks).toEqual([TOKENS.write, secret, 'another-emulated-secret'])
  })

  it('outputs what it has when a response holds little', async ({ emulator, expect }) => {
    emulator.injectFault({
      on: 'create',
      kind: 'fields',
      remove: ['name', 'created', 'modified'],
      omit: ['success'],
    })
    const run = await create(emulator, { name: 'n' })
    expect(run).toMatchObject({ exitCode: 0, outputs: { name: 'n', created: '', modified: '' } })
    expect(run.outputs.key).toBe(emulator.keys()[0]?.secret)
  })

  it("takes account and token from the variables of Cloudflare's SDKs", async ({ emulator, expect }) => {
    const env = { CLOUDFLARE_ACCOUNT_ID: ACCOUNT_ID, CLOUDFLARE_API_TOKEN: TOKENS.write }
    const run = await create(emulator, { 'account-id': '', 'api-token': '' }, { env })
    expect(run.exitCode).toBe(0)
    expect(run.masks).toEqual([TOKENS.write, emulator.keys()[0]?.secret])
    const other = { CLOUDFLARE_ACCOUNT_ID: 'wrong', CLOUDFLARE_API_TOKEN: TOKENS.none }
    expect(await create(emulator, {}, { env: other })).toMatchObject({ exitCode: 0 })
  })

  it('takes inputs with spaces around them and URLs with a slash at the end', async ({
    emulator,
    expect,
  }) => {
    const padded = { 'account-id': ` ${ACCOUNT_ID}\n`, 'api-token': `${TOKENS.write}\n`, name: ' n ' }
    const run = await create(emulator, { ...padded, 'api-url': `${emulator.apiUrl}//` })
    expect(run).toMatchObject({ exitCode: 0, outputs: { name: ' n ' } })
    expect(operationsOf(emulator)).toEqual(['create'])
  })

  it('leaves a plain key alone afterwards, whatever became of the job', async ({ emulator, expect }) => {
    const run = await create(emulator)
    for (const jobStatus of ['success', 'failure', 'cancelled'] as const) {
      const post = await run.post({ jobStatus })
      expect(post).toMatchObject({ exitCode: 0, annotations: [], outputs: NOTHING, unmasked: [] })
      expect(post.log).toBe(`The TURN key ${run.outputs.uid} is kept.`)
    }
    expect(operationsOf(emulator)).toEqual(['create'])
  })

  for (const name of ['GITHUB_OUTPUT', 'GITHUB_STATE']) {
    it(`refuses a runner without ${name} before any request`, async ({ emulator, expect }) => {
      const run = await create(
        emulator,
        {},
        { runner: { [name]: name === 'GITHUB_OUTPUT' ? undefined : '/nowhere' } },
      )
      expect(run.exitCode).toBe(1)
      expect(problemsOf(run)).toEqual([
        expect.stringMatching(`^${name} (is not set|points to a file that cannot be written)`),
      ])
      expect(emulator.requests).toEqual([])
    })
  }

  it('leaves the summary out when the job says so, which cannot change GITHUB_STEP_SUMMARY', async ({
    emulator,
    expect,
  }) => {
    const env = { TURN_KEY_SUMMARY: 'false', GITHUB_STEP_SUMMARY: '/dev/null' }
    const run = await create(emulator, {}, { env })
    expect(run).toMatchObject({ exitCode: 0, annotations: [] })
    expect(run.files.summary).toBe('')
    const shown = await create(emulator, {}, { env: { GITHUB_STEP_SUMMARY: '/dev/null' } })
    expect(shown.files.summary).toContain('TURN key created')
  })

  it('does without a summary', async ({ emulator, expect }) => {
    const run = await create(emulator, {}, { runner: { GITHUB_STEP_SUMMARY: undefined } })
    expect(run).toMatchObject({ exitCode: 0, annotations: [], outputs: { outcome: 'created' } })
  })

  it('does with the parser that it brings, whatever the job asks of undici', async ({ emulator, expect }) => {
    for (const name of ['UNDICI_USE_MILO', 'UNDICI_NO_WASM_SIMD', 'JEST_WORKER_ID']) {
      const run = await create(emulator, {}, { runner: { [name]: '1' } })
      expect(run, name).toMatchObject({ exitCode: 0, annotations: [], outputs: { outcome: 'created' } })
    }
  })
})
