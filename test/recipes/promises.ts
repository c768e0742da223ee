import type { Mishap } from './play.ts'
import type { Recipe } from './workflow.ts'

/** What a recipe promises: of which keys that were there, and after which runs, which are left. */
export interface Pledge {
  /** Names of keys created before, oldest first, so many days ago. */
  readonly before?: readonly (readonly [name: string, days: number])[]
  /** Numbers of closed and open pull requests, full names of refs, and ids of completed workflow runs. */
  readonly owners?: {
    readonly closed: readonly number[]
    readonly open: readonly number[]
    readonly refs: readonly string[]
    readonly completed: readonly number[]
  }
  /** The environments that hold the newest key of theirs before. */
  readonly stored?: readonly string[]
  /** How many GB the keys of these names relayed before, this month. */
  readonly relayed?: Readonly<Record<string, number>>
  /** Cloudflare's analytics respond with an error. */
  readonly analyticsFail?: true
  /** What of our actions fails in each run, or warns: the end of its `uses`. */
  readonly problems?: Readonly<Record<string, 'failure' | 'warning'>>
  /** The events of the runs, in the words of `eventOf`, and what goes wrong in them (default one run, and nothing). */
  readonly runs?: readonly (string | readonly [event: string, mishap: Mishap])[]
  /** Nothing of ours runs at all. */
  readonly skipped?: true
  /** The names of the keys that are left. */
  readonly left: readonly string[]
  /** The environments whose stored pair is that of the newest key of theirs; other ones hold none. */
  readonly held?: readonly string[]
  /** Where the Worker has the newest key's pair, or none where no key is left; before, that of the newest that was there. */
  readonly inWorker?: 'secrets' | 'previews'
}

const DEPLOYMENT = 'wrangler@4.164.0 preview --name'
const FAILS = { at: DEPLOYMENT, status: 'failure' } as const
const CANCELLED = { at: DEPLOYMENT, status: 'cancelled' } as const
const SKIPPED = { skipped: true, left: [] } as const
const ENVIRONMENTS = ['octo/app:production', 'octo/app:staging']
const PRODUCTION = {
  before: [['octo/app:production', 1]],
  stored: ['production'],
  left: ['octo/app:production'],
  held: ['production'],
} as const
const PREVIEWS_KEY = 'octo/app worker my-app previews'
const IN_PREVIEWS = { left: [PREVIEWS_KEY], inWorker: 'previews' } as const

