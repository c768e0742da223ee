import { describe } from 'vitest'
import { OTHER_ACCOUNT_ID, TOKENS } from '../emulator/emulator.ts'
import type { Fault } from '../emulator/faults.ts'
import { NOTHING } from '../nothing.ts'
import { operationsOf } from './accounts.ts'
import { it, problemsOf } from './step.ts'
import { GB, keysOf, runUsage } from './usage-step.ts'

const PERMISSION = 'needs the permission Account Analytics: Read'
const KEY = 'a'.repeat(32)

/** An error of Cloudflare's, its part of the message, and how often it was asked. */
const ERRORS: readonly [string, Omit<Fault & { kind: 'error' }, 'on' | 'kind'>, string[], number][] = [
  ['no permission', { status: 200, message: 'not authorized for that account' }, [PERMISSION], 1],
  ['no permission, by status', { status: 403, message: 'not authorized for that account' }, [PERMISSION], 1],
  ['no permission, in words that are not known', { status: 403, message: 'no' }, ['403', PERMISSION], 1],
  [
    'no permission, by the edge',
    { status: 403, errors: [{ code: 10000, message: 'Authentication error' }] },
    ['10000 Authentication error', PERMISSION],
    1,
  ],
  ['no dataset', { status: 200, message: 'account does not have access to the path' }, [PERMISSION], 1],
  [
    'a wrong query',
    { status: 200, message: 'unknown field "x"' },
    ['HTTP status 200: unknown field "x".'],
    1,
  ],
  [
    'a wrong query, by status',
    { status: 400, message: 'unknown field "x"' },
    ['status 400: unknown field'],
    1,
  ],
  [
    'too old',
    { status: 200, message: 'cannot request data older than 4w3d' },
    ['4w3d. Set a shorter `since`.'],
    1,
  ],
  ['too wide', { status: 400, message: 'query time range is too large' }, ['Set a shorter `since`.'], 1],
  ['busy', { status: 200, message: 'unable to execute query, please try again later' }, ['please try'], 3],
  ['busy, by status', { status: 503, message: 'too many queries in progress' }, ['too many queries'], 3],
  ['broken', { status: 500, message: 'Internal server error' }, ['Internal server error'], 3],
]

describe.concurrent('what is not readable', () => {
  it('sets no output by which a next step would delete keys', async ({ emulator, expect }) => {
    const sum = { egressBytes: 5 * GB, ingressBytes: 1 }
    const accounts = [{ total: [{ sum }], keys: [], hours: [{ dimensions: { datetimeHour: '' }, sum }] }]
    emulator.injectFault({ on: 'graphql', kind: 'fields', result: { viewer: { accounts } }, times: 3 })
    const run = await runUsage(emulator, { 'fail-at': '250GB' }, emulator.clock.skipping())
    expect(run).toMatchObject({ exitCode: 1, outputs: NOTHING })
    expect(problemsOf(run)).toEqual([expect.stringContaining('no readable traffic of this account')])
  })

  it.runIf(process.platform === 'linux')('nor does a full disk', async ({ emulator, expect }) => {
    const run = await runUsage(emulator, {}, { runner: { GITHUB_OUTPUT: '/dev/full' } })
    expect(run).toMatchObject({ exitCode: 1, outputs: NOTHING })
  })
})

describe.concurrent('an error of the analytics fails the step, in Cloudflare’s words', () => {
  it('a refusal that is no JSON blames no token', async ({ emulator, expect }) => {
    const text = { status: 403, body: 'error code: 1020', contentType: 'text/plain' }
    emulator.injectFault({ on: 'graphql', kind: 'text', ...text })
    const [problem] = problemsOf(await runUsage(emulator))
    expect(problem).toContain('HTTP status 403: error code: 1020.')
    expect(problem).not.toContain('api-token')
  })

  for (const [what, error, parts, times] of ERRORS) {
    it(what, async ({ emulator, expect }) => {
      emulator.injectFault({ on: 'graphql', kind: 'error', times: Number.POSITIVE_INFINITY, ...error })
      const run = await runUsage(emulator, { uid: KEY })
      const [problem, ...others] = problemsOf(run)
      expect(others).toEqual([])
      expect(problem).toMatch(/^Could not read the TURN analytics: .* \(cf-ray: [0-9a-f]{16}-EMU\)$/)
      for (const part of parts) expect(problem).toContain(part)
      expect(run).toMatchObject({ exitCode: 1, outputs: NOTHING, summary: '', stderr: '' })
      expect(operationsOf(emulator).filter(operation => operation === 'graphql')).toHaveLength(times)
    })
  }

  it.for([
    ['write', {}],
    ['other', { 'account-id': OTHER_ACCOUNT_ID }],
  ] as const)('a token without the permission: %s', async ([token, inputs], { emulator, expect }) => {
    const run = await runUsage(emulator, { ...inputs, 'api-token': TOKENS[token] })
    expect(problemsOf(run)).toEqual([expect.stringContaining(PERMISSION)])
  })

  it.for([
    ['name', { name: 'n' }, 'error'],
    ['account', {}, 'warning'],
  ] as const)(
    'an account that may never have subscribed: %s',
    async ([, inputs, level], { emulator, expect }) => {
      const errors = [{ code: 10002, message: 'Authorization Failure' }]
      emulator.injectFault({ on: 'list', kind: 'error', status: 403, errors })
      const run = await runUsage(emulator, inputs)
      expect(problemsOf(run, level)).toEqual([
        expect.stringMatching(
          /list of keys\. Either the account never subscribed to Realtime .* Calls: Read, beside/,
        ),
      ])
    },
  )

  it('a token that is none', async ({ emulator, expect }) => {
    const run = await runUsage(emulator, { 'api-token': 'unknown-emulated-token' })
    expect(problemsOf(run)).toEqual([
      expect.stringContaining('9109 Invalid access token. `api-token` is wrong'),
    ])
  })
})

