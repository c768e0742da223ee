/** How many groups Cloudflare lists at most. */
export const MAX_GROUPS = 10_000

/**
 * The GraphQL query for the traffic of an account, or of the keys that the variable `uids` lists.
 * https://developers.cloudflare.com/realtime/turn/analytics/
 */
export function turnUsageQueryText(hasUids: boolean): string {
  const filter = `filter: { datetime_geq: $from, datetime_leq: $to${hasUids ? ', keyId_in: $uids' : ''} }`
  const sum = 'sum { egressBytes ingressBytes }'
  return `query TurnUsage($accountTag: string!, $from: Time!, $to: Time!${hasUids ? ', $uids: [string!]' : ''}) {
  viewer {
    accounts(filter: { accountTag: $accountTag }) {
      total: callsTurnUsageAdaptiveGroups(limit: 1, ${filter}) { ${sum} }
      keys: callsTurnUsageAdaptiveGroups(limit: ${MAX_GROUPS}, ${filter}, orderBy: [sum_egressBytes_DESC]) { dimensions { keyId } ${sum} }
      hours: callsTurnUsageAdaptiveGroups(limit: ${MAX_GROUPS}, ${filter}, orderBy: [datetimeHour_ASC]) { dimensions { datetimeHour } ${sum} }
    }
  }
}`
}
