import { describe } from 'vitest'
import type { Fault } from '../emulator/faults.ts'
import { NOTHING } from '../nothing.ts'
import { operationsOf } from './accounts.ts'
import { mintFrom, mintNew } from './mint-step.ts'
import { it, problemsOf } from './step.ts'
import { transcript } from './transcript.ts'

type Misfortune = Fault extends infer F ? (F extends Fault ? Omit<F, 'on'> : never) : never

/** What can go wrong with minting for good, and what the step says of it. */
const FAULTS: Record<string, { fault: Misfortune; says: RegExp }> = {
  'a refusal': {
    fault: { kind: 'error', status: 400, errors: [{ code: 1234, message: 'No such luck' }] },
    says: /HTTP status 400: 1234 No such luck\. \(cf-ray/,
  },
  'a refusal in plain text': {
    fault: { kind: 'text', status: 400, body: 'Bad Request: no such luck.\n', contentType: 'text/plain' },
    says: /HTTP status 400: Bad Request: no such luck\. \(cf-ray/,
  },
  'an error of the server': {
    fault: { kind: 'error', status: 500 },
    says: /HTTP status 500\. .*cloudflarestatus/,
  },
  'a page': { fault: { kind: 'html', status: 520 }, says: /HTTP status 520\. / },
  'half a response': { fault: { kind: 'cut' }, says: /no complete response from 127\.0\.0\.1:/ },
  'a redirect': { fault: { kind: 'redirect' }, says: /HTTP status 307\. Redirects are not followed/ },
  'success without JSON': {
    fault: { kind: 'text', body: 'hello' },
    says: /200, but the response has no TURN server/,
  },
  'no username': {
    fault: { kind: 'fields', set: { iceServers: { urls: ['turn:a.test'], credential: 'x' } } },
    says: /201, but the response has no TURN server with a username and a credential/,
  },
  'no URL': {
    fault: { kind: 'fields', set: { iceServers: [{ username: 'u', credential: 'x' }] } },
    says: /201, but the response has no TURN server/,
  },
  'a failed envelope': {
    fault: { kind: 'text', status: 201, body: '{"success":false,"errors":[{"code":7,"message":"no"}]}' },
    says: /HTTP status 201: 7 no/,
  },
}

describe.concurrent('minting that fails for good', () => {
  for (const [what, { fault, says }] of Object.entries(FAULTS)) {
    it(`leaves no key and no outputs: ${what}`, async ({ emulator, expect }) => {
      emulator.injectFault({ ...fault, on: 'mint', times: 3 })
      const run = await mintNew(emulator, {}, emulator.clock.skipping())
      expect(run).toMatchObject({
        exitCode: 1,
        outputs: NOTHING,
        unmasked: [],
        state: { create: expect.stringContaining('"phase":"rolled-back"') },
      })
      expect(problemsOf(run)).toEqual([
        expect.stringMatching(/^Could not mint ICE servers from the TURN key /),
      ])
      expect(problemsOf(run)).toEqual([expect.stringMatching(says)])
      expect([...new Set(operationsOf(emulator))]).toEqual(['create', 'mint', 'delete'])
      expect(emulator.keys()).toEqual([])
    })
  }

  it('is not waited for longer than 30 seconds, and retried', async ({ emulator, expect }) => {
    emulator.injectFault({ on: 'mint', kind: 'no-response', effect: true })
    const run = await mintNew(emulator, { name: 'n' }, emulator.clock.skipping())
    expect(transcript(run, emulator)).toMatchInlineSnapshot(`
      "exit 0
        Could not mint ICE servers from the TURN key <uid 1>: no complete response from 127.0.0.1:<port> (no response within 30 seconds). Check the network of this runner: a firewall, a proxy (https_proxy), DNS. Retrying.
        Created TURN key "n" (uid <uid 1>, created <time>) in the account <account>.
      masks
        a value of 20 characters
        the output key
        the output credential
        the output username
      outputs
        uid = <uid 1>
        key = ***
        name = n
        created = <time>
        modified = <time>
        outcome = created
        ice-servers = [{"urls":["stun:stun.cloudflare.com:3478"]},{"urls":["turn:turn.cloudflare.com:3478?transport=udp","turn:turn.cloudflare.com:3478?transport=tcp","turn:turn.cloudflare.com:80?transport=tcp","turns:turn.cloudflare.com:5349?transport=tcp","turns:turn.cloudflare.com:443?transport=tcp"],"username":"***","credential":"***"}]
        username = ***
        credential = ***
        expires-at = <time>
      state
        create = {"phase":"published","account":{"accountId":"<account>","token":"***","baseUrl":"https://127.0.0.1:<port>/client/v4"},"name":"n","isJobScoped":false,"deleteAfterJob":"never","uid":"<uid 1>","firstRequestedAt":<milliseconds>,"lastRequestedAt":<milliseconds>,"responseLostAt":0,"reportedUids":""}
      requests
        POST /client/v4/accounts/<account>/calls/turn_keys 201
        POST /v1/turn/keys/<uid 1>/credentials/generate-ice-servers no response
        POST /v1/turn/keys/<uid 1>/credentials/generate-ice-servers 201
      keys left
        <uid 1> n"
    `)
    expect(emulator.credentials()).toHaveLength(2)
  })

  it('is retried by the credentials action, which warns of what cannot be revoked', async ({
    emulator,
    expect,
  }) => {
    emulator.injectFault({ on: 'mint', kind: 'response-lost' })
    const key = emulator.seedKey({ name: 'n' })
    const run = await mintFrom(emulator, key, { 'revoke-after-job': 'true' })
    expect(run).toMatchObject({ exitCode: 0, outputs: { username: expect.any(String) } })
    expect(problemsOf(run, 'warning')).toEqual([expect.stringContaining('a credential that nobody knows')])
    await run.post()
    expect(emulator.credentials().map(({ revoked }) => revoked)).toEqual([false, true])
    expect(operationsOf(emulator)).toEqual(['mint', 'mint', 'revoke'])
  })

  it('is warned of too when the key is not known at the next attempt', async ({ emulator, expect }) => {
    emulator.injectFault({ on: 'mint', kind: 'response-lost' })
    emulator.injectFault({ on: 'mint', kind: 'error', status: 404 })
    const key = emulator.seedKey({ name: 'n' })
    const run = await mintFrom(emulator, key, { 'revoke-after-job': 'true' })
    expect(run.exitCode).toBe(0)
    expect(problemsOf(run, 'warning')).toEqual([expect.stringContaining('a credential that nobody knows')])
    expect(emulator.credentials()).toHaveLength(2)
  })

  it('by the credentials action leaves no outputs', async ({ emulator, expect }) => {
    emulator.injectFault({ on: 'mint', kind: 'response-lost', times: 3 })
    const key = emulator.seedKey({ name: 'n' })
    const run = await mintFrom(emulator, key, { 'revoke-after-job': 'true' }, emulator.clock.skipping())
    expect(run).toMatchObject({ exitCode: 1, outputs: NOTHING, state: NOTHING })
    expect(problemsOf(run)).toEqual([expect.stringContaining('no complete response from')])
    expect(problemsOf(run, 'warning')).toEqual([
      expect.stringContaining('a credential that nobody knows may exist, with `ttl: 86400`'),
    ])
    const post = await run.post({ jobStatus: 'failure' })
    expect(post).toMatchObject({ exitCode: 0, annotations: [], log: 'This step left nothing to clean up.' })
    expect(operationsOf(emulator)).toEqual(['mint', 'mint', 'mint'])
    expect(emulator.keys()).toHaveLength(1)
  })

  it('leaves the superseded keys', async ({ emulator, expect }) => {
    const { uid } = emulator.seedKey({ name: 'n' })
    emulator.injectFault({ on: 'mint', kind: 'error', status: 400 })
    const run = await mintNew(emulator, { name: 'n', 'if-exists': 'replace' })
    await run.post({ jobStatus: 'failure' })
    expect(emulator.keys()).toMatchObject([{ uid }])
  })

  it('names the uid when the key cannot be deleted, and leaves it to the post step', async ({
    emulator,
    expect,
  }) => {
    emulator.injectFault({ on: 'mint', kind: 'error', status: 400 })
    emulator.injectFault({ on: 'delete', kind: 'error', status: 503, times: 3 })
    const run = await mintNew(emulator, {}, emulator.clock.skipping())
    const uid = emulator.keys()[0]?.uid ?? 'none'
    expect(run).toMatchObject({
      exitCode: 1,
      outputs: NOTHING,
      state: { create: expect.stringMatching(`"phase":"created",.*"uid":"${uid}"`) },
    })
    expect(problemsOf(run)).toEqual([
      expect.stringMatching(
        `HTTP status 400\\. .*Could not delete the TURN key ${uid} that this step created.*HTTP status 503`,
      ),
    ])
    const post = await run.post({ jobStatus: 'failure' })
    expect(post).toMatchObject({ exitCode: 0, annotations: [] })
    expect(emulator.keys()).toEqual([])
  })
})
