import { describe } from 'vitest'
import type { Emulator } from '../emulator/emulator.ts'
import {
  environmentContents,
  keyOf,
  LOOKS,
  NAME,
  PLACES,
  readsOf,
  runCreateWithEnvironment,
  SECRET,
  seedPair,
  stepsOf,
  UID,
  writesOf,
} from './environment-step.ts'
import { it, problemsOf } from './step.ts'
import { transcript } from './transcript.ts'

describe.concurrent('an environment that is to hold a key', () => {
  it('and holds none: the secret, then the uid', async ({ emulator, expect }) => {
    const run = await runCreateWithEnvironment(emulator)
    expect(transcript(run)).toMatchInlineSnapshot(`
      "exit 0
        Created TURN key "octo/app:staging" (uid <uid 1>, created <time>) in the account <account>, stored in the environment "staging".
      masks
        a value of 20 characters
        a value of 20 characters
        the output key
      outputs
        uid = <uid 1>
        key = ***
        name = octo/app:staging
        created = <time>
        modified = <time>
        outcome = created
      state
        create = {"phase":"published","account":{"accountId":"<account>","token":"***","baseUrl":"https://127.0.0.1:<port>/client/v4"},"name":"octo/app:staging","isJobScoped":false,"deleteAfterJob":"never","uid":"<uid 1>","firstRequestedAt":<milliseconds>,"lastRequestedAt":<milliseconds>,"responseLostAt":0,"reportedUids":""}"
    `)
    expect(stepsOf(emulator)).toEqual([
      ...readsOf('staging'),
      'create',
      'gh-secret-put',
      'gh-variable-post',
      ...LOOKS,
    ])
    expect(environmentContents(emulator)).toEqual(keyOf(emulator, run))
    expect(run.outputs.key).toBe(environmentContents(emulator).secret)
    expect(run.summary).toContain('staging')
    expect((await run.post()).log).toContain(`The TURN key ${run.outputs.uid} is kept.`)

    const again = await runCreateWithEnvironment(emulator)
    expect(again.outputs).toMatchObject({ uid: run.outputs.uid, outcome: 'reused', key: '' })
  })

  it('and holds one: nothing is written', async ({ emulator, expect }) => {
    const { uid, secret } = seedPair(emulator)
    emulator.seedKey({ name: NAME, uid: 'f'.repeat(32) })
    const run = await runCreateWithEnvironment(emulator)
    expect(transcript(run)).toMatchInlineSnapshot(`
      "exit 0
        Reusing TURN key "octo/app:staging" (uid <uid 1>, created <time>) in the account <account>, stored in the environment "staging".
      masks
        a value of 20 characters
        a value of 20 characters
      outputs
        uid = <uid 1>
        key =
        name = octo/app:staging
        created = <time>
        modified = <time>
        outcome = reused"
    `)
    expect(stepsOf(emulator)).toEqual(readsOf('staging'))
    expect(run).toMatchObject({ annotations: [], outputs: { uid, key: '' } })
    expect(environmentContents(emulator)).toEqual({ uid, secret })
    await run.post({ jobStatus: 'failure' })
    expect(writesOf(emulator)).toEqual([])
  })
})

describe.concurrent.each(PLACES)('a pair of $where', ({ place, at, name }) => {
  it('that was written after its time, and under another name, is healthy', async ({ emulator, expect }) => {
    const { uid } = seedPair(emulator, { at, uidAt: '2026-01-01T00:00:01Z' })
    const run = await runCreateWithEnvironment(emulator, { ...place, name: 'another' })
    expect(run.outputs).toMatchObject({ uid, name, outcome: 'reused' })
  })
})

/** How a healthy pair is broken, whether there is a variable then, and whether its key is still there. */
const BROKEN: readonly [string, (emulator: Emulator, uid: string, at: string) => void, boolean, boolean][] = [
  ['the key deleted on Cloudflare', ({ removeKey }, uid) => removeKey(uid), true, false],
  ['the secret missing', ({ github }, _, at) => github.removeSecret(at, SECRET), true, true],
  ['the variable missing', ({ github }, _, at) => github.removeVariable(at, UID), false, true],
  [
    'the variable older than the secret',
    ({ github }, _, at) => github.setSecret(at, SECRET, 'another', '2026-01-01T00:00:01Z'),
    true,
    true,
  ],
  [
    'a variable that holds no uid',
    ({ github }, _, at) => github.setVariable(at, UID, 'hello', '2026-01-01T00:00:01Z'),
    true,
    true,
  ],
]

