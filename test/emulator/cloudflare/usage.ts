import { ACCOUNT_ID } from './tokens.ts'
import { type Filter, passes } from './usage-filter.ts'
import { DIMENSIONS, type Dimension, type UsageRow } from './usage-row.ts'

/** A row as a test gives it: of the account that exists by default, and nothing received, unless it says so. */
export type SeededUsage = Pick<UsageRow, 'keyId' | 'datetime' | 'egressBytes'> & Partial<UsageRow>

/** One group of rows. */
export interface Group {
  readonly dimensions: Readonly<Record<string, string>>
  readonly sum: { readonly egressBytes: number; readonly ingressBytes: number }
}

/** What was relayed, in no order. Adaptive sampling is not emulated: every row counts in full. */
export class Usage {
  #rows: UsageRow[] = []

  seed(row: SeededUsage): void {
    this.#rows.push({ accountId: ACCOUNT_ID, ingressBytes: 0, customIdentifier: '', ...row })
  }

  clear(): void {
    this.#rows = []
  }

  /** The sums of an account's rows that a filter lets through, by dimensions; `orderBy` as `sum_egressBytes_DESC`. */
  groups(accountId: string, filter: Filter, by: readonly Dimension[], orderBy: readonly string[]): Group[] {
    const rows = this.#rows.filter(row => row.accountId === accountId && passes(row, filter))
    const groups = Map.groupBy(rows, row => JSON.stringify(by.map(name => DIMENSIONS[name](row))))
    return [...groups.values()]
      .map(members => groupOf(members, by))
      .sort((a, b) => comparisons(orderBy, by).reduce((order, compare) => order || compare(a, b), 0))
  }
}

function groupOf(rows: readonly UsageRow[], by: readonly Dimension[]): Group {
  const total = (name: 'egressBytes' | 'ingressBytes'): number =>
    rows.reduce((sum, row) => sum + row[name], 0)
  const [first] = rows
  const dimensions = first ? by.map(name => [name, DIMENSIONS[name](first)] as const) : []
  return {
    dimensions: Object.fromEntries(dimensions),
    sum: { egressBytes: total('egressBytes'), ingressBytes: total('ingressBytes') },
  }
}

/** Whatever a query orders by, the dimensions that it groups by come after it. */
function comparisons(orderBy: readonly string[], by: readonly Dimension[]) {
  return [...orderBy, ...by.map(name => `${name}_ASC`)].map(order => {
    const [, name = '', direction] = /^(.*)_(ASC|DESC)$/.exec(order) ?? []
    const sign = direction === 'DESC' ? -1 : 1
    return (a: Group, b: Group): number => sign * compare(orderValue(a, name), orderValue(b, name))
  })
}

function orderValue({ sum, dimensions }: Group, name: string): string | number {
  return { ...dimensions, sum_egressBytes: sum.egressBytes, sum_ingressBytes: sum.ingressBytes }[name] ?? ''
}

function compare(a: string | number, b: string | number): number {
  return a < b ? -1 : a > b ? 1 : 0
}