/** By the title of the recipe; what follows a comma tells several promises of one recipe apart. */
export const PROMISES: Readonly<Record<string, Pledge>> = {
  'README.md: Cloudflare TURN key': IN_PREVIEWS,
  'README.md: Previews on Workers': { runs: ['push'], ...IN_PREVIEWS },
  'README.md: Previews on Workers, again, and by hand': {
    runs: ['push', 'push', 'workflow_dispatch'],
    ...IN_PREVIEWS,
  },
  'README.md: Previews on Workers (2)': { runs: ['opened', 'synchronize', 'closed'], left: [] },
  'README.md: Previews on Workers (2), fork': { runs: ['fork opened', 'fork closed'], ...SKIPPED },
  'README.md: Previews on Workers (2), Dependabot': {
    runs: ['dependabot opened', 'dependabot closed'],
    ...SKIPPED,
  },
  "docs/previews.md: Rotate the previews' key": {
    before: [
      [PREVIEWS_KEY, 60],
      [PREVIEWS_KEY, 30],
    ],
    runs: ['push', 'schedule', 'push'],
    left: [PREVIEWS_KEY, PREVIEWS_KEY],
    inWorker: 'previews',
  },
  'docs/previews.md: One key per pull request': { runs: ['opened'], left: ['octo/app#7'] },
  'docs/previews.md: One key per pull request, another push': {
    runs: ['opened', 'synchronize'],
    left: ['octo/app#7'],
  },
  'docs/previews.md: One key per pull request, closed': {
    runs: ['opened', 'synchronize', 'closed'],
    left: [],
  },
  'docs/previews.md: One key per pull request, deployment fails': {
    runs: ['opened', ['synchronize', FAILS]],
    left: ['octo/app#7', 'octo/app#7'],
  },
  'docs/previews.md: One key per pull request, deployment cancelled': {
    runs: ['opened', ['synchronize', CANCELLED]],
    left: ['octo/app#7', 'octo/app#7'],
  },
  'docs/previews.md: One key per pull request, mended': {
    runs: ['opened', ['synchronize', FAILS], 'synchronize'],
    left: ['octo/app#7'],
  },
  'docs/previews.md: One key per pull request, never deployed, and the preview cannot be deleted': {
    runs: [
      ['opened', FAILS],
      ['closed', { at: 'preview delete', status: 'failure' }],
    ],
    left: [],
  },
  'docs/previews.md: One key per pull request, fork': { runs: ['fork opened', 'fork closed'], ...SKIPPED },
  'docs/previews.md: One key per pull request, Dependabot': {
    runs: ['dependabot opened', 'dependabot closed'],
    ...SKIPPED,
  },
  'docs/previews.md: Vercel': { runs: ['opened', 'synchronize'], left: ['octo/app#7'] },
  'docs/previews.md: Vercel, closed': { runs: ['opened', 'closed'], left: [] },
  'docs/previews.md: Vercel, fork': { runs: ['fork opened', 'fork closed'], ...SKIPPED },
  'docs/previews.md: Pages': {
    before: [['octo/app:preview', 1]],
    stored: ['preview'],
    runs: ['opened', 'synchronize', 'closed'],
    left: ['octo/app:preview'],
    held: ['preview'],
  },
  'docs/previews.md: Netlify': {
    before: [['octo/app:preview', 1]],
    stored: ['preview'],
    left: ['octo/app:preview'],
    held: ['preview'],
  },
  'docs/previews.md: Pages, fork': { runs: ['fork opened', 'fork closed'], ...SKIPPED },
  'README.md: A key for one test job': { left: [] },
  'README.md: A key for one test job, tests fail': {
    runs: [['opened', { at: 'npm run e2e', status: 'failure' }]],
    left: [],
  },
  'README.md: A key for one test job, fork': { runs: ['fork opened'], skipped: true, left: [] },
  'README.md: A key for one test job, Dependabot': { runs: ['dependabot opened'], skipped: true, left: [] },
  'README.md: One key per environment': {
    runs: ['push', 'push'],
    left: ENVIRONMENTS,
    held: ['staging', 'production'],
  },
  'README.md: One key per environment, rotated': {
    runs: ['push', 'schedule', 'schedule', 'push'],
    left: ['octo/app:production', 'octo/app:production', 'octo/app:staging', 'octo/app:staging'],
    held: ['staging', 'production'],
  },
  'credentials/README.md: Cloudflare TURN credentials': {
    before: [['octo/app:staging', 1]],
    stored: ['staging'],
    left: ['octo/app:staging'],
    held: ['staging'],
  },
  'delete/README.md: Delete Cloudflare TURN keys': {
    before: [
      ['preview', 2],
      ['preview-2', 1],
      ['preview', 0],
    ],
    left: ['preview-2'],
  },
  'delete/README.md: When a branch is deleted': {
    before: [
      ['octo/app@gone', 1],
      ['octo/app@gone-too', 1],
    ],
    left: ['octo/app@gone-too'],
  },
  'delete/README.md: Once a week': {
    before: [
      ['octo/app#1', 31],
      ['octo/app#2', 400],
      ['octo/app@gone', 1],
      ['octo/app@main', 400],
      ['octo/app#2 20-1-0123abcd', 1],
      ['octo/app:staging', 31],
      ['octo/other#1', 31],
      ['a name of its own', 31],
    ],
    owners: { closed: [1], open: [2], refs: ['refs/heads/main'], completed: [20] },
    left: ['a name of its own', 'octo/app#2', 'octo/app:staging', 'octo/app@main', 'octo/other#1'],
  },
  'delete/README.md: Once a week, by hand is a dry run': {
    before: [['octo/app#1', 31]],
    owners: { closed: [1], open: [], refs: [], completed: [] },
    runs: ['workflow_dispatch'],
    left: ['octo/app#1'],
  },
  'delete/README.md: By age': {
    before: [
      ['test-a', 60],
      ['test-a', 40],
      ['test-a', 35],
      ['test-b', 31],
      ['production', 60],
    ],
    left: ['production', 'test-a', 'test-a', 'test-b'],
  },
  'delete/README.md: When an environment goes': {
    before: [
      ['octo/app:staging', 60],
      ['octo/app:production', 30],
      ['octo/app:staging', 30],
    ],
    stored: ['staging', 'production'],
    left: ENVIRONMENTS,
    held: ['production'],
  },
  'delete/README.md: When a Worker no longer needs TURN': {
    before: [[PREVIEWS_KEY, 1]],
    left: [],
    inWorker: 'previews',
  },
  'usage/README.md: Cloudflare TURN usage': { before: [['a', 1]], relayed: { a: 499 }, left: ['a'] },
  'usage/README.md: Cloudflare TURN usage, much': {
    before: [['a', 1]],
    relayed: { a: 500 },
    problems: { usage: 'warning' },
    left: ['a'],
  },
  'usage/README.md: Cloudflare TURN usage, too much': {
    before: [['a', 1]],
    relayed: { a: 900 },
    problems: { usage: 'failure' },
    left: ['a'],
  },
  'usage/README.md: Stop before it costs': {
    before: [
      ['octo/app:production', 1],
      ['octo/app:staging', 1],
      ['octo/app-2:production', 1],
    ],
    relayed: { 'octo/app:production': 50, 'octo/app:staging': 49, 'octo/app-2:production': 900 },
    left: ['octo/app-2:production', 'octo/app:production', 'octo/app:staging'],
  },
  'usage/README.md: Stop before it costs, too much': {
    before: [
      ['octo/app:production', 1],
      ['octo/app:staging', 1],
      ['octo/app@main', 1],
      ['octo/app-2:production', 1],
    ],
    relayed: { 'octo/app:production': 150, 'octo/app:staging': 100 },
    problems: { usage: 'failure' },
    left: ['octo/app-2:production', 'octo/app@main'],
  },
  'usage/README.md: Stop before it costs, no analytics': {
    before: [['octo/app:production', 1]],
    relayed: { 'octo/app:production': 900 },
    analyticsFail: true,
    problems: { usage: 'failure' },
    left: ['octo/app:production'],
  },
  'check/README.md: Check that TURN relays': { left: [] },
  'check/README.md: After a preview of a Worker': { runs: ['opened', 'synchronize'], left: ['octo/app#7'] },
  'check/README.md: After a preview of a Worker, closed': {
    runs: ['opened', 'synchronize', 'closed'],
    left: [],
  },
  'check/README.md: After a preview of a Worker, fork': { runs: ['fork opened', 'fork closed'], ...SKIPPED },
  'check/README.md: After a preview of a Worker, Dependabot': {
    runs: ['dependabot opened', 'dependabot closed'],
    ...SKIPPED,
  },
  'check/README.md: After any other deployment': PRODUCTION,
  'check/README.md: After any other deployment, of a preview': { runs: ['of a preview'], ...SKIPPED },
  'check/README.md: Each night': PRODUCTION,
  'docs/deploy.md: Workers': {
    runs: ['push', 'workflow_dispatch'],
    left: ['octo/app worker my-app'],
    inWorker: 'secrets',
  },
  'docs/deploy.md: Workers, rotated': {
    before: [['octo/app worker my-app', 30]],
    runs: ['push', 'schedule'],
    left: ['octo/app worker my-app'],
    inWorker: 'secrets',
  },
  'docs/deploy.md: Pages': PRODUCTION,
  'docs/deploy.md: Vercel': PRODUCTION,
  'docs/deploy.md: Netlify': PRODUCTION,
  'docs/deploy.md: Fly.io': PRODUCTION,
  'docs/deploy.md: Kubernetes': PRODUCTION,
  'docs/deploy.md: Without environments': { runs: ['push', 'push'], left: ['octo/app'] },
}

/** The promises of a recipe. */
export function promisesOf({ title }: Recipe): [string, Pledge][] {
  return Object.entries(PROMISES).filter(([name]) => name === title || name.startsWith(`${title},`))
}
