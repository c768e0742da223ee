import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe } from 'vitest'
import {
  PLACES,
  runCreateWithEnvironment,
  runDeleteWithEnvironment,
  seedPair,
  writesOf,
} from '../actions/environment-step.ts'
import { create, it, problemsOf } from '../actions/step.ts'
import { type Emulator, GITHUB_TOKENS, TOKENS } from '../emulator/emulator.ts'
import type { Fault } from '../emulator/faults.ts'
import type { StepRun } from '../github-runner.ts'
import { NOTHING } from '../nothing.ts'

const REPOSITORY = join(import.meta.dirname, '../..')

/** A secret as it is, and as it may be encoded. */
function formsOf(secret: string): string[] {
  const bytes = Buffer.from(secret)
  return [
    secret,
    encodeURIComponent(secret),
    bytes.toString('base64').replace(/=+$/, ''),
    bytes.toString('hex'),
  ]
}

/** Where a secret shows: in what a step printed besides masks, in its summary, annotations and errors. */
function leaksOf({ stdout, stderr, files, annotations }: StepRun, secrets: readonly string[]): string[] {
  const printed = stdout.replace(/^::add-mask::.*$/gm, '')
  const shown = [printed, stderr, files.summary, files.env, files.path, JSON.stringify(annotations)].join(
    '\n',
  )
  return secrets.flatMap(formsOf).filter(form => shown.includes(form))
}

function secretsOf(emulator: Emulator): string[] {
  const minted = emulator.credentials().flatMap(({ username, credential }) => [username, credential])
  return [GITHUB_TOKENS.full, TOKENS.write, ...minted, ...emulator.keys().map(({ secret }) => secret)]
}

const ECHOES: readonly Fault['on'][] = [
  'gh-public-key',
  'gh-variable-get',
  'create',
  'gh-secret-put',
  'gh-variable-delete',
  'gh-variable-post',
]

describe.concurrent.each(PLACES)('no secret of $where shows, in debug mode', ({ place, selector, at }) => {
  it('when all goes well', async ({ emulator, expect }) => {
    seedPair(emulator, { at })
    const run = await runCreateWithEnvironment(
      emulator,
      { ...place, 'if-exists': 'replace', ttl: '60' },
      { debug: true },
    )
    expect(run.exitCode).toBe(0)
    const post = await run.post()
    expect(leaksOf(run, secretsOf(emulator))).toEqual([])
    expect(leaksOf(post, secretsOf(emulator))).toEqual([])
    expect(run.unmasked).toEqual([])
    expect(run.masks).toEqual(
      expect.arrayContaining([TOKENS.write, GITHUB_TOKENS.full, run.outputs.key, run.outputs.credential]),
    )
    const [first, second] = run.stdout.split('\n')
    expect([first, second]).toEqual([`::add-mask::${TOKENS.write}`, `::add-mask::${GITHUB_TOKENS.full}`])
    for (const open of [run.outputs.uid, run.outputs.name, at || 'repository'])
      expect(run.masks).not.toContain(open)
  })

  for (const on of ECHOES) {
    it(`when ${on} repeats the token`, async ({ emulator, expect }) => {
      seedPair(emulator, { at })
      emulator.injectFault({ on, kind: 'echo-secret', status: 403 })
      const run = await runCreateWithEnvironment(
        emulator,
        { ...place, 'if-exists': 'replace' },
        { debug: true },
      )
      const secrets = secretsOf(emulator)
      expect(run.exitCode).toBe(1)
      expect(leaksOf(run, secrets)).toEqual([])
      expect(run.unmasked).toEqual([])
      expect(leaksOf(await run.post({ jobStatus: 'failure' }), secrets)).toEqual([])
      expect(problemsOf(run)).toHaveLength(1)
    })
  }

  it('when delete is told it', async ({ emulator, expect }) => {
    seedPair(emulator, { at })
    emulator.injectFault({ on: 'gh-secret-delete', kind: 'echo-secret', status: 403 })
    const secrets = secretsOf(emulator)
    const run = await runDeleteWithEnvironment(emulator, selector, { debug: true })
    expect(run.exitCode).toBe(1)
    expect(leaksOf(run, secrets)).toEqual([])
    expect(run.stdout.split('\n').slice(0, 2)).toEqual([
      `::add-mask::${TOKENS.write}`,
      `::add-mask::${GITHUB_TOKENS.full}`,
    ])
  })
})

describe.concurrent.each(PLACES)('what is sent for $where', ({ place }) => {
  it('to GitHub holds the key only sealed, and each token goes to its own host', async ({
    emulator,
    expect,
  }) => {
    const run = await runCreateWithEnvironment(emulator, { ...place, 'if-exists': 'replace', ttl: '60' })
    const { key = '' } = run.outputs
    for (const { host, path, headers, body } of emulator.requests) {
      const sent = JSON.stringify({ path, headers, body })
      if (host !== 'rtc') expect(formsOf(key).filter(form => sent.includes(form))).toEqual([])
      expect(sent.includes(TOKENS.write)).toBe(host === 'api')
      expect(sent.includes(GITHUB_TOKENS.full)).toBe(host === 'github')
    }
    const put = emulator.requests.find(({ operation }) => operation === 'gh-secret-put')
    expect(JSON.parse(put?.body ?? '')).toEqual({
      encrypted_value: expect.any(String),
      key_id: expect.any(String),
    })
  })
})

describe.concurrent('a token for GitHub', () => {
  it('without a place to store a key is rejected before any request', async ({ emulator, expect }) => {
    const run = await create(emulator, { 'github-token': GITHUB_TOKENS.full })
    expect(run).toMatchObject({
      exitCode: 1,
      outputs: NOTHING,
      masks: expect.arrayContaining([TOKENS.write]),
    })
    expect(problemsOf(run)).toEqual([expect.stringContaining('neither `environment` nor `store`')])
    expect(emulator.requests).toEqual([])
  })
})

describe.concurrent('the chunks with octokit and libsodium', () => {
  const root = mkdtempSync(join(tmpdir(), 'no-chunks-'))
  for (const part of ['action.yml', 'dist'])
    cpSync(join(REPOSITORY, part), join(root, part), { recursive: true })
  for (const file of readdirSync(join(root, 'dist'))) {
    const path = join(root, 'dist', file)
    const isChunk = /^\d+\.index\.js$/.test(file)
    if (isChunk && /crypto_box_seal|getOctokit/.test(readFileSync(path, 'utf8'))) rmSync(path)
  }
  afterAll(() => rmSync(root, { recursive: true }))

  it('are not loaded without an environment', async ({ emulator, expect }) => {
    const run = await create(emulator, { 'delete-after-job': 'failure' }, { root })
    expect(run).toMatchObject({ exitCode: 0, annotations: [] })
    expect(await run.post({ jobStatus: 'failure' })).toMatchObject({ exitCode: 0, annotations: [] })
    expect(emulator.keys()).toEqual([])
  })

  it('are with one: without them the step fails before a key is created', async ({ emulator, expect }) => {
    const run = await runCreateWithEnvironment(emulator, {}, { root })
    expect(problemsOf(run)).toEqual([expect.stringContaining('index.js')])
    expect(writesOf(emulator)).toEqual([])
  })
})
