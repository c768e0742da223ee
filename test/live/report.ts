import type { Remains } from './remains.ts'
import type { Result } from './run-facts.ts'
import type { Settings } from './settings.ts'

/** What a person can send in. It holds no token, no account and no key. */
export interface Report {
  readonly began: string
  readonly ended: string
  readonly node: string
  readonly services: { readonly cloudflare: string; readonly credentials: string; readonly github?: string }
  /** The signal that ended it early. */
  readonly stoppedBy?: string
  readonly facts: readonly Result[]
  readonly left: readonly string[]
}

export function createReport(
  settings: Settings,
  began: Date,
  facts: readonly Result[],
  remains: Remains,
  stoppedBy: string | undefined,
): Report {
  const { apiUrl: cloudflare, rtcUrl: credentials, github } = settings
  return {
    began: began.toISOString(),
    ended: new Date().toISOString(),
    node: process.version,
    services: { cloudflare, credentials, ...(github && { github: github.url }) },
    ...(stoppedBy !== undefined && { stoppedBy }),
    facts,
    left: remains.left,
  }
}

/** The table, in Markdown, and under it what each difference touches. */
export function tableOf({ facts, left }: Report): string {
  const rows = facts.map(({ group, name, emulator, real, outcome, reason }) => [
    `${group}: ${name}`,
    emulator,
    real ?? `(${reason})`,
    outcome === 'differs' ? '**differs**' : outcome,
  ])
  const differences = facts.filter(({ outcome }) => outcome === 'differs')
  const count = (outcome: Result['outcome']): number => facts.filter(fact => fact.outcome === outcome).length
  return [
    ...aligned([['Fact', 'Emulator', 'Real', 'Result'], ...rows]),
    '',
    `${count('agrees')} agree, ${count('differs')} differ, ${count('not asked')} not asked.`,
    ...differences.flatMap(explained),
    ...left.flatMap(one => ['', `Left behind: ${one}`]),
  ].join('\n')
}

function explained({ group, name, emulator, real, why, touches }: Result): string[] {
  return [
    '',
    `- **${group}: ${name}**`,
    `  - the emulator: ${emulator}`,
    `  - the service: ${real}`,
    `  - why we think so: ${why}`,
    `  - what it touches: ${touches}`,
  ]
}

/** A cell that is longer than this is not padded for: the terminal's lines would be no longer readable. */
const WIDEST = 48

function aligned(rows: readonly (readonly string[])[]): string[] {
  const cells = rows.map(row => row.map(cell => cell.replaceAll(/\s+/g, ' ').replaceAll('|', '\\|')))
  const widths = (cells[0] ?? []).map((_, column) =>
    Math.min(WIDEST, Math.max(...cells.map(row => row[column]?.length ?? 0))),
  )
  const lines = cells.map(row => `| ${row.map((cell, at) => cell.padEnd(widths[at] ?? 0)).join(' | ')} |`)
  const rule = `| ${widths.map(width => '-'.repeat(width)).join(' | ')} |`
  return [lines[0] ?? '', rule, ...lines.slice(1)]
}
