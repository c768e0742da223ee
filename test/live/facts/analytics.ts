import { fieldNames, formOf } from '../describe-response.ts'
import { type Group, NotAsked } from '../fact.ts'
import { fieldsOf, listOf, type ServiceResponse } from '../request.ts'
import type { Trial } from '../trial.ts'

const TURN = 'https://developers.cloudflare.com/realtime/turn/analytics/'
const ERRORS = 'https://developers.cloudflare.com/analytics/graphql-api/errors/'
const USAGE = '`usage/`: what each key relayed.'
const NOBODY = '0123456789abcdef0123456789abcdef'
const DAY_MS = 86_400_000

interface Question {
  readonly filter?: string
  readonly members?: string
  readonly limit?: number
}

/** Asks what was relayed in the last 30 days. */
function ask(trial: Trial, { filter = '', members = 'sum { egressBytes }', limit = 1 }: Question = {}) {
  const query = `query Usage($account: string!, $from: Time!, $to: Time!) {
    viewer { accounts(filter: { accountTag: $account }) {
      callsTurnUsageAdaptiveGroups(limit: ${limit}, filter: { datetime_geq: $from, datetime_leq: $to ${filter} }) { ${members} }
    } }
  }`
  const [from, to] = [30 * DAY_MS, 0].map(ago => new Date(Date.now() - ago).toISOString())
  const variables = { account: trial.settings.accountId, from, to }
  return trial.api('POST', '/graphql', { body: { query, variables } })
}

function groupsOf({ json }: ServiceResponse): unknown {
  const account = listOf(fieldsOf(fieldsOf(fieldsOf(json).data).viewer).accounts)[0]
  return fieldsOf(account).callsTurnUsageAdaptiveGroups
}

/** What a query gives: the groups in JSON, or that there are errors. */
function outcome(response: ServiceResponse): string {
  const { errors, data } = fieldsOf(response.json)
  if (listOf(errors).length > 0) return `${response.status}, errors, data: ${JSON.stringify(data)}`
  return `${response.status}, ${JSON.stringify(groupsOf(response))}`
}

/** Where nothing was relayed there are no groups whose form could be seen; the query is right all the same. */
async function grouped(trial: Trial): Promise<string | NotAsked> {
  const members = 'dimensions { keyId datetimeHour } sum { egressBytes ingressBytes }'
  const response = await ask(trial, { members })
  const groups = groupsOf(response)
  if (!Array.isArray(groups)) return outcome(response)
  const { dimensions, sum } = fieldsOf(groups[0])
  if (groups.length === 0) return new NotAsked('nothing was relayed in 30 days')
  const hour = formOf(fieldsOf(dimensions).datetimeHour)
  return `${response.status}, ${fieldNames(sum)} by key and ${hour}`
}

async function withPermission(trial: Trial): Promise<string | undefined> {
  const { status, json } = await ask(trial)
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
      probe: async trial => outcome(await ask(trial, { filter: `, keyId: "${NOBODY}"` })),
    },
    {
      name: 'sums by key and hour',
      emulator: '200, egressBytes, ingressBytes by key and 0000-00-00T00:00:00Z',
      why: TURN,
      touches: USAGE,
      probe: grouped,
    },
    {
      name: 'a field that does not exist',
      emulator: '200, errors, data: null',
      why: ERRORS,
      touches: '`usage/`: errors with status 200 fail the step.',
      probe: async trial => outcome(await ask(trial, { members: 'sum { nothing }' })),
    },
    {
      name: 'a limit of 10,000',
      emulator: '200, []',
      why: ERRORS,
      touches: '`usage/`: a list as long as the limit is told of.',
      probe: async trial => outcome(await ask(trial, { limit: 10_000, filter: `, keyId: "${NOBODY}"` })),
    },
    {
      name: 'a limit of 10,001',
      emulator: '200, errors, data: null',
      why: ERRORS,
      touches: '`usage/`: a list as long as the limit is told of.',
      probe: async trial => outcome(await ask(trial, { limit: 10_001, filter: `, keyId: "${NOBODY}"` })),
    },
  ],
}