describe.concurrent.each(PLACES)(
  'a pair of $where that is not healthy is repaired',
  ({ place, at, name }) => {
    for (const [what, breakIt, hasVariable, stays] of BROKEN) {
      it(what, async ({ emulator, expect }) => {
        const { uid } = seedPair(emulator, { at })
        breakIt(emulator, uid, at)
        const run = await runCreateWithEnvironment(emulator, place)
        expect(run).toMatchObject({ exitCode: 0, outputs: { outcome: 'created', name } })
        expect(environmentContents(emulator, at)).toEqual(keyOf(emulator, run))
        expect(run.outputs).toMatchObject({
          uid: environmentContents(emulator, at).uid,
          key: environmentContents(emulator, at).secret,
        })
        const remove = hasVariable ? ['gh-variable-delete'] : []
        expect(writesOf(emulator)).toEqual(['create', ...remove, 'gh-secret-put', 'gh-variable-post'])
        const warnings = problemsOf(run, 'warning')
        const warned = `The TURN key ${uid} is also named "${name}", but nothing shows that its secret is the stored one`
        expect(warnings).toEqual(stays ? [expect.stringContaining(warned)] : [])
        const unknown = `names the TURN key ${uid}, which this account does not have`
        expect(run.log.includes(unknown)).toBe(!stays)
        expect(warnings.join()).toContain(stays ? 'Unless another pair holds it, delete it' : '')
        await run.post()
        expect(emulator.keys().map(key => key.uid)).toEqual(
          stays ? [uid, run.outputs.uid] : [run.outputs.uid],
        )
      })
    }
  },
)

describe.concurrent('an environment', () => {
  for (const environment of ['preview/42', 'feature x', 'a%2Fb?c#{name}']) {
    it(`may be named ${environment}`, async ({ emulator, expect }) => {
      emulator.github.addEnvironment(environment)
      const run = await runCreateWithEnvironment(emulator, { environment })
      expect(run).toMatchObject({ exitCode: 0, outputs: { name: `octo/app:${environment.toLowerCase()}` } })
      expect(environmentContents(emulator, environment)).toEqual(keyOf(emulator, run))
      expect(environmentContents(emulator)).toEqual({ uid: undefined, secret: undefined })
    })
  }

  it('that does not exist is said how to create, and nothing is created', async ({ emulator, expect }) => {
    const run = await runCreateWithEnvironment(emulator, { environment: 'nowhere' })
    expect(transcript(run)).toMatchInlineSnapshot(`
      "exit 1
        Error: The repository octo/app has no environment "nowhere", or \`github-token\` lacks the permission Environments: write. No TURN key was created. Create the environment in the repository's settings, under Environments, or run a job with \`environment:\` once, which creates it on first use. (This action does not: that needs the permission Administration. Private repositories have environments on GitHub Pro, Team and Enterprise only; otherwise use \`store: repository\`.)
      masks
        a value of 20 characters
        a value of 20 characters"
    `)
    expect(stepsOf(emulator)).toEqual([
      'gh-public-key',
      'gh-repo',
      'gh-secret-get',
      'gh-variable-get',
      'list',
    ])
    expect(emulator.github.environment('nowhere')).toBeUndefined()
    expect((await run.post()).annotations).toEqual([])
  })

  it('of a repository that the token cannot see', async ({ emulator, expect }) => {
    const run = await runCreateWithEnvironment(emulator, {}, { runner: { GITHUB_REPOSITORY: 'octo/hidden' } })
    const [problem] = problemsOf(run)
    expect(problem).toContain(
      'Could not read the repository octo/hidden: GitHub responded with HTTP status 404',
    )
    expect(problem).toContain(
      '`github-token` cannot access the repository, or lacks the permission Environments: write',
    )
    expect(writesOf(emulator)).toEqual([])
  })

  it('of an Enterprise Server, and names of its own for the pair', async ({ emulator, expect }) => {
    const names = { 'uid-variable': 'My_Uid', 'key-secret': '_KEY2' }
    emulator.github.setVariable('staging', UID, 'untouched')
    const run = await runCreateWithEnvironment(emulator, names, {
      runner: { GITHUB_API_URL: `${emulator.githubUrl}//` },
    })
    const content = emulator.github.environment('staging')
    expect(content?.variables).toMatchObject({
      MY_UID: { value: run.outputs.uid },
      [UID]: { value: 'untouched' },
    })
    expect(Object.keys(content?.secrets ?? {})).toEqual(['_KEY2'])
    expect(content?.secrets._KEY2?.value).toBe(run.outputs.key)
  })
})
