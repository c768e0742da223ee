import { describe } from 'vitest'
import { TOKENS } from '../emulator/emulator.ts'
import { NOTHING } from '../nothing.ts'
import { runCreateWithEnvironment } from './environment-step.ts'
import { create, it, problemsOf } from './step.ts'

const SECRET_LIKE = 'pasted-secret-value'
const URL_RULE = 'must be an https URL without user name, query or fragment (http is for loopback only)'

/** Inputs that are wrong, and a part of what is said of each. */
const CASES: readonly [string, Record<string, string>, string[]][] = [
  [
    'missing',
    {
      'account-id': '',
      'api-token': '',
      'api-url': `http://${SECRET_LIKE}.invalid/v4`,
      name: 'a\nb',
      ttl: '0',
    },
    [
      '`account-id` is missing, and CLOUDFLARE_ACCOUNT_ID is not set either',
      '`api-token` is missing, and CLOUDFLARE_API_TOKEN is not set either',
      `\`api-url\` ${URL_RULE}`,
      '`name` contains a line break or another control character',
      '`ttl` must be a whole number of seconds from 1 to 172800; it is "0"',
    ],
  ],
  [
    'blank, quoted, coloured, a fraction, only like loopback',
    {
      'account-id': ' \t',
      'api-token': `"${SECRET_LIKE}"`,
      'api-url': 'http://127.0.0.1.invalid',
      name: 'a\u001b[31mb',
      ttl: '1.5',
    },
    [
      '`account-id` is missing',
      '`api-token` is malformed: it contains quotes',
      '`api-url` must',
      '`name` contains',
      '`ttl` must',
    ],
  ],
  [
    'short, of two lines, with a user, unknown words',
    {
      'account-id': 'abc',
      'api-token': `another-line\n${SECRET_LIKE}`,
      'api-url': `https://u:${SECRET_LIKE}@x.invalid`,
      'rtc-url': `https://x.invalid/?${SECRET_LIKE}`,
      'delete-after-job': 'true',
      'if-exists': 'Reuse',
    },
    [
      '`account-id` is malformed: it has 3 characters, and should be 32 hex',
      '`api-token` is malformed',
      `\`api-url\` ${URL_RULE}`,
      '`delete-after-job` must be one of never, failure, always; it is "true"',
      '`if-exists` must be one of create, reuse, replace, fail; it is "Reuse"',
      `\`rtc-url\` ${URL_RULE}`,
    ],
  ],
  [
    'a token for an account, a header for a token, no URLs',
    {
      'account-id': SECRET_LIKE,
      'api-token': `Bearer ${SECRET_LIKE}`,
      'api-url': SECRET_LIKE,
      'rtc-url': 'ftp://x.invalid',
    },
    [
      '`account-id` is malformed: it has 19 characters',
      '`api-token` is malformed',
      '`api-url` must',
      '`rtc-url` must',
    ],
  ],
  [
    'no hex, a strange letter',
    { 'account-id': 'g'.repeat(32), 'api-token': `${SECRET_LIKE}é` },
    ['`account-id` is malformed: it has 32 characters', '`api-token` is malformed'],
  ],
]

describe.concurrent('inputs that are wrong are all named before any request', () => {
  for (const [what, inputs, problems] of CASES) {
    it(what, async ({ emulator, expect }) => {
      const run = await create(emulator, inputs)
      expect(problemsOf(run)).toEqual(problems.map(problem => expect.stringContaining(problem)))
      expect(run).toMatchObject({ exitCode: 1, outputs: NOTHING, state: NOTHING, files: { summary: '' } })
      expect(run.log).not.toContain(SECRET_LIKE)
      expect(emulator.requests).toEqual([])
    })
  }

  it('leaves nothing to post', async ({ emulator, expect }) => {
    const post = await (await create(emulator, { name: 'a\nb' })).post({ jobStatus: 'failure' })
    expect(post).toMatchObject({ exitCode: 0, annotations: [] })
    expect(post.log).toBe('This step left nothing to clean up.')
  })

  it('http on loopback is let through', async ({ emulatorWith, expect }) => {
    const emulator = await emulatorWith({ transport: 'http' })
    const [, port] = /:(\d+)$/.exec(emulator.origin) ?? []
    const run = await create(emulator, { 'api-url': `http://localhost:${port}/client/v4` })
    expect(run.exitCode).toBe(0)
  })
})

const HINT = 'GitHub withholds secrets from runs for pull requests from forks or Dependabot'

function pullRequest(name: string, head: unknown) {
  return { event: { name, payload: { pull_request: { number: 1, head } } } }
}

describe.concurrent('a missing token', () => {
  for (const [what, options, isHinted] of [
    ['from a fork', pullRequest('pull_request', { repo: { full_name: 'fork/app' } }), true],
    ['from a deleted fork', pullRequest('pull_request', { repo: null }), true],
    ['by Dependabot', { runner: { GITHUB_ACTOR: 'dependabot[bot]' } }, true],
    ['from the repository', pullRequest('pull_request', { repo: { full_name: 'octo/app' } }), false],
    ['for the base', pullRequest('pull_request_target', { repo: { full_name: 'fork/app' } }), false],
    ['on a push', {}, false],
  ] as const) {
    it(`${what}: ${isHinted ? 'GitHub withholds it' : 'check the secret'}`, async ({ emulator, expect }) => {
      const run = await create(emulator, { 'api-token': '' }, options)
      const [problem] = problemsOf(run)
      expect(problem?.includes(HINT)).toBe(isHinted)
      expect(problem?.includes("check the secret's name")).toBe(!isHinted)
    })
  }

  it('is masked when it is malformed, line by line', async ({ emulator, expect }) => {
    const run = await create(emulator, { 'api-token': `one-${TOKENS.none}\ntwo` })
    expect(run.masks).toContain(`one-${TOKENS.none}`)
    expect(run.masks).toContain('two')
  })
})

describe.concurrent('a secret of two lines', () => {
  it('is kept out of an error that repeats one of them', async ({ emulator, expect }) => {
    const lines = ['emulator-line-one', 'emulator-line-two']
    emulator.injectFault({ on: 'create', kind: 'fields', set: { secret: lines.join('\n') }, times: 2 })
    for (const message of lines) {
      emulator.injectFault({ on: 'gh-secret-put', kind: 'error', status: 422, message })
      const run = await runCreateWithEnvironment(emulator)
      const printed = run.stdout.replace(/^::add-mask::.*$/gm, '')
      expect(printed).toContain('HTTP status 422: ***')
      expect(printed).not.toContain(message)
    }
  })
})
