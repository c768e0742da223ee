import { describe } from 'vitest'
import { TOKENS } from '../emulator/emulator.ts'
import { create, it, problemsOf } from './create-step.ts'

const SECRET_LIKE = 'pasted-secret-value'
const URL_RULE = 'must be an https URL without user name, query or fragment (http is for loopback only)'

/** Inputs, and how each of the problems begins. */
const CASES: readonly [string, Record<string, string>, string[]][] = [
  [
    'no account',
    { 'account-id': '' },
    ['`account-id` is missing, and CLOUDFLARE_ACCOUNT_ID is not set either'],
  ],
  ['blank account', { 'account-id': ' \t' }, ['`account-id` is missing']],
  [
    'short account',
    { 'account-id': 'abc' },
    ['`account-id` is malformed: it has 3 characters, and should be 32 hex'],
  ],
  ['a token as account', { 'account-id': SECRET_LIKE }, ['`account-id` is malformed: it has 19 characters']],
  ['no hex account', { 'account-id': 'g'.repeat(32) }, ['`account-id` is malformed: it has 32 characters']],
  ['no token', { 'api-token': '' }, ['`api-token` is missing, and CLOUDFLARE_API_TOKEN is not set either']],
  ['a token in quotes', { 'api-token': `"${SECRET_LIKE}"` }, ['`api-token` is malformed: it holds quotes']],
  ['a token of two lines', { 'api-token': `another-line\n${SECRET_LIKE}` }, ['`api-token` is malformed']],
  ['a token with its scheme', { 'api-token': `Bearer ${SECRET_LIKE}` }, ['`api-token` is malformed']],
  ['a token with a strange letter', { 'api-token': `${SECRET_LIKE}é` }, ['`api-token` is malformed']],
  ['a name of two lines', { name: 'a\nb' }, ['`name` holds a line break or another control character']],
  [
    'a name with an escape',
    { name: 'a\u001b[31mb' },
    ['`name` holds a line break or another control character'],
  ],
  [
    'an unknown if-exists',
    { 'if-exists': 'Reuse' },
    ['`if-exists` must be one of create, reuse, replace, fail; it'],
  ],
  [
    'an unknown delete-after-job',
    { 'delete-after-job': 'true' },
    ['`delete-after-job` must be one of never, fail'],
  ],
  ['http', { 'api-url': `http://${SECRET_LIKE}.invalid/v4` }, [`\`api-url\` ${URL_RULE}`]],
  [
    'http to what only looks like loopback',
    { 'api-url': 'http://127.0.0.1.invalid' },
    [`\`api-url\` ${URL_RULE}`],
  ],
  ['a user in a URL', { 'api-url': `https://u:${SECRET_LIKE}@x.invalid` }, [`\`api-url\` ${URL_RULE}`]],
  ['a query in a URL', { 'rtc-url': `https://x.invalid/?${SECRET_LIKE}` }, [`\`rtc-url\` ${URL_RULE}`]],
  ['no URL', { 'api-url': SECRET_LIKE, 'rtc-url': 'ftp://x.invalid' }, ['`api-url` must', '`rtc-url` must']],
  ['ttl of zero', { ttl: '0' }, ['`ttl` must be a whole number of seconds from 1 to 172800; it is "0"']],
  ['ttl of a float', { ttl: '1.5' }, ['`ttl` must be a whole number']],
  [
    'everything at once',
    {
      'account-id': 'x',
      'api-token': 'a b',
      name: 'a\rb',
      'if-exists': '?',
      'delete-after-job': '?',
      ttl: 'x',
    },
    ['`account-id`', '`api-token`', '`name`', '`delete-after-job`', '`if-exists`', '`ttl`'],
  ],
]

describe.concurrent('an input that is wrong is named before any request', () => {
  for (const [what, inputs, problems] of CASES) {
    it(what, async ({ emulator, expect }) => {
      const run = await create(emulator, inputs)
      expect(problemsOf(run)).toEqual(problems.map(problem => expect.stringContaining(problem)))
      expect(run).toMatchObject({ exitCode: 1, outputs: {}, state: {}, files: { summary: '' } })
      expect(run.log).not.toContain(SECRET_LIKE)
      expect(emulator.requests).toEqual([])
    })
  }

  it('leaves nothing to post', async ({ emulator, expect }) => {
    const post = await (await create(emulator, { name: 'a\nb' })).post({ jobStatus: 'failure' })
    expect(post).toMatchObject({ exitCode: 0, annotations: [] })
    expect(post.log).toBe('This step made no TURN key: nothing to clean up.')
  })

  it('http on loopback is let through', async ({ emulator, expect }) => {
    const [, port] = /:(\d+)$/.exec(emulator.origin) ?? []
    for (const host of ['localhost', '127.0.0.1']) {
      const run = await create(emulator, { 'api-url': `http://${host}:${port}/client/v4` })
      expect(run.exitCode).toBe(0)
    }
  })
})

const HINT = 'GitHub withholds secrets from runs for pull requests from forks and of Dependabot'

function pullRequest(name: string, head: unknown) {
  return { event: { name, payload: { pull_request: { number: 1, head } } } }
}

describe.concurrent('a missing token', () => {
  for (const [what, options, isHinted] of [
    ['from a fork', pullRequest('pull_request', { repo: { full_name: 'fork/app' } }), true],
    ['from a deleted fork', pullRequest('pull_request', { repo: null }), true],
    ['by Dependabot', { env: { GITHUB_ACTOR: 'dependabot[bot]' } }, true],
    ['from the repository', pullRequest('pull_request', { repo: { full_name: 'octo/app' } }), false],
    ['for the base', pullRequest('pull_request_target', { repo: { full_name: 'fork/app' } }), false],
    ['on a push', {}, false],
  ] as const) {
    it(`${what}: ${isHinted ? 'GitHub withholds it' : 'check the secret'}`, async ({ emulator, expect }) => {
      const run = await create(emulator, { 'api-token': '' }, options)
      const [problem] = problemsOf(run)
      expect(problem?.includes(HINT)).toBe(isHinted)
      expect(problem?.includes('check the name of the secret')).toBe(!isHinted)
    })
  }

  it('is masked when it is malformed, line by line', async ({ emulator, expect }) => {
    const run = await create(emulator, { 'api-token': `one-${TOKENS.none}\ntwo` })
    expect(run.masks).toContain(`one-${TOKENS.none}`)
    expect(run.masks).toContain('two')
  })
})
