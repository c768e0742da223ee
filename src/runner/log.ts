import * as core from '@actions/core'
import { redact } from './secrets.ts'

/** A line in the step's log. */
export function say(text: string): void {
  core.info(plain(text))
}

/** A warning annotation. */
export function warn(text: string): void {
  core.warning(plain(text))
}

/** An error annotation, and a failed step. */
export function fail(text: string): void {
  core.error(plain(text))
  process.exitCode = 1
}

/** A line that only shows when debug logging is on. */
export function debug(text: string): void {
  core.debug(plain(text))
}

/**
 * Text from outside as one harmless line: no secret, no control or invisible formatting character, and nothing that the
 * runner takes for a workflow command. It looks for `##[` anywhere in a line, and for `::` at its start.
 */
export function plain(text: string): string {
  return redact(text)
    .replace(/[\p{Cc}\p{Cf}\u2028\u2029]+/gu, ' ')
    .replaceAll('##[', '## [')
    .replace(/^\s*::/, ': :')
}

/** What an error says; whatever else was thrown, as text. */
export function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error)
}
