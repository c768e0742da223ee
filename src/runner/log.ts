import * as core from '@actions/core'
import { redact } from './secrets.ts'

/** A line in the step's log. */
export const info = (text: string): void => core.info(sanitize(text))

/** A warning annotation. */
export const warning = (text: string): void => core.warning(sanitize(text))

/** An error annotation, and a failed step. */
export function setFailed(text: string): void {
  core.error(sanitize(text))
  process.exitCode = 1
}

/** A line that only shows when debug logging is on. */
export const debug = (text: string): void => core.debug(sanitize(text))

/**
 * Text from outside as one harmless line: no secret, no control or invisible formatting character, and nothing that the
 * runner takes for a workflow command. It looks for `##[` anywhere in a line, and for `::` at its start.
 */
export function sanitize(text: string): string {
  return redact(text)
    .replace(/[\p{Cc}\p{Cf}\u2028\u2029]+/gu, ' ')
    .replaceAll('##[', '## [')
    .replace(/^\s*::/, ': :')
}

/** The message of an error, or as text whatever else was thrown; with a full stop, as other sentences may follow. */
export const messageOf = (thrown: unknown): string =>
  (thrown instanceof Error ? thrown.message : String(thrown)).replace(/\w$/, '$&.')

const MAX_UIDS = 40

/** Uids for an annotation, which the runner cuts at 4,096 characters: as many as fit. The log then lists them all. */
export function logAndTruncateUids(uids: readonly string[]): string {
  if (uids.length <= MAX_UIDS) return uids.join(', ')
  info(`All ${uids.length}: ${uids.join(', ')}.`)
  return `${uids.slice(0, MAX_UIDS).join(', ')}, and ${uids.length - MAX_UIDS} more (the log lists them)`
}
