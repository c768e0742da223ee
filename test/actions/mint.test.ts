import { describe } from 'vitest'
import { TOKENS } from '../emulator/emulator.ts'
import { operationsOf } from './accounts.ts'
import { iceServersOf, mintNew, setMintResponse } from './mint-step.ts'
import { it } from './step.ts'
import { transcript } from './transcript.ts'

describe.concurrent('create with ttl', () => {
  it('creates a key and mints from it, with two requests', async ({ emulator, expect }) => {
    const run = await mintNew(emulator, { name: 'my key' })
    expect(transcript(run, emulator)).toMatchInlineSnapshot(`
      "exit 0
        Created TURN key "my key" (uid <uid 1>, created <time>) in the account <account>.
      masks
        a value of 20 characters
        the output key
        the output credential
        the output username
      outputs
        uid = <uid 1>
        key = ***
        name = my key
        created = <time>
        modified = <time>
        outcome = created
        ice-servers = [{"urls":["stun:stun.cloudflare.com:3478"]},{"urls":["turn:turn.cloudflare.com:3478?transport=udp","turn:turn.cloudflare.com:3478?transport=tcp","turn:turn.cloudflare.com:80?transport=tcp","turns:turn.cloudflare.com:5349?transport=tcp","turns:turn.cloudflare.com:443?transport=tcp"],"username":"***","credential":"***"}]
        username = ***
        credential = ***
        expires-at = <time>
      state
        create = {"phase":"published","account":{"accountId":"<account>","token":"***","baseUrl":"https://127.0.0.1:<port>/client/v4"},"name":"my key","isJobScoped":false,"deleteAfterJob":"never","uid":"<uid 1>","firstRequestedAt":<milliseconds>,"lastRequestedAt":<milliseconds>,"responseLostAt":0,"reportedUids":""}
      requests
        POST /client/v4/accounts/<account>/calls/turn_keys 201
        POST /v1/turn/keys/<uid 1>/credentials/generate-ice-servers 201
      keys left
        <uid 1> my key"
    `)
    const [key, minted] = [emulator.keys()[0], emulator.credentials()[0]]
    expect(run.masks).toEqual([TOKENS.write, key?.secret, minted?.credential, minted?.username])
    expect(run.outputs).toMatchObject({ username: minted?.username, credential: minted?.credential })
    expect(emulator.requests[1]).toMatchObject({
      body: '{"ttl":3600}',
      headers: { authorization: `Bearer ${key?.secret}`, 'content-type': 'application/json' },
    })
  })

  it('outputs what RTCPeerConnection takes, without port 53', async ({ emulator, expect }) => {
    const run = await mintNew(emulator)
    const { username, credential } = run.outputs
    expect(iceServersOf(run)).toEqual([
      { urls: ['stun:stun.cloudflare.com:3478'] },
      {
        urls: [
          'turn:turn.cloudflare.com:3478?transport=udp',
          'turn:turn.cloudflare.com:3478?transport=tcp',
          'turn:turn.cloudflare.com:80?transport=tcp',
          'turns:turn.cloudflare.com:5349?transport=tcp',
          'turns:turn.cloudflare.com:443?transport=tcp',
        ],
        username,
        credential,
      },
    ])
  })

  it('counts the ttl from its request, not from the response', async ({ emulator, expect }) => {
    // Longer than the second by which `Date` may be early.
    emulator.injectFault({ on: 'mint', kind: 'slow', delay: 1200 })
    const begun = Date.now()
    const run = await mintNew(emulator, { ttl: '60' })
    const expiresAt = run.outputs['expires-at'] ?? ''
    expect(new Date(expiresAt).toISOString()).toBe(expiresAt)
    expect(Date.parse(expiresAt)).toBeGreaterThanOrEqual(begun + 50_000)
    expect(Date.parse(expiresAt)).toBeLessThanOrEqual((emulator.requests[1]?.at ?? 0) + 60_000)
  })

  it('sends the custom identifier', async ({ emulator, expect }) => {
    const run = await mintNew(emulator, { 'custom-identifier': ' pr "42" é ' })
    expect(run.exitCode).toBe(0)
    expect(emulator.requests[1]?.body).toBe('{"ttl":3600,"customIdentifier":"pr \\"42\\" é"}')
    expect(emulator.credentials()).toMatchObject([{ customIdentifier: 'pr "42" é' }])
  })

  it('mints nothing without it', async ({ emulator, expect }) => {
    const run = await mintNew(emulator, { ttl: '', 'custom-identifier': 'unused' })
    expect(operationsOf(emulator)).toEqual(['create'])
    expect(Object.keys(run.outputs)).toEqual(['uid', 'key', 'name', 'created', 'modified', 'outcome'])
  })

  it('mints from the new key when it replaces one', async ({ emulator, expect }) => {
    const old = emulator.seedKey({ name: 'n' })
    const run = await mintNew(emulator, { name: 'n', 'if-exists': 'replace' })
    expect(operationsOf(emulator)).toEqual(['list', 'create', 'mint'])
    expect(emulator.credentials()).toMatchObject([{ uid: run.outputs.uid }])
    expect(run.outputs.uid).not.toBe(old.uid)
    expect((await run.post()).exitCode).toBe(0)
    expect(emulator.keys()).toMatchObject([{ uid: run.outputs.uid }])
  })

  it('deletes key and credential with the job', async ({ emulator, expect }) => {
    const run = await mintNew(emulator, { 'delete-after-job': 'always' })
    expect((await run.post()).annotations).toEqual([])
    expect(emulator.keys()).toEqual([])
    expect(emulator.credentials()).toMatchObject([{ revoked: true }])
  })

  it('masks the users of all servers', async ({ emulator, expect }) => {
    const [one, two] = ['one', 'two'].map(name => ({
      urls: [`turn:${name}.test`],
      username: `user-${name}`,
      credential: `pass-${name}`,
    }))
    setMintResponse(emulator, [one, two])
    const run = await mintNew(emulator)
    expect(run.masks.slice(2)).toEqual(['pass-one', 'user-one', 'pass-two', 'user-two'])
    expect(iceServersOf(run)).toEqual([one, two])
    expect(run.outputs).toMatchObject({ username: 'user-one', credential: 'pass-one' })
  })
})
