import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { parse } from 'yaml'
import { DOCUMENTS, yamlBlocks } from '../workflows/blocks.ts'
import { asWorkflow, checkWorkflow } from '../workflows.ts'
import { fields, type Job, type Recipe, readRecipes } from './workflow.ts'

const ROOT = join(import.meta.dirname, '../..')
const OWN = /^[^/]+\/cloudflare-turn-key(\/|@)/
const CHECKOUT = 'actions/checkout@'
/** The newest release of each action that a document names. Our own workflows use the same. */
const PINS = [
  'actions/checkout@3d3c42e5aac5ba805825da76410c181273ba90b1 # v7.0.1',
  'actions/create-github-app-token@bcd2ba49218906704ab6c1aa796996da409d3eb1 # v3.2.0',
  'actions/setup-node@820762786026740c76f36085b0efc47a31fe5020 # v7.0.0',
  'step-security/harden-runner@b09bb98e06d4d774595224525879c09bc6e98c40 # v2.20.1',
  'superfly/flyctl-actions/setup-flyctl@ed8efb33836e8b2096c7fd3ba1c8afe303ebbff1 # 1.6',
]
const read = (file: string): string => readFileSync(join(ROOT, file), 'utf8')
const blocks = DOCUMENTS.flatMap(file => yamlBlocks(read(file)).map(block => ({ file, ...block })))
const recipes = DOCUMENTS.flatMap(file => readRecipes(file, read(file)))

function usesOf(text: string): string[] {
  return [...text.matchAll(/^\s*(?:- )?uses: (.*)$/gm)].map(([, uses = '']) => uses)
}

/** Whether a job runs or deploys what the repository brings. */
function usesRepository({ steps }: Job): boolean {
  const scripts = steps.map(({ run }) => run).join('\n')
  return /\bnpm (ci|run)\b|\bpreview --name\b|\bkubectl apply\b|(@[\d.]+|pages|flyctl) deploy\b/.test(scripts)
}

function onPullRequest({ triggers }: Recipe): boolean {
  return 'pull_request' in triggers
}

test.each(blocks)('$file, line $line names actions by the commit of their newest release', ({ text }) => {
  for (const uses of usesOf(text)) if (!OWN.test(uses)) expect(PINS).toContain(uses)
})

