import { describe } from 'vitest'
import { NOTHING } from '../nothing.ts'
import { check, it } from './check-step.ts'
import { problemsOf } from './step.ts'

/** Of `require` and the like, nobody is asked before all of them are read. */
const SERVERS = JSON.stringify({
  urls: 'turn:127.0.0.1:1',
  username: 'emulated-user',
  credential: 'emulated',
})

describe.concurrent("check's inputs", () => {
  const REFUSED: readonly (readonly [Record<string, string>, ...RegExp[]])[] = [
    [{}, /^`ice-servers` or `url` is missing\. .*expression came out empty/],
    [{ 'ice-servers': ' \n' }, /^`ice-servers` or `url` is missing/],
    [{ 'ice-servers': SERVERS, url: 'https://127.0.0.1:1' }, /^`ice-servers` and `url` are both set/],
    [{ 'ice-servers': SERVERS.slice(1) }, /^`ice-servers` is not JSON/],
    [
      { 'ice-servers': SERVERS, authorization: 'Bearer emulated-token' },
      /^`authorization` is set without `url`/,
    ],
    [
      { authorization: 'Bearer emulated-token' },
      /^`authorization` is set/,
      /^`ice-servers` or `url` is missing/,
    ],
    [{ url: '/ice-servers' }, /^`url` must be an https URL .*before the slash is empty/],
    [{ url: 'http://192.0.2.1/ice-servers' }, /^`url` must be an https URL/],
    [{ url: 'ftp://127.0.0.1/ice-servers' }, /^`url` must be an https URL/],
    [{ url: 'https://user:emulated-pass@127.0.0.1/' }, /^`url` must be an https URL without a user name/],
    [
      { url: 'https://127.0.0.1:1', authorization: 'Bearer emulated\ntoken' },
      /^`authorization` contains a character/,
    ],
    [
      { 'ice-servers': SERVERS, require: 'udp, dtls, sctp' },
      /^`require` takes udp, tcp, tls, .*"dtls", "sctp"/,
    ],
    [{ 'ice-servers': SERVERS, timeout: '0' }, /^`timeout` must be a whole number of seconds from 1 to 60/],
    [{ 'ice-servers': SERVERS, timeout: '61' }, /^`timeout` must be/],
    [{ url: 'x', require: 'x', timeout: 'x' }, /^`url`/, /^`require`/, /^`timeout`/],
  ]
  for (const [inputs, ...expected] of REFUSED) {
    it(JSON.stringify(inputs), async ({ expect }) => {
      const run = await check(inputs)
      expect(run).toMatchObject({
        exitCode: 1,
        outputs: { relayed: '[]', report: '[]' },
        state: NOTHING,
        unmasked: [],
      })
      expect(problemsOf(run)).toEqual(expected.map(pattern => expect.stringMatching(pattern)))
      expect(run.log).not.toContain('emulated-pass')
    })
  }

  it('masks no user that is too short for it, or stands in the URL: the log would be full of holes', async ({
    expect,
  }) => {
    const servers = { urls: 'turn:127.0.0.1:1', username: 'turn', credential: '1' }
    const run = await check({ 'ice-servers': JSON.stringify(servers) })
    expect(run.masks).toEqual([])
    expect(run.log).toContain('turn:127.0.0.1:1')
  })

  it('masks `authorization`, and what follows `Bearer`', async ({ expect }) => {
    const inputs = { 'ice-servers': SERVERS, authorization: 'Bearer emulated-token' }
    const run = await check(inputs)
    expect(run.masks).toEqual(['emulated', 'emulated-user', 'Bearer emulated-token', 'emulated-token'])
  })

  it('says that GitHub withholds secrets from a fork', async ({ expect }) => {
    const payload = { pull_request: { number: 1, head: { repo: { full_name: 'eve/app' } } } }
    const run = await check({}, { event: { name: 'pull_request', payload } })
    expect(problemsOf(run)).toEqual([expect.stringMatching(/missing\. GitHub withholds secrets/)])
  })
})
