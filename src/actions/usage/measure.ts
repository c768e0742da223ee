import {
  ANALYTICS_PERMISSION,
  type Period,
  readTurnUsage,
  type Traffic,
  type TurnUsage,
} from '../../cloudflare/analytics.ts'
import { missingPermissionHint } from '../../cloudflare/hints.ts'
import type { AccountClient, ListedTurnKey } from '../../cloudflare/keys.ts'
import { type NameSelector, selectKeys } from '../../cloudflare/select-keys.ts'
import { awaitAllOrThrowRefusalFirst } from '../../http/await-all.ts'
import { RequestError } from '../../http/error.ts'
import { monotonicEpochMs } from '../../http/time.ts'
import { warning } from '../../runner/log.ts'
import { listKeysAndWarnIfNearlyFull } from '../account.ts'
import type { UsageInputs } from './inputs.ts'
import { hasClockSkew, periodUntil, type Since } from './period.ts'

/** What was relayed, when, and with which keys. */
export interface MeasuredUsage extends Omit<TurnUsage, 'keys' | 'serverTime'> {
  readonly period: Period
  readonly keys: readonly KeyUsage[]
  /** What a key without a name is. */
  readonly unnamed: 'deleted' | 'name not read'
}

/** The traffic of one key. `name` is undefined when the key no longer exists, or the keys cannot be listed. */
export interface KeyUsage extends Traffic {
  readonly uid: string
  readonly name: string | undefined
}

const NO_TRAFFIC = {
  total: { egressBytes: 0, ingressBytes: 0 },
  keys: [],
  hours: [],
  isTruncated: false,
  unnamed: 'deleted',
} as const
const LIST_PERMISSION = `Calls: Read, beside ${ANALYTICS_PERMISSION},`

/** Measures what the selected keys relayed. @throws RequestError */
export function measureUsage(client: AccountClient, { selection, since }: UsageInputs): Promise<MeasuredUsage> {
  if (selection.by === 'name' || selection.by === 'prefix') return measureNamed(client, selection, since)
  return measureByUid(client, selection.by === 'uid' ? selection.uids : undefined, since)
}

async function measureNamed(client: AccountClient, selection: NameSelector, since: Since): Promise<MeasuredUsage> {
  const list = await listKeysAndWarnIfNearlyFull(client).catch((error: unknown) => {
    throw withListHint(error, '`name` and `name-prefix` need the list of keys.')
  })
  const keys = selectKeys(selection, list.keys)
  if (keys.length > 0) {
    const uids = keys.map(({ uid }) => uid)
    return withNames(await readUsage(client, since, uids), keys)
  }
  const { by, text } = selection
  warning(
    `No TURN key of the account ${client.accountId} has ${by === 'name' ? 'the name' : 'a name that begins with'} "${text}", so there is nothing to count, and no limit is reached: check the name. Deleted keys have none.`,
  )
  return { ...NO_TRAFFIC, period: periodUntil(list.serverTime, since) }
}

/** Names are only for the reader: without them there is a warning, and the uids. */
async function measureByUid(
  client: AccountClient,
  uids: readonly string[] | undefined,
  since: Since,
): Promise<MeasuredUsage> {
  const listing = listKeysAndWarnIfNearlyFull(client).catch((error: unknown) => {
    if (error instanceof RequestError) return withListHint(error, 'The names need the list of keys.')
    throw error
  })
  const [usage, list] = await awaitAllOrThrowRefusalFirst([readUsage(client, since, uids), listing])
  if (!(list instanceof RequestError)) return withNames(usage, list.keys)
  warning(`The keys are reported by uid alone. ${list.message}`)
  return { ...withNames(usage, []), unnamed: 'name not read' }
}

const withListHint = <T>(error: T, purpose: string): T | RequestError =>
  error instanceof RequestError && error.isPermissionRefused
    ? error.withHint(`${purpose} ${missingPermissionHint(LIST_PERMISSION, error.codes)}`)
    : error

function withNames({ serverTime: _, keys, ...usage }: Usage, known: readonly ListedTurnKey[]): MeasuredUsage {
  const names = new Map(known.map(({ uid, name }) => [uid, name]))
  return { ...usage, unnamed: 'deleted', keys: keys.map(key => ({ ...key, name: names.get(key.uid) })) }
}

type Usage = TurnUsage & { readonly period: Period }

/** By this machine's clock, and once more by Cloudflare's where the two differ. */
async function readUsage(client: AccountClient, since: Since, uids: readonly string[] | undefined): Promise<Usage> {
  const period = periodUntil(monotonicEpochMs(), since)
  const usage = await readTurnUsage(client, period, uids)
  if (!hasClockSkew(period, usage.serverTime, since)) return { ...usage, period }
  const corrected = periodUntil(usage.serverTime, since)
  return { ...(await readTurnUsage(client, corrected, uids)), period: corrected }
}