/** What happens to the first query, after which the second succeeds. */
const MISHAPS: readonly Fault[] = [
  { on: 'graphql', kind: 'html' },
  { on: 'graphql', kind: 'cut' },
  { on: 'graphql', kind: 'reset' },
  { on: 'graphql', kind: 'response-lost' },
  { on: 'graphql', kind: 'error', status: 429, message: 'rate limiter budget depleted', retryAfter: 1 },
  {
    on: 'graphql',
    kind: 'error',
    status: 200,
    message: 'rate limiter budget depleted, try again after 5 minutes',
  },
  { on: 'graphql', kind: 'fields', result: null },
  { on: 'graphql', kind: 'fields', set: { viewer: { accounts: [] } } },
  {
    on: 'graphql',
    kind: 'fields',
    set: { viewer: { accounts: [{ total: [{ sum: { egressBytes: '9' } }] }] } },
  },
]

describe.concurrent('a query whose response says nothing is repeated', () => {
  for (const fault of MISHAPS) {
    it(JSON.stringify(fault), async ({ emulator, expect }) => {
      emulator.seedUsage({ keyId: KEY, datetime: new Date().toISOString(), egressBytes: GB })
      emulator.injectFault(fault)
      const run = await runUsage(emulator)
      expect(run).toMatchObject({ exitCode: 0, annotations: [], outputs: { 'egress-bytes': String(GB) } })
      expect(operationsOf(emulator).sort()).toEqual(['graphql', 'graphql', 'list'])
    })
  }

  it('and what it never says is an error, not 0', async ({ emulator, expect }) => {
    const set = { viewer: { accounts: [{ total: [], keys: [{}], hours: [] }] } }
    emulator.injectFault({ on: 'graphql', kind: 'fields', set, times: 3 })
    const run = await runUsage(emulator)
    expect(run).toMatchObject({ exitCode: 1, outputs: NOTHING })
    expect(problemsOf(run)).toEqual([expect.stringContaining('the response has no readable traffic')])
  })

  it('a redirect is not followed', async ({ emulator, expect }) => {
    emulator.injectFault({ on: 'graphql', kind: 'redirect' })
    expect(problemsOf(await runUsage(emulator))).toEqual([expect.stringContaining('HTTP status 307')])
    expect(operationsOf(emulator).sort()).toEqual(['graphql', 'list'])
  })
})

describe.concurrent('without Calls: Read', () => {
  const inputs = { 'api-token': TOKENS.analyticsOnly }

  it('there are uids and no names, and a warning', async ({ emulator, expect }) => {
    emulator.seedKey({ uid: KEY, name: 'a' })
    emulator.seedUsage({ keyId: KEY, datetime: new Date().toISOString(), egressBytes: GB })
    for (const more of [{}, { uid: KEY }]) {
      const run = await runUsage(emulator, { ...inputs, ...more })
      expect(run.exitCode).toBe(0)
      expect(keysOf(run)).toMatchObject([{ uid: KEY, name: '', egressBytes: GB }])
      expect(run.log).toContain(`TURN key ${KEY}, (name not read)`)
      expect(problemsOf(run, 'warning')).toEqual([expect.stringMatching(/by uid alone\. .*Calls: Read/)])
    }
  })

  it.for([{ name: 'a' }, { 'name-prefix': 'a' }])('%j is an error', async (more, { emulator, expect }) => {
    const run = await runUsage(emulator, { ...inputs, ...more })
    expect(run).toMatchObject({ exitCode: 1, outputs: NOTHING })
    expect(problemsOf(run)).toEqual([expect.stringMatching(/`name` and `name-prefix` need .*Calls: Read/)])
    expect(operationsOf(emulator)).toEqual(['list'])
  })

  it('neither is a list that fails for another reason', async ({ emulator, expect }) => {
    emulator.injectFault({
      on: 'list',
      kind: 'error',
      status: 404,
      errors: [{ code: 7003, message: 'no route' }],
    })
    const run = await runUsage(emulator)
    expect(run.exitCode).toBe(0)
    expect(problemsOf(run, 'warning')).toEqual([expect.stringMatching(/by uid alone\. .*7003 no route/)])
  })
})

describe.concurrent('what may not get out', () => {
  it('no token, and no markup, of an error', async ({ emulator, expect }) => {
    emulator.injectFault({ on: 'graphql', kind: 'echo-secret', status: 200 })
    const run = await runUsage(emulator)
    expect(run.stdout.replace(/^::add-mask::.*/gm, '')).not.toContain(TOKENS.analytics)
    expect(run.annotations).toHaveLength(1)
  })

  it('no markup of a name in the summary', async ({ emulator, expect }) => {
    emulator.seedKey({ uid: KEY, name: '</table>```|<img src=x>' })
    emulator.seedUsage({ keyId: KEY, datetime: new Date().toISOString(), egressBytes: GB })
    const run = await runUsage(emulator)
    expect(run.summary).not.toContain('<img')
    expect(run.summary.match(/```/g)).toHaveLength(2)
    expect(keysOf(run)).toMatchObject([{ name: '</table>```|<img src=x>' }])
  })
})
