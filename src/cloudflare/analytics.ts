import { RequestError, type RequestFailureKind } from '../http/error.ts'
import { isObject, type JsonObject } from '../http/json.ts'
import { MAX_GROUPS, turnUsageQueryText } from './analytics-query.ts'
import { missingPermissionHint } from './hints.ts'
import type { AccountClient } from './keys.ts'
import { requestAndRead } from './request.ts'
import { type ApiResponse, failedResponseError, unexpectedResponseError } from './response.ts'

/** Bytes that were relayed: egress is what Cloudflare sent to TURN clients, and bills; ingress is what it received. */
export interface Traffic {
  readonly egressBytes: number
  readonly ingressBytes: number
}

/** A time span in milliseconds since the epoch, both ends included. */
export interface Period {
  readonly from: number
  readonly to: number
}

/** The traffic of an account, or of some of its keys, in a period. Adaptive sampling makes all of it an estimate. */
export interface TurnUsage {
  readonly total: Traffic
  /** The keys with the most egress first, also keys that no longer exist. */
  readonly keys: readonly (Traffic & { readonly uid: string })[]
  /** `hour` is when it begins, ISO 8601 in UTC. Hours without traffic are left out. */
  readonly hours: readonly (Traffic & { readonly hour: string })[]
  /** There may be more keys, or more hours, than Cloudflare lists at once. */
  readonly isTruncated: boolean
  /** Cloudflare's clock, when it responded: milliseconds since the epoch. */
  readonly serverTime: number
}

/** What the token needs. */
export const ANALYTICS_PERMISSION = 'Account Analytics: Read'

/**
 * Reads how much was relayed in a period, with the keys of some `uids`, or of the whole account. The total is a query of its
 * own, so that it counts what the lists may leave out.
 * https://developers.cloudflare.com/realtime/turn/analytics/
 * @throws RequestError
 */
export async function readTurnUsage(
  account: AccountClient,
  { from, to }: Period,
  uids: readonly string[] | undefined,
): Promise<TurnUsage> {
  const variables = {
    accountTag: account.accountId,
    from: toIsoSeconds(from),
    to: toIsoSeconds(to),
    ...(uids && { uids }),
  }
  const body = { query: turnUsageQueryText(uids !== undefined), variables }
  const operation = 'read the TURN analytics'
  try {
    return await requestAndRead(
      account,
      { operation, method: 'POST', path: '/graphql', body, retryable: true },
      parseUsage,
    )
  } catch (error) {
    throw withHint(error)
  }
}

/** A moment in ISO 8601, UTC and whole seconds, from milliseconds since the epoch. */
export const toIsoSeconds = (time: number): string => `${new Date(time).toISOString().slice(0, 19)}Z`

/** @throws RequestError, also for errors that come with HTTP status 200, as GraphQL's do. */
function parseUsage(response: ApiResponse): TurnUsage {
  const { json, serverTime } = response
  const errors = [json?.errors ?? []].flat()
  if (errors.length > 0) throw failedResponseError(response, kindOf(response.text))
  const viewer = isObject(json?.data) ? json.data.viewer : undefined
  const [account] = isObject(viewer) ? [viewer.accounts].flat() : []
  const unreadable = (): never => {
    throw unexpectedResponseError(response, 'the response has no readable traffic of this account')
  }
  if (!isObject(account)) return unreadable()
  const groupsOf = (list: unknown, dimension: string) =>
    Array.isArray(list) ? list.map((group: unknown) => parseGroup(group, dimension) ?? unreadable()) : unreadable()
  const [total = { egressBytes: 0, ingressBytes: 0 }] = groupsOf(account.total, '')
  const [keys, hours] = [groupsOf(account.keys, 'keyId'), groupsOf(account.hours, 'datetimeHour')]
  return {
    total,
    keys: keys.map(({ name, ...traffic }) => ({ ...traffic, uid: name.toLowerCase() })),
    hours: hours.map(({ name, ...traffic }) => ({ ...traffic, hour: name })),
    isTruncated: keys.length >= MAX_GROUPS || hours.length >= MAX_GROUPS,
    serverTime,
  }
}

/** The traffic of a group, and its value of a dimension as `name`; undefined when it is not readable. */
function parseGroup(group: unknown, dimension: string): (Traffic & { name: string }) | undefined {
  const { sum, dimensions }: JsonObject = isObject(group) ? group : {}
  const { egressBytes, ingressBytes } = isObject(sum) ? sum : {}
  const name = dimension === '' ? '' : isObject(dimensions) ? dimensions[dimension] : undefined
  const isReadable = typeof egressBytes === 'number' && typeof ingressBytes === 'number' && typeof name === 'string'
  if (!isReadable || (dimension === 'datetimeHour' && Number.isNaN(Date.parse(name)))) return undefined
  return { egressBytes, ingressBytes, name }
}

/** By what Cloudflare documents of its words. https://developers.cloudflare.com/analytics/graphql-api/errors/ */
function kindOf(words: string): RequestFailureKind {
  if (/rate limiter budget depleted/i.test(words)) return 'throttled'
  return /try again later|internal server error/i.test(words) ? 'outcome-unknown' : 'rejected'
}

function withHint(error: unknown): unknown {
  if (!(error instanceof RequestError)) return error
  if (/cannot request (data older|a time range)|query time range/i.test(error.message)) {
    return error.withHint('Set a shorter `since`.')
  }
  const isRefused = /not authorized for that account|does not have access to the path/i.test(error.message)
  return isRefused || error.isPermissionRefused ? error.withHint(missingPermissionHint(ANALYTICS_PERMISSION)) : error
}
