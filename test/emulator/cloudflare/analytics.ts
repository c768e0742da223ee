import { GraphQLError, type GraphQLResolveInfo, graphqlSync } from 'graphql'
import { type EmulatedResponse, isObject, json, parsed } from '../emulated-response.ts'
import { schema } from './analytics-schema.ts'
import { graphqlErrors } from './envelope.ts'
import type { Usage } from './usage.ts'
import type { Filter } from './usage-filter.ts'
import { DIMENSIONS, type Dimension } from './usage-row.ts'

/** What a query may return of one node at most. */
const MAX_LIMIT = 10_000

/** What a request may see: the account that its token reads analytics of, and the usage. */
interface Access {
  readonly accountId: string | undefined
  readonly usage: Usage
}

/**
 * Responds to a query on the part of Cloudflare's schema that usage needs. An error has status 200 and no data.
 * https://developers.cloudflare.com/analytics/graphql-api/errors/
 */
export function respondToQuery(body: string, access: Access): EmulatedResponse {
  const request = parsed(body)
  const { query, variables } = isObject(request) ? request : {}
  if (typeof query !== 'string')
    return graphqlErrors([{ message: 'query contains error, please review it and retry' }])
  const variableValues = isObject(variables) ? variables : {}
  const { data, errors } = graphqlSync({
    schema,
    source: query,
    variableValues,
    rootValue,
    contextValue: access,
  })
  return errors ? graphqlErrors(errors) : json(200, { data, errors: null })
}

interface GroupsArguments {
  readonly limit: number
  readonly filter?: Filter | null
  readonly orderBy?: readonly string[] | null
}

const rootValue = { viewer: { accounts } }

function accounts({ filter }: { filter: { accountTag: string } }, { accountId, usage }: Access): unknown[] {
  const { accountTag } = filter
  if (accountTag !== accountId) throw new GraphQLError('not authorized for that account')
  const callsTurnUsageAdaptiveGroups = (
    { limit, filter: given, orderBy }: GroupsArguments,
    _: Access,
    info: GraphQLResolveInfo,
  ) => {
    if (limit < 1 || limit > MAX_LIMIT)
      throw new GraphQLError(`limit must be positive number and not greater than ${MAX_LIMIT}`)
    return usage.groups(accountTag, given ?? {}, dimensionsIn(info), orderBy ?? []).slice(0, limit)
  }
  return [{ callsTurnUsageAdaptiveGroups }]
}

/** The dimensions that a query asks for are those that it groups by. */
function dimensionsIn({ fieldNodes }: GraphQLResolveInfo): Dimension[] {
  const members = fieldNodes.flatMap(({ selectionSet }) => selectionSet?.selections ?? [])
  const names = members.flatMap(member => {
    if (member.kind !== 'Field') throw new GraphQLError('fragments are not emulated')
    return member.name.value === 'dimensions' ? (member.selectionSet?.selections ?? []) : []
  })
  return names.flatMap(member => {
    const name = member.kind === 'Field' ? member.name.value : ''
    return Object.keys(DIMENSIONS).filter((known): known is Dimension => known === name)
  })
}
