import { isId, malformedId } from '../../cloudflare/id.ts'
import { MOST_KEYS } from '../../cloudflare/keys.ts'
import type { WorkflowEvent } from '../../runner/event.ts'
import { Inputs } from '../../runner/inputs.ts'
import { type AccountInputs, readAccount } from '../account.ts'
import { pullRequestName } from '../key-name.ts'
import { type EnvironmentInputs, readEnvironment } from '../stored-key.ts'

/** Which keys to delete: the one that an environment holds, or as Cloudflare knows them. */
type Selection = KeySelection | { readonly by: 'environment'; readonly environment: EnvironmentInputs }

/** Which of an account's keys to delete. `olderThan` is in milliseconds; an undefined filter lets all through. */
export type KeySelection =
  | { readonly by: 'uid'; readonly uids: readonly string[] }
  | {
      readonly by: 'name' | 'prefix'
      readonly text: string
      readonly keepLatest: number
      readonly olderThan: number | undefined
    }

/** The checked inputs of the delete action. */
export interface DeleteInputs extends AccountInputs {
  readonly selection: Selection
  readonly dryRun: boolean
}

/**
 * Reads and checks the delete action's inputs.
 * @throws InputError with everything that is wrong with them.
 */
export function readDeleteInputs(event: WorkflowEvent): DeleteInputs {
  const inputs = new Inputs()
  const account = readAccount(inputs, event)
  const selection = readSelection(inputs, event)
  const dryRun = inputs.flag('dry-run')
  inputs.check()
  return { ...account, selection, dryRun }
}

function readSelection(inputs: Inputs, event: WorkflowEvent): Selection {
  const uid = inputs.selector('uid')
  const name = inputs.selector('name')
  const prefix = inputs.selector('name-prefix')
  const environment = inputs.selector('environment')
  const given = [uid, name, prefix, environment].filter(value => value !== undefined)
  if (given.length > 1) {
    inputs.problem(
      'Give exactly one of `uid`, `name`, `name-prefix` and `environment`, not several: they say which keys to delete.',
    )
  }
  const filters = readFilters(inputs, (name ?? prefix) !== undefined)
  if (uid !== undefined) return { by: 'uid', uids: readUids(inputs, uid) }
  if (prefix !== undefined) return { by: 'prefix', text: prefix, ...filters }
  if (environment !== undefined) {
    return { by: 'environment', environment: readEnvironment(inputs, environment, event) }
  }
  const text = name ?? pullRequestName(event)
  if (text === undefined) {
    inputs.problem(
      'Nothing says which keys to delete: give `uid`, `name`, `name-prefix` or `environment`, or run on a pull request event to delete its own.',
    )
  }
  return { by: 'name', text: text ?? '', ...filters }
}

function readFilters(
  inputs: Inputs,
  isByName: boolean,
): { keepLatest: number; olderThan: number | undefined } {
  const keepLatest = inputs.wholeNumber('keep-latest', 0, MOST_KEYS, 'keys')
  const olderThan = readAge(inputs)
  if ((keepLatest ?? olderThan) !== undefined && !isByName) {
    inputs.problem(
      '`keep-latest` and `older-than` only go with `name` or `name-prefix`: add one of these, or leave them out.',
    )
  }
  return { keepLatest: keepLatest ?? 0, olderThan }
}

function readUids(inputs: Inputs, text: string): string[] {
  const uids = text.split(/\s+/).filter(Boolean)
  uids.forEach((uid, index) => {
    if (!isId(uid)) inputs.problem(`\`uid\` number ${index + 1} ${malformedId(uid)}`)
  })
  return [...new Set(uids.map(uid => uid.toLowerCase()))]
}

const MILLISECONDS = { m: 60_000, h: 3_600_000, d: 86_400_000 }

function readAge(inputs: Inputs): number | undefined {
  const value = inputs.text('older-than')
  if (value === '') return undefined
  const [, count, unit] = /^(\d{1,6})([mhd])$/.exec(value) ?? []
  if (unit === 'm' || unit === 'h' || unit === 'd') return Number(count) * MILLISECONDS[unit]
  inputs.problem(
    `\`older-than\` must be a number of minutes, hours or days, such as 90m, 12h or 7d; it is "${value}".`,
  )
  return undefined
}
