import { setSecret } from '@actions/core'

const secrets = new Set<string>()

/**
 * Registers a secret with the runner's masker, and with `redact`. Must come before anything else is done with it.
 * The log is masked line by line, so each line of a secret is one of its own.
 */
export function mask(secret: string): void {
  for (const part of [secret, ...secret.split(/[\r\n]+/)].map(text => text.trim())) {
    if (part === '' || secrets.has(part)) continue
    setSecret(part)
    secrets.add(part)
  }
}

/** A shorter one would hide parts of every uid. */
const MIN_MASKED_LENGTH = 4

/** The same for what was not made to be a secret, such as a password, unless it is shorter than 4 characters. */
export function maskUnlessShort(secret: string): void {
  if (secret.length >= MIN_MASKED_LENGTH) mask(secret)
}

/**
 * Replaces each masked secret by `***`, also in the form it has in a URL: summaries and annotations reach places where
 * the runner's masker does not.
 */
export function redact(text: string): string {
  let redacted = text
  // The longest first: a secret that is part of another would leave the rest of that one.
  for (const secret of [...secrets].sort((a, b) => b.length - a.length)) {
    redacted = redacted.replaceAll(secret, '***').replaceAll(encodeURIComponent(secret.toWellFormed()), '***')
  }
  return redacted
}
