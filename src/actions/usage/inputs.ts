import { ANALYTICS_PERMISSION } from '../../cloudflare/analytics.ts'
import type { Account } from '../../cloudflare/keys.ts'
import type { NameSelector } from '../../cloudflare/select-keys.ts'
import { Inputs } from '../../runner/inputs.ts'
import { readAccount } from '../account.ts'
import { parseAge } from '../age.ts'
import { readUids } from '../uids.ts'
import { parseBytes } from './bytes.ts'
import type { Since } from './period.ts'

/** Which keys count: those of the whole account, some by their uid, or some by their name. */
export type UsageSelection =
  | { readonly by: 'account' }
  | { readonly by: 'uid'; readonly uids: readonly string[] }
  | NameSelector

/** The checked inputs of the usage action. The limits are bytes of egress. */
export interface UsageInputs {
  readonly account: Account
  readonly selection: UsageSelection
  readonly since: Since
  readonly warnAt: number | undefined
  readonly failAt: number | undefined
}

/** Reads and checks the usage action's inputs. @throws AggregateError of all that is wrong with them. */
export function readUsageInputs(): UsageInputs {
  const inputs = new Inputs()
  const read: UsageInputs = {
    account: readAccount(inputs, ANALYTICS_PERMISSION),
    selection: readSelection(inputs),
    since: readSince(inputs),
    warnAt: readLimit(inputs, 'warn-at'),
    failAt: readLimit(inputs, 'fail-at'),
  }
  inputs.throwIfInvalid()
  return read
}

function readSelection(inputs: Inputs): UsageSelection {
  const uid = inputs.selector('uid')
  const name = inputs.selector('name', 'keyName')
  const prefix = inputs.selector('name-prefix', 'keyName')
  inputs.addErrorIf(
    [uid, name, prefix].filter(value => value !== undefined).length > 1,
    'Set at most one of `uid`, `name` and `name-prefix`: they say which keys count.',
  )
  if (uid !== undefined) return { by: 'uid', uids: readUids(inputs, uid) }
  if (name !== undefined) return { by: 'name', text: name }
  return prefix === undefined ? { by: 'account' } : { by: 'prefix', text: prefix }
}

const MAX_AGE = 31 * 86_400_000

function readSince(inputs: Inputs): Since {
  const value = inputs.text('since') || 'month'
  if (value === 'month') return 'month'
  const age = parseAge(value) ?? 0
  inputs.addErrorIf(
    age === 0 || age > MAX_AGE,
    `\`since\` must be month, or a number of minutes, hours or days up to 31d, such as 24h; it is "${value}".`,
  )
  return age
}

/** Empty is an error: it would be no limit at all. */
function readLimit(inputs: Inputs, name: string): number | undefined {
  const value = inputs.selector(name)
  if (value === undefined) return undefined
  const limit = parseBytes(value)
  inputs.addErrorIf(
    value !== '' && limit === undefined,
    `\`${name}\` must be a whole number of MB, GB or TB, such as 500MB, 100GB or 1TB; it is "${value}".`,
  )
  return limit
}