/** Before the first release there is no commit to name. */
test('the documents name our own actions by v1, or all by the commit of one release', () => {
  const own = blocks.flatMap(({ text }) => usesOf(text)).filter(uses => OWN.test(uses))
  const refs = new Set(own.map(uses => uses.replace(/^[^@]+@/, '')))
  expect([...refs]).toEqual([expect.stringMatching(/^(v1|[0-9a-f]{40} # v1\.\d+\.\d+)$/)])
})

test('our own workflows name the same', () => {
  const files = globSync('.github/workflows/*.yml', { cwd: ROOT })
  const uses = files.flatMap(file => usesOf(read(file)))
  for (const pin of PINS) {
    const [name] = pin.split('@')
    for (const one of uses.filter(other => other.startsWith(`${name}@`))) expect(one).toBe(pin)
  }
})

test('the documents say where npm brings no Node 24', () => {
  const { optionalDependencies } = fields(JSON.parse(read('package.json')))
  const platforms = Object.keys(fields(optionalDependencies)).map(name => name.split('-')[1])
  expect([...new Set(platforms)].sort()).toEqual(['linux', 'win'])
  expect(read('README.md')).toContain('Node 20 or newer, on macOS Node 24')
  expect(read('CONTRIBUTING.md')).toContain('Node 24 for Linux and Windows; on macOS install Node 24')
})

test('no recipe stands twice', () => expect(new Set(blocks.map(({ text }) => text)).size).toBe(blocks.length))

test('README.md shows one step, and its recipes are whole files', () => {
  const [step, ...whole] = blocks.filter(({ file }) => file === 'README.md')
  expect(step?.text.trim().split('\n')).toHaveLength(6)
  expect(whole).toHaveLength(4)
  for (const { text } of whole) {
    expect(Object.keys(fields(parse(text)))).toEqual(['name', 'on', 'permissions', 'jobs'])
    expect(fields(parse(text)).permissions).toEqual({})
  }
})

test('README.md has at most 1,500 words, and says within 110 each what this is and how to set up', () => {
  // Once there is a release, its version stands behind each use of ours.
  const words = (text: string): number =>
    text
      .replaceAll(/ # v1\..*$/gm, '')
      .split(/\s+/)
      .filter(Boolean).length
  const [before = '', setup = ''] = read('README.md').split(/^## .*$/m)
  expect(words(read('README.md'))).toBeLessThanOrEqual(1500)
  expect(words(before)).toBeLessThan(110)
  expect(words(setup)).toBeLessThan(110)
})

test('the first preview on Workers takes at most 8 steps', () => {
  const steps = [...read('README.md').matchAll(/^(\d+)\. /gm)].map(([, number]) => Number(number))
  expect(steps).toEqual(steps.map((_, index) => index + 1))
  expect(steps.length).toBeLessThanOrEqual(8)
})

const DEPENDABOT = /^ +&& github\.event\.pull_request\.user\.login != 'dependabot\[bot\]'\n/gm
const ENVIRONMENT = /^ +environment: production\n/gm

test.each([
  ['dependabot[bot]', DEPENDABOT],
  ['environment: production', ENVIRONMENT],
])('a workflow without its line %s is whole, as the documents say', async (words, line) => {
  const having = blocks.filter(({ text }) => text.includes(words))
  expect(having).not.toEqual([])
  for (const { text } of having) {
    const without = text.replaceAll(line, '')
    expect(without).not.toContain(words)
    expect(await checkWorkflow(asWorkflow(without), ROOT)).toEqual([])
  }
})

test.each(blocks.filter(({ file }) => file === 'docs/deploy.md'))(
  'docs/deploy.md, line $line is short',
  ({ text }) => {
    expect(text.trim().split('\n').length).toBeLessThanOrEqual(46)
  },
)

for (const recipe of recipes) {
  describe(recipe.title, () => {
    for (const job of recipe.jobs) {
      const scripts = job.steps.map(({ run }) => run)
      if (usesRepository(job))
        test(`${job.id} checks the repository out`, () => {
          const [first] = job.steps
          expect(first?.uses).toContain(CHECKOUT)
          expect(first?.inputs).toMatchObject({ 'persist-credentials': false })
          expect(job.permissions).toMatchObject({ contents: 'read' })
        })

      test(`${job.id} pins the tools of others, installs before it runs, and has Node for them`, () => {
        const text = scripts.join('\n')
        for (const [, rest] of text.matchAll(/\bnpx (.*)/g))
          expect(rest).toMatch(/^--yes [\w-]+@\d+\.\d+\.\d+ /)
        if (/\bnpm run\b/.test(text)) expect(scripts.find(Boolean)).toBe('npm ci')
        if (/\bnpx\b/.test(text))
          expect(job.steps.map(({ uses }) => uses).join()).toContain('actions/setup-node@')
      })

      for (const { run, shell, env } of job.steps) {
        if (fields(env).TURN_KEY_API_TOKEN !== undefined)
          test(`${job.id} refuses an empty pair before it does anything`, () => {
            const [first = ''] = run.split('\n')
            expect(first).toMatch(/^: "\$\{TURN_KEY_ID:\?.+\}" "\$\{TURN_KEY_API_TOKEN:\?.+\}"$/)
          })
        if (/^[^|]*[^|]\|[^|]/m.test(run.replaceAll(/'[^']*'/g, "''")))
          test(`${job.id} fails with the first part of a pipe`, () => {
            expect(shell).toBe('bash')
          })
      }

      test(`${job.id} puts no expression into a script`, () => {
        for (const { run } of job.steps) expect(run).not.toContain('${{')
      })

      if (onPullRequest(recipe))
        test(`${job.id} leaves out forks and Dependabot, and production`, () => {
          expect(scripts.join('\n')).not.toMatch(/--prod\b|--branch main|wrangler@\S+ deploy|\bproduction\b/)
          expect(job.environment).not.toBe('production')
          expect(job.condition).toContain(
            'github.event.pull_request.head.repo.full_name == github.repository',
          )
          expect(job.condition).toContain("github.event.pull_request.user.login != 'dependabot[bot]'")
        })
    }
  })
}

test('docs/behaviour.md lets harden-runner pass each host that an action.yml names, and GitHub', () => {
  const [block] = yamlBlocks(read('docs/behaviour.md'))
  const allowed = block?.text.match(/^ +\S+:443$/gm)?.map(line => line.trim())
  const named = globSync(['action.yml', '*/action.yml'], { cwd: ROOT }).flatMap(file => [
    ...read(file).matchAll(/^ +default: https:\/\/([^/\s]+)/gm),
  ])
  const hosts = [...named.map(([, host]) => host), 'api.github.com', 'github.com']
  expect(allowed?.toSorted()).toEqual([...new Set(hosts)].map(host => `${host}:443`).toSorted())
})

/** What the table of docs/troubleshooting.md says that the log says, but for Cloudflare's own codes. */
const [table = ''] = read('docs/troubleshooting.md').split(/^## /m)
const rows = table.matchAll(/^\| (?!The log says|---|`\d)(.*?) \| /gm)
const quotes = [...rows].flatMap(([, cell = '']) => cell.split(/ … (?:or )?|…/))

test.each(quotes)('docs/troubleshooting.md: %s is what a log says', quote => {
  const sources = globSync('src/**/*.ts', { cwd: ROOT }).map(read).join('\n').replaceAll('\\`', '`')
  const pattern = quote
    .trim()
    .split(/\s*`[^`]*`\s*/)
    .filter(Boolean)
  for (const words of pattern) expect(sources).toContain(words)
  expect(pattern).not.toEqual([])
})
