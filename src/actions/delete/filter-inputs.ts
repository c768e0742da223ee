import { MAX_KEYS } from '../../cloudflare/keys.ts'
import type { Inputs } from '../../runner/inputs.ts'
import { parseAge } from '../age.ts'

/** Which of the selected keys to keep. `olderThan` is in milliseconds; undefined keeps none for its age. */
export interface KeepLatestAndOlderThan {
  readonly keepLatest: number
  readonly olderThan: number | undefined
}

/** Reads `keep-latest` and `older-than`, which go with some ways to select keys. */
export function readFilters(inputs: Inputs, isByName: boolean, isOrphaned: boolean): KeepLatestAndOlderThan {
  const keepLatest = inputs.selector('keep-latest') ? inputs.integer('keep-latest', 0, MAX_KEYS, 'keys') : undefined
  const olderThan = readAge(inputs)
  inputs.addErrorIf(
    ((isOrphaned ? undefined : olderThan) ?? keepLatest) !== undefined && !isByName,
    '`keep-latest` requires `name` or `name-prefix`, and `older-than` one of these or `orphaned`: set one, or leave the filter out.',
  )
  return { keepLatest: keepLatest ?? 0, olderThan }
}

function readAge(inputs: Inputs): number | undefined {
  const value = inputs.selector('older-than')
  if (!value) return undefined
  const age = parseAge(value)
  inputs.addErrorIf(
    age === undefined,
    `\`older-than\` must be a number of minutes, hours or days, such as 90m, 12h or 7d; it is "${value}".`,
  )
  return age
}
