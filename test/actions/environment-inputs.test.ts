import { describe } from 'vitest'
import { NOTHING } from '../nothing.ts'
import { PLACES, runCreateWithEnvironment, runDeleteWithEnvironment } from './environment-step.ts'
import { it, problemsOf } from './step.ts'

const NAME_RULE = 'must be a name that GitHub accepts'

/** Inputs (and variables) of the root action, and how each of the problems begins; INPUT is what names the place. */
const CASES: readonly [string, Record<string, string>, string[], Record<string, string>?][] = [
  ['no token', { 'github-token': '' }, ['`github-token` is missing. `INPUT` needs it']],
  ['a token in quotes', { 'github-token': '"quoted"' }, ['`github-token` is malformed']],
  [
    'delete-after-job',
    { 'delete-after-job': 'failure' },
    ['`delete-after-job` cannot be used with `environment`'],
  ],
  ['ttl, and reuse by default', { ttl: '60' }, ['`ttl` cannot be used with `if-exists: reuse`']],
  ['ttl, and reuse', { ttl: '60', 'if-exists': 'reuse' }, ['`ttl` cannot be used with `if-exists: reuse`']],
  ['keep-previous, and reuse by default', { 'keep-previous': '1' }, ['`keep-previous` only works with']],
  ['a digit first', { 'uid-variable': '1A' }, [`\`uid-variable\` ${NAME_RULE}`]],
  ["GitHub's own prefix", { 'key-secret': 'Github_Key' }, [`\`key-secret\` ${NAME_RULE}`]],
  ...[
    'VITE_TURN',
    'next_public_turn',
    'PUBLIC_TURN',
    'REACT_APP_A',
    'Nuxt_Public_A',
    'EXPO_PUBLIC_A',
    'GATSBY_A',
  ].map((name): (typeof CASES)[number] => [
    `a secret that bundlers publish: ${name}`,
    { 'key-secret': name },
    ['`key-secret` must not begin with '],
  ]),
  [
    'paths',
    { 'uid-variable': 'a/b', 'key-secret': '../c' },
    [`\`uid-variable\` ${NAME_RULE}`, `\`key-secret\` ${NAME_RULE}`],
  ],
  ['a template', { 'uid-variable': '{owner}' }, [`\`uid-variable\` ${NAME_RULE}`]],
  ['http', {}, ['`GITHUB_API_URL` must be an https URL'], { GITHUB_API_URL: 'http://github.invalid/api/v3' }],
  ['no repository', {}, ['`INPUT` needs GITHUB_REPOSITORY'], { GITHUB_REPOSITORY: 'octo' }],
]

describe.concurrent.each(PLACES)(
  'with a key in $where, an input that is wrong is named before any request',
  ({ place, selector, at }) => {
    const input = at ? 'environment' : 'store'

    for (const [what, inputs, problems, runner] of CASES) {
      it(what, async ({ emulator, expect }) => {
        const run = await runCreateWithEnvironment(
          emulator,
          { ...place, ...inputs },
          runner ? { runner } : {},
        )
        expect(problemsOf(run)).toEqual(
          problems.map(problem => expect.stringContaining(problem.replace('INPUT', input))),
        )
        expect(run).toMatchObject({ exitCode: 1, outputs: NOTHING, state: NOTHING })
        expect(emulator.requests).toEqual([])
      })
    }

    it('by the delete action too', async ({ emulator, expect }) => {
      const wrong = { ...selector, 'github-token': '', 'key-secret': 'a-b', 'older-than': '1d' }
      expect(problemsOf(await runDeleteWithEnvironment(emulator, wrong))).toEqual([
        expect.stringContaining('`keep-latest` requires `name` or `name-prefix`'),
        expect.stringContaining('`github-token` is missing'),
        expect.stringContaining(`\`key-secret\` ${NAME_RULE}`),
      ])
      expect(emulator.requests).toEqual([])
    })
  },
)

describe.concurrent('the name of an environment', () => {
  it('is one line', async ({ emulator, expect }) => {
    const run = await runCreateWithEnvironment(emulator, { environment: 'a\nb' })
    expect(problemsOf(run)).toEqual([expect.stringContaining('`environment` contains a line break')])
    expect(emulator.requests).toEqual([])
  })
})
