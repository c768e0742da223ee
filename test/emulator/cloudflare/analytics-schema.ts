import { extendSchema, GraphQLScalarType, GraphQLSchema, parse } from 'graphql'
import { FILTER_NAMES, OPERATORS } from './usage-filter.ts'
import { DIMENSIONS, secondsOf } from './usage-row.ts'

/** What a value that was given stands for; undefined when the type has no such value. */
const SCALARS: Readonly<Record<string, (value: unknown) => unknown>> = {
  string: value => (typeof value === 'string' ? value : undefined),
  uint64: value => (Number.isSafeInteger(value) && Number(value) >= 0 ? value : undefined),
  Time: value =>
    /^\d{4}-\d\d-\d\dT.*Z$/.test(String(value)) ? secondsOf(Date.parse(String(value))) : undefined,
  Date: value => (/^\d{4}-\d\d-\d\d$/.test(String(value)) ? value : undefined),
}

function typeOf(name: string): string {
  return name === 'date' ? 'Date' : name.startsWith('datetime') ? 'Time' : 'string'
}

const dimensions = Object.keys(DIMENSIONS)
const sums = ['egressBytes', 'ingressBytes']
const filters = FILTER_NAMES.flatMap(name => [
  `${name}_in: [${typeOf(name)}!]`,
  ...Object.keys(OPERATORS).map(operator => `${name}${operator}: ${typeOf(name)}`),
])
const orders = [...dimensions, ...sums.map(name => `sum_${name}`)].flatMap(name => [
  `${name}_ASC`,
  `${name}_DESC`,
])

/** Type names are in the style of Cloudflare's, whose own the docs do not show for this dataset. */
const SDL = `
  schema { query: query }
  type query { viewer: viewer }
  type viewer { accounts(filter: AccountFilter_InputObject!): [account!] }
  type account {
    callsTurnUsageAdaptiveGroups(
      limit: uint64!
      filter: AccountCallsTurnUsageAdaptiveGroupsFilter_InputObject
      orderBy: [AccountCallsTurnUsageAdaptiveGroupsOrderBy!]
    ): [AccountCallsTurnUsageAdaptiveGroups!]!
  }
  type AccountCallsTurnUsageAdaptiveGroups {
    dimensions: AccountCallsTurnUsageAdaptiveGroupsDimensions
    sum: AccountCallsTurnUsageAdaptiveGroupsSum
  }
  type AccountCallsTurnUsageAdaptiveGroupsDimensions { ${dimensions.map(name => `${name}: ${typeOf(name)}!`).join(' ')} }
  type AccountCallsTurnUsageAdaptiveGroupsSum { ${sums.map(name => `${name}: uint64!`).join(' ')} }
  enum AccountCallsTurnUsageAdaptiveGroupsOrderBy { ${orders.join(' ')} }
  input AccountFilter_InputObject { accountTag: string! }
  input AccountCallsTurnUsageAdaptiveGroupsFilter_InputObject {
    AND: [AccountCallsTurnUsageAdaptiveGroupsFilter_InputObject!]
    OR: [AccountCallsTurnUsageAdaptiveGroupsFilter_InputObject!]
    ${filters.join(' ')}
  }
`
const scalars = Object.entries(SCALARS).map(
  ([name, coerceInputValue]) => new GraphQLScalarType({ name, coerceInputValue }),
)
/** The part of the schema that the docs of TURN analytics show. https://developers.cloudflare.com/realtime/turn/analytics/ */
export const schema = extendSchema(new GraphQLSchema({ types: scalars }), parse(SDL))
