import { describe } from 'vitest'
import { runStep } from '../github-runner.ts'
import { NOTHING } from '../nothing.ts'
import { operationsOf } from './accounts.ts'
import { mintFrom } from './mint-step.ts'
import { it, problemsOf } from './step.ts'
import { transcript } from './transcript.ts'

describe.concurrent('credentials', () => {
  it('mints with one request and puts the ICE servers out', async ({ emulator, expect }) => {
    const key = emulator.seedKey({ name: 'n' })
    const begun = Date.now()
    const run = await mintFrom(emulator, key)
    expect(transcript(run, emulator)).toMatchInlineSnapshot(`
      "exit 0
        Minted ICE servers from the TURN key <uid 1>: they are to expire at <time> (\`ttl: 86400\`).
      masks
        a value of 64 characters
        the output credential
        the output username
      outputs
        ice-servers = [{"urls":["stun:stun.cloudflare.com:3478"]},{"urls":["turn:turn.cloudflare.com:3478?transport=udp","turn:turn.cloudflare.com:3478?transport=tcp","turn:turn.cloudflare.com:80?transport=tcp","turns:turn.cloudflare.com:5349?transport=tcp","turns:turn.cloudflare.com:443?transport=tcp"],"username":"***","credential":"***"}]
        username = ***
        credential = ***
        expires-at = <time>
      requests
        POST /v1/turn/keys/<uid 1>/credentials/generate-ice-servers 201
      keys left
        <uid 1> n"
    `)
    const [minted] = emulator.credentials()
    expect(run.masks).toEqual([key.secret, minted?.credential, minted?.username])
    expect(run.outputs).toMatchObject({ username: minted?.username, credential: minted?.credential })
    expect(emulator.requests[0]).toMatchObject({
      body: '{"ttl":86400}',
      headers: { authorization: `Bearer ${key.secret}`, 'content-type': 'application/json' },
    })
    const expiresAt = Date.parse(run.outputs['expires-at'] ?? '')
    expect(expiresAt).toBeGreaterThanOrEqual(begun + 86_400_000 - 1000)
    expect(expiresAt).toBeLessThanOrEqual((emulator.requests[0]?.at ?? 0) + 86_400_000)
  })

  it('sends ttl and custom identifier, and reads inputs with spaces around them', async ({
    emulator,
    expect,
  }) => {
    const { uid, secret } = emulator.seedKey({ name: 'n' })
    const inputs = { ttl: ' 172800\n', 'custom-identifier': 'pr-42', 'rtc-url': `${emulator.rtcUrl}/` }
    const run = await mintFrom(emulator, { uid: ` ${uid} `, secret: `${secret}\n` }, inputs)
    expect(run).toMatchObject({ exitCode: 0, annotations: [] })
    expect(emulator.credentials()).toMatchObject([{ ttl: 172_800, customIdentifier: 'pr-42' }])
    expect(run.masks).not.toContain(uid)
  })

  it('takes an empty ttl for the default', async ({ emulator, expect }) => {
    await mintFrom(emulator, emulator.seedKey({ name: 'n' }), { ttl: '', 'custom-identifier': '' })
    expect(emulator.requests[0]?.body).toBe('{"ttl":86400}')
  })

  it('says all that is wrong with its inputs, and asks nobody', async ({ emulator, expect }) => {
    const inputs = {
      ttl: '172801',
      'custom-identifier': 'a\nb',
      'revoke-after-job': 'yes',
      'rtc-url': 'http://rtc.invalid/v1',
    }
    const run = await mintFrom(emulator, { uid: 'short', secret: '"quoted-emulated-key"' }, inputs)
    expect(run).toMatchObject({ exitCode: 1, outputs: NOTHING, state: NOTHING, unmasked: [] })
    expect(problemsOf(run).map(problem => /`([\w-]+)`/.exec(problem)?.[1])).toEqual([
      'uid',
      'key',
      'ttl',
      'custom-identifier',
      'rtc-url',
      'revoke-after-job',
    ])
    expect(run.masks).toEqual(['"quoted-emulated-key"'])
    expect(emulator.requests).toEqual([])
  })

  it('says where the key comes from when there is none', async ({ expect }) => {
    const run = await runStep('credentials')
    expect(problemsOf(run)).toEqual([
      expect.stringMatching(/^`uid` is missing\. .*output `uid`/),
      expect.stringMatching(/^`key` is missing\. .*own secret.*output `key`/),
    ])
  })

  it('says that GitHub withholds secrets from a fork', async ({ emulator, expect }) => {
    const payload = { pull_request: { number: 1, head: { repo: { full_name: 'eve/app' } } } }
    const event = { name: 'pull_request', payload }
    const run = await mintFrom(emulator, { uid: '0'.repeat(32), secret: '' }, {}, { event })
    expect(problemsOf(run)).toEqual([expect.stringMatching(/^`key` is missing\. GitHub withholds secrets/)])
    expect(emulator.requests).toEqual([])
  })

  it('leaves the credentials alone after the job when not asked', async ({ emulator, expect }) => {
    for (const revokeAfterJob of ['false', '']) {
      const inputs = { 'revoke-after-job': revokeAfterJob }
      const run = await mintFrom(emulator, emulator.seedKey({ name: 'n' }), inputs)
      expect(run.state).toEqual({})
      expect(await run.post()).toMatchObject({ exitCode: 0, annotations: [], masks: [] })
    }
    expect(operationsOf(emulator)).toEqual(['mint', 'mint'])
    expect(emulator.credentials()).toMatchObject([{ revoked: false }, { revoked: false }])
  })
})
