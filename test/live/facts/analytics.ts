import { askUsage, groupsOf, groupsOrErrors, NOBODY, usageQuery } from '../analytics-query.ts'
import { fieldNames, formOf } from '../describe-response.ts'
import { type Group, NotAsked } from '../fact.ts'
import { fieldsOf } from '../request.ts'
import type { Trial } from '../trial.ts'

const TURN = 'https://developers.cloudflare.com/realtime/turn/analytics/'
const ERRORS = 'https://developers.cloudflare.com/analytics/graphql-api/errors/'
const USAGE = '`usage/`: what each key relayed.'

/** Where nothing was relayed there are no groups whose form could be seen; the query is right all the same. */
async function grouped(trial: Trial): Promise<string | NotAsked> {
  const members = 'dimensions { keyId datetimeHour } sum { egressBytes ingressBytes }'
  const response = await askUsage(trial, { members })
  const groups = groupsOf(response)
  if (!Array.isArray(groups)) return groupsOrErrors(response)
  const { dimensions, sum } = fieldsOf(groups[0])
  if (groups.length === 0) return new NotAsked('nothing was relayed in 30 days')
  const hour = formOf(fieldsOf(dimensions).datetimeHour)
  return `${response.status}, ${fieldNames(sum)} by key and ${hour}`
}

async function withPermission(trial: Trial): Promise<string | undefined> {
  const { status, json } = await askUsage(trial)
  const isRefused = status === 403 || JSON.stringify(json ?? '').includes('not authorized')
  return isRefused ? 'the API token lacks Account Analytics: Read' : undefined
}

export const ANALYTICS: Group = {
  title: 'Analytics',
  missing: withPermission,
  facts: [
    {
      name: 'a key that nobody has: nothing relayed',
      emulator: '200, []',
      why: TURN,
      touches: '`usage/`: an empty list is 0 bytes.',
      probe: async trial => groupsOrErrors(await askUsage(trial, { filter: `, keyId: "${NOBODY}"` })),
    },
    {
      name: 'sums by key and hour',
      emulator: '200, egressBytes, ingressBytes by key and 0000-00-00T00:00:00Z',
      why: TURN,
      touches: USAGE,
      probe: grouped,
    },
    {
      name: 'the query of `usage/`: three lists at once',
      emulator: '200, hours, keys, total',
      why: 'https://developers.cloudflare.com/analytics/graphql-api/getting-started/querying-basics/',
      touches: USAGE,
      probe: usageQuery,
    },
    {
      name: 'a field that does not exist',
      emulator: '200, errors, data: null',
      why: ERRORS,
      touches: '`usage/`: errors with status 200 fail the step.',
      probe: async trial => groupsOrErrors(await askUsage(trial, { members: 'sum { nothing }' })),
    },
    {
      name: 'a limit of 10,000',
      emulator: '200, []',
      why: ERRORS,
      touches: '`usage/`: a list as long as the limit is told of.',
      probe: async trial =>
        groupsOrErrors(await askUsage(trial, { limit: 10_000, filter: `, keyId: "${NOBODY}"` })),
    },
    {
      name: 'a limit of 10,001',
      emulator: '200, errors, data: null',
      why: ERRORS,
      touches: '`usage/`: a list as long as the limit is told of.',
      probe: async trial =>
        groupsOrErrors(await askUsage(trial, { limit: 10_001, filter: `, keyId: "${NOBODY}"` })),
    },
  ],
}
