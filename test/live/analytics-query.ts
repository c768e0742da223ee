import { fieldNames } from './describe-response.ts'
import { fieldsOf, listOf, type ServiceResponse } from './request.ts'
import type { Trial } from './trial.ts'

const DAY_MS = 86_400_000
/** A uid that no key has. */
export const NOBODY = '0123456789abcdef0123456789abcdef'

interface Question {
  readonly filter?: string
  readonly members?: string
  readonly limit?: number
}

/** The last 30 days, in whole seconds. */
function lastDays(): { from: string; to: string } {
  const text = (time: number): string => `${new Date(time).toISOString().slice(0, 19)}Z`
  return { from: text(Date.now() - 30 * DAY_MS), to: text(Date.now()) }
}

/** Asks what was relayed then. */
export function askUsage(
  trial: Trial,
  { filter = '', members = 'sum { egressBytes }', limit = 1 }: Question = {},
) {
  const query = `query Usage($account: string!, $from: Time!, $to: Time!) {
    viewer { accounts(filter: { accountTag: $account }) {
      callsTurnUsageAdaptiveGroups(limit: ${limit}, filter: { datetime_geq: $from, datetime_leq: $to ${filter} }) { ${members} }
    } }
  }`
  const variables = { account: trial.settings.accountId, ...lastDays() }
  return trial.api('POST', '/graphql', { body: { query, variables } })
}

/** The list in a response to it; undefined where there is none. */
export function groupsOf({ json }: ServiceResponse): unknown {
  const account = listOf(fieldsOf(fieldsOf(fieldsOf(json).data).viewer).accounts)[0]
  return fieldsOf(account).callsTurnUsageAdaptiveGroups
}

/** What a query gives: the groups in JSON, or that there are errors. */
export function groupsOrErrors(response: ServiceResponse): string {
  const { errors, data } = fieldsOf(response.json)
  if (listOf(errors).length > 0) return `${response.status}, errors, data: ${JSON.stringify(data)}`
  return `${response.status}, ${JSON.stringify(groupsOf(response))}`
}

/** The query of `usage/`: three lists at once, of the keys that a variable names. */
export async function usageQuery(trial: Trial): Promise<string> {
  const filter = 'filter: { datetime_geq: $from, datetime_leq: $to, keyId_in: $uids }'
  const list = 'callsTurnUsageAdaptiveGroups'
  const query = `query Usage($account: string!, $from: Time!, $to: Time!, $uids: [string!]) {
    viewer { accounts(filter: { accountTag: $account }) {
      total: ${list}(limit: 1, ${filter}) { sum { egressBytes } }
      keys: ${list}(limit: 10000, ${filter}, orderBy: [sum_egressBytes_DESC]) { dimensions { keyId } }
      hours: ${list}(limit: 10000, ${filter}, orderBy: [datetimeHour_ASC]) { dimensions { datetimeHour } }
    } }
  }`
  const variables = { account: trial.settings.accountId, ...lastDays(), uids: [NOBODY] }
  const response = await trial.api('POST', '/graphql', { body: { query, variables } })
  const { errors, data } = fieldsOf(response.json)
  if (listOf(errors).length > 0) return `${response.status}, errors`
  return `${response.status}, ${fieldNames(listOf(fieldsOf(fieldsOf(data).viewer).accounts)[0])}`
}
