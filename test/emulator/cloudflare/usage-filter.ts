import { isObject } from '../emulated-response.ts'
import { DIMENSIONS, type UsageRow } from './usage-row.ts'

/** `date` is only seen as a filter in the docs. */
const FILTERS = {
  ...DIMENSIONS,
  date: ({ datetime }: UsageRow) => new Date(datetime).toISOString().slice(0, 10),
} as const

/** Whether a value passes a comparison, by what follows the name. https://developers.cloudflare.com/analytics/graphql-api/features/filtering/ */
export const OPERATORS: Readonly<Record<string, (value: string, given: string) => boolean>> = {
  '': (value, given) => value === given,
  _gt: (value, given) => value > given,
  _lt: (value, given) => value < given,
  _geq: (value, given) => value >= given,
  _leq: (value, given) => value <= given,
  _neq: (value, given) => value !== given,
}

export const FILTER_NAMES = Object.keys(FILTERS)

/** A filter of the query, checked against the schema: comparisons that must all hold. */
export type Filter = Readonly<Record<string, unknown>>

/** Whether a row is what a filter is for. */
export function passes(row: UsageRow, filter: Filter): boolean {
  return Object.entries(filter).every(([name, given]) => {
    const several: unknown[] = [given].flat()
    if (name === 'AND') return several.filter(isObject).every(part => passes(row, part))
    if (name === 'OR') return several.filter(isObject).some(part => passes(row, part))
    const [field = '', operator = ''] = name.split(/(?=_)/)
    const value = Object.entries(FILTERS).find(([known]) => known === field)?.[1](row) ?? ''
    if (operator === '_in') return several.includes(value)
    return OPERATORS[operator]?.(value, String(given)) === true
  })
}
