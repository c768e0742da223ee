import { setTimeout as sleep } from 'node:timers/promises'
import { describe } from 'vitest'
import type { Emulator } from '../emulator/emulator.ts'
import type { StepRun } from '../github-runner.ts'
import { operationsOf } from './accounts.ts'
import { mintFrom, setMintResponse } from './mint-step.ts'
import { it, problemsOf } from './step.ts'
import { transcript } from './transcript.ts'

/** Mints credentials that are to be revoked after the job. */
function mintToRevoke(emulator: Emulator, ttl = '60'): Promise<StepRun> {
  return mintFrom(emulator, emulator.seedKey({ name: 'n' }), { ttl, 'revoke-after-job': 'true' })
}

/** What makes a credential unknown to the API before the post step comes to it. */
const GONE: Record<string, (emulator: Emulator, run: StepRun) => unknown> = {
  revoked: (_, run) => run.post(),
  'gone with its key': emulator => emulator.removeKey(emulator.keys()[0]?.uid ?? ''),
  expired: ({ credentials }) =>
    sleep(Math.max(0, Date.parse(credentials()[0]?.expiresAt ?? '') + 50 - Date.now())),
}

describe.concurrent('revoke-after-job', () => {
  it('revokes the credentials with the job, whatever became of it', async ({ emulator, expect }) => {
    const run = await mintToRevoke(emulator)
    const [minted] = emulator.credentials()
    expect(minted?.revoked).toBe(false)
    const post = await run.post({ jobStatus: 'failure' })
    expect(emulator.credentials()).toMatchObject([{ revoked: true }])
    expect(post).toMatchObject({ exitCode: 0, annotations: [], unmasked: [] })
    expect(post.masks).toEqual([emulator.keys()[0]?.secret, minted?.username])
  })

  it('does so with one request, with what main left', async ({ emulator, expect }) => {
    const run = await mintToRevoke(emulator)
    const [key] = emulator.keys()
    const { username } = run.outputs
    expect(JSON.parse(run.state.credentials ?? '')).toEqual({
      api: { baseUrl: emulator.rtcUrl, token: key?.secret },
      uid: key?.uid,
      username,
    })
    emulator.requests.length = 0
    const env = { INPUT_UID: 'changed', INPUT_KEY: '', 'INPUT_RTC-URL': 'nonsense', INPUT_TTL: '-1' }
    const post = await run.post({ env })
    expect(emulator.requests).toMatchObject([
      { body: '', headers: { authorization: `Bearer ${key?.secret}` } },
    ])
    expect(transcript(post, emulator).replaceAll(username ?? '', '<username>')).toMatchInlineSnapshot(`
      "exit 0
        The credential minted from the TURN key <uid 1>: revoked.
      masks
        a value of 64 characters
        a value of 46 characters
      requests
        POST /v1/turn/keys/<uid 1>/credentials/emulated-user-<uid 2>/revoke 204
      keys left
        <uid 1> n"
    `)
  })

  for (const [what, come] of Object.entries(GONE)) {
    it(`says that it can no longer be revoked when it is ${what}`, async ({ emulator, expect }) => {
      const run = await mintToRevoke(emulator, what === 'expired' ? '1' : '60')
      await come(emulator, run)
      const post = await run.post()
      expect(post).toMatchObject({ exitCode: 0, annotations: [] })
      expect(post.log).toMatch(
        /^The credential minted from the TURN key [0-9a-f]{32}: Cloudflare does not know it, or its key, any more, so it can no longer be revoked\.$/,
      )
      expect(post.log).not.toContain('already')
    })
  }

  it('keeps a user name in its place in the URL', async ({ emulator, expect }) => {
    const username = '1700000000:a/b?c#d %é'
    setMintResponse(emulator, { urls: 'turn:a.test', username, credential: 'x' })
    const run = await mintToRevoke(emulator)
    const post = await run.post({ debug: true })
    expect(post.exitCode).toBe(0)
    expect(emulator.requests.at(-1)?.params).toEqual({ uid: emulator.keys()[0]?.uid, username })
    expect(post.stdout).not.toContain(encodeURIComponent(username))
    expect(post.debugLines.join()).toContain('/credentials/***/revoke: HTTP status 404')
  })

  it('attempts it three times, then warns and does not fail the job', async ({ emulator, expect }) => {
    const run = await mintToRevoke(emulator)
    emulator.injectFault({ on: 'revoke', kind: 'html', status: 503, times: 3 })
    const post = await run.post(emulator.clock.skipping())
    expect(post.exitCode).toBe(0)
    expect(problemsOf(post, 'warning')).toEqual([
      expect.stringMatching(
        `^Could not revoke the credential minted from the TURN key ${emulator.keys()[0]?.uid}: .*HTTP status 503\\.`,
      ),
    ])
    expect(operationsOf(emulator)).toEqual(['mint', 'revoke', 'revoke', 'revoke'])
  })

  for (const status of [401, 403]) {
    it(`warns that it is not revoked when the secret is refused with ${status}`, async ({
      emulator,
      expect,
    }) => {
      const run = await mintToRevoke(emulator)
      emulator.injectFault({ on: 'revoke', kind: 'error', status })
      const post = await run.post()
      expect(post.exitCode).toBe(0)
      const [problem, ...others] = problemsOf(post, 'warning')
      expect(others).toEqual([])
      expect(problem).toContain(
        `HTTP status ${status}. It is not revoked: the credentials API refuses the secret`,
      )
      expect(problem).not.toContain('api-token')
      expect(emulator.credentials()).toMatchObject([{ revoked: false }])
    })
  }

  it('says nothing of the secret where the edge refuses', async ({ emulator, expect }) => {
    const run = await mintToRevoke(emulator)
    const text = { status: 403, body: 'error code: 1020', contentType: 'text/plain' }
    emulator.injectFault({ on: 'revoke', kind: 'text', effect: false, ...text })
    const [problem] = problemsOf(await run.post(), 'warning')
    expect(problem).toContain('HTTP status 403: error code: 1020.')
    expect(problem).not.toContain('secret')
  })

  it('warns of nothing when the first of two attempts revoked it', async ({ emulator, expect }) => {
    const run = await mintToRevoke(emulator)
    emulator.injectFault({ on: 'revoke', kind: 'response-lost' })
    expect(await run.post(emulator.clock.skipping())).toMatchObject({ exitCode: 0, annotations: [] })
    expect(emulator.credentials()).toMatchObject([{ revoked: true }])
  })

  it('warns when the API is down', async ({ emulatorWith, expect }) => {
    const emulator = await emulatorWith({})
    const run = await mintToRevoke(emulator)
    await emulator.close()
    const post = await run.post(emulator.clock.skipping())
    expect(post.exitCode).toBe(0)
    expect(problemsOf(post, 'warning')).toEqual([expect.stringMatching(/no connection to 127\.0\.0\.1/)])
    expect(problemsOf(post)).toEqual([])
  })
})
