import type { Recipe } from './workflow.ts'

/** What a recipe promises: of which keys that were there, and after which runs, which are left. */
interface Pledge {
  /** Names of keys made before, oldest first, so many days ago. */
  readonly before?: readonly (readonly [name: string, days: number])[]
  /** The environments that hold the newest key of theirs before. */
  readonly stored?: readonly string[]
  /** The `action` of the pull request event of each run, or anything for another event (default one run). */
  readonly runs?: readonly string[]
  /** The names of the keys that are left. */
  readonly left: readonly string[]
  /** The environments whose stored pair is that of the newest key of theirs; other ones hold none. */
  readonly held?: readonly string[]
}

/** By the title of the recipe; what follows a comma tells several promises of one recipe apart. */
export const PROMISES: Readonly<Record<string, Pledge>> = {
  'README.md: Cloudflare TURN key': { left: [] },
  'README.md: One key per environment': {
    runs: ['first push', 'second push'],
    left: ['octo/app:production', 'octo/app:staging'],
    held: ['staging', 'production'],
  },
  'README.md: A preview per pull request': { runs: ['opened', 'synchronize'], left: ['octo/app#7'] },
  'README.md: A preview per pull request, closed': { runs: ['opened', 'closed'], left: [] },
  'README.md: A new key every month': {
    before: [
      ['octo/app:staging', 60],
      ['octo/app:production', 60],
      ['octo/app:staging', 30],
      ['octo/app:production', 30],
    ],
    left: ['octo/app:production', 'octo/app:production', 'octo/app:staging', 'octo/app:staging'],
    held: ['staging', 'production'],
  },
  'README.md: A weekly sweep': {
    before: [
      ['octo/app#1', 31],
      ['octo/app:staging', 31],
      ['octo/app#2', 29],
    ],
    left: ['octo/app#2', 'octo/app:staging'],
  },
  'credentials/README.md: A preview deployment with a key of its own': {
    runs: ['opened', 'closed'],
    left: [],
  },
  'delete/README.md: Delete Cloudflare TURN keys': {
    before: [
      ['preview', 2],
      ['preview-2', 1],
      ['preview', 0],
    ],
    left: ['preview-2'],
  },
  'delete/README.md: When a pull request is closed': {
    before: [
      ['octo/app#7', 1],
      ['octo/app#70', 1],
    ],
    left: ['octo/app#70'],
  },
  'delete/README.md: Once a week': {
    before: [
      ['octo/app#1', 8],
      ['octo/app:staging', 8],
      ['octo/app#2', 6],
    ],
    left: ['octo/app#2', 'octo/app:staging'],
  },
  'delete/README.md: When an environment goes': {
    before: [
      ['octo/app:staging', 60],
      ['octo/app:production', 30],
      ['octo/app:staging', 30],
    ],
    stored: ['staging', 'production'],
    left: ['octo/app:production', 'octo/app:staging'],
    held: ['production'],
  },
  'delete/README.md: Rotate a key': {
    before: [
      ['production', 60],
      ['production', 30],
    ],
    left: ['production', 'production'],
  },
}

/** The promises of a recipe; credentials come from a stored key, and leave it where it is. */
export function promisesOf({ title }: Recipe): [string, Pledge][] {
  const written = Object.entries(PROMISES).filter(([name]) => name === title || name.startsWith(`${title},`))
  if (written.length > 0 || !title.startsWith('credentials/')) return written
  return [[title, { before: [['stored', 1]], left: ['stored'] }]]
}
