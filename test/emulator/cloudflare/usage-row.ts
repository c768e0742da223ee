/** What was relayed with one key at one moment. */
export interface UsageRow {
  readonly accountId: string
  /** The uid of the key, whether or not it still exists. */
  readonly keyId: string
  /** ISO 8601. */
  readonly datetime: string
  readonly egressBytes: number
  readonly ingressBytes: number
  readonly customIdentifier: string
}

/** The dimensions that the docs list, but for the location and the user name: how each is read from a row. */
export const DIMENSIONS = {
  datetime: ({ datetime }: UsageRow) => secondsOf(Date.parse(datetime)),
  datetimeMinute: ({ datetime }: UsageRow) => startOf(datetime, 1),
  datetimeFiveMinutes: ({ datetime }: UsageRow) => startOf(datetime, 5),
  datetimeFifteenMinutes: ({ datetime }: UsageRow) => startOf(datetime, 15),
  datetimeHour: ({ datetime }: UsageRow) => startOf(datetime, 60),
  keyId: ({ keyId }: UsageRow) => keyId,
  customIdentifier: ({ customIdentifier }: UsageRow) => customIdentifier,
} as const

export type Dimension = keyof typeof DIMENSIONS

/** A time as the docs show it: without fractions of a second. */
export function secondsOf(time: number): string {
  return `${new Date(time).toISOString().slice(0, 19)}Z`
}

function startOf(datetime: string, minutes: number): string {
  const length = minutes * 60_000
  return secondsOf(Math.floor(Date.parse(datetime) / length) * length)
}
