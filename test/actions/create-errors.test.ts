import { describe } from 'vitest'
import { OTHER_ACCOUNT_ID, TOKENS } from '../emulator/emulator.ts'
import { NOTHING } from '../nothing.ts'
import { operationsOf } from './accounts.ts'
import { create, it, problemsOf } from './step.ts'
import { normalised } from './transcript.ts'

const PERMISSION = 'needs the permission Calls Write'

/** What Cloudflare really refuses: inputs, its words, the likely cause. */
const REFUSALS: readonly [string, Record<string, string>, string, string][] = [
  ['no permission', { 'api-token': TOKENS.none }, '403: 10000 Authentication error.', PERMISSION],
  ['read only', { 'api-token': TOKENS.read }, '403: 10000 Authentication error.', PERMISSION],
  ['disabled', { 'api-token': TOKENS.disabled }, '403: 10000 Authentication error.', 'is disabled'],
  [
    'for another account',
    { 'api-token': TOKENS.other },
    '10000 Authentication error.',
    'belongs to another account',
  ],
  ['unknown', { 'api-token': 'unknown-emulated-token' }, '401: 9109 Invalid access token.', 'wrong, expired'],
  [
    'not subscribed',
    { 'account-id': OTHER_ACCOUNT_ID, 'api-token': TOKENS.other },
    '403: 10002 Authorization Failure: The authentication credentials are not authorized',
    'the account never subscribed to Realtime',
  ],
  [
    'a Global API Key',
    { 'api-token': '0123456789abcdef0123456789abcdef01234' },
    '400: 6003 Invalid request headers; 6111 Invalid format for Authorization header.',
    'not the Global API Key',
  ],
  [
    'an account that is none',
    { 'account-id': 'f'.repeat(32) },
    '403: 9109 Unauthorized to access requested resource.',
    'check the token and `account-id`',
  ],
]

describe.concurrent('what Cloudflare refuses fails the step at once, in its words', () => {
  for (const [what, inputs, words, cause] of REFUSALS) {
    it(`token: ${what}`, async ({ emulator, expect }) => {
      const run = await create(emulator, { ...inputs, name: 'n' })
      const [problem, ...others] = problemsOf(run)
      expect(others).toEqual([])
      expect(problem).toMatch(
        /^Could not create the TURN key "n": Cloudflare responded with HTTP status \d+: /,
      )
      expect(problem).toMatch(/ \(cf-ray: [0-9a-f]{16}-EMU\)$/)
      for (const part of [words, cause]) expect(problem).toContain(part)
      expect(run).toMatchObject({ exitCode: 1, outputs: NOTHING, stderr: '' })
      expect(run.log).not.toMatch(/^\s*at .*:\d+/m)
      expect(operationsOf(emulator)).toEqual(['create'])
    })
  }

  it('leaves nothing to post', async ({ emulator, expect }) => {
    const run = await create(emulator, { 'api-token': TOKENS.none })
    expect(await run.post({ jobStatus: 'failure' })).toMatchObject({ exitCode: 0, annotations: [] })
    expect(operationsOf(emulator)).toEqual(['create'])
  })

  it('all errors, chains, pointers and links are told', async ({ emulator, expect }) => {
    const chain = [{ code: 3, message: 'deeper', error_chain: [{ code: 4, message: 'deepest.' }] }]
    const [documentation_url, source] = ['https://developers.cloudflare.com/x', { pointer: '/name' }]
    const errors = [
      { code: 1, message: 'first', documentation_url, source },
      { code: 2, message: 'second', error_chain: chain },
    ]
    emulator.injectFault({ on: 'create', kind: 'error', status: 400, errors })
    const run = await create(emulator)
    expect(normalised(problemsOf(run).join('\n'))).toMatchInlineSnapshot(
      `"Could not create the TURN key "octo/app@main": Cloudflare responded with HTTP status 400: 1 first, at /name, see https://developers.cloudflare.com/x; 2 second; 3 deeper; 4 deepest. (cf-ray: <ray>)"`,
    )
  })

  it('success: false is a refusal whatever the status', async ({ emulator, expect }) => {
    const body = JSON.stringify({ success: false, errors: [{ code: 1, message: 'no' }, null, 'x'] })
    emulator.injectFault({ on: 'create', kind: 'text', body, effect: false })
    const run = await create(emulator)
    expect(problemsOf(run)[0]).toContain('HTTP status 200: 1 no.')
    expect(operationsOf(emulator)).toEqual(['create'])
  })

  it('a page instead of JSON is told by status and ray alone', async ({ emulator, expect }) => {
    emulator.injectFault({ on: 'create', kind: 'html', status: 403, times: 3 })
    const run = await create(emulator, {}, emulator.clock.skipping())
    expect(problemsOf(run)[0]).toContain('HTTP status 403.')
    expect(run.log).not.toContain('<')
  })

  it('a stack trace shows with debug logging only', async ({ emulator, expect }) => {
    const run = await create(emulator, { 'api-token': TOKENS.none }, { debug: true })
    expect(run.debugLines.join('\n')).toMatch(/^RequestError: .*\n\s+at /m)
    expect(problemsOf(run)).toHaveLength(1)
  })
})
