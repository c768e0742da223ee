import { getInput } from '@actions/core'
import { isSafeBaseUrl } from './base-url.ts'
import { mask } from './secrets.ts'
import { readWorkflowRun, SECRETS_WITHHELD_HINT } from './workflow-run.ts'

/** The default of inputs for which an empty value is an error. */
const NOT_GIVEN = '(none)'

/**
 * Reads a step's inputs, and collects what is wrong with them. A message repeats the value of an input only where nobody
 * would put a secret.
 */
export class Inputs {
  readonly run = readWorkflowRun(process.env)
  readonly #errors: Error[] = []

  /** Adds an error, a sentence, where a condition holds. */
  addErrorIf(condition: unknown, error: string): void {
    if (condition) this.#errors.push(new Error(error))
  }

  /** @throws AggregateError of all that is wrong. */
  throwIfInvalid(): void {
    if (this.#errors.length > 0) throw new AggregateError(this.#errors)
  }

  /** The input, or else the environment variable, trimmed; empty when there is neither. */
  text(name: string, variable?: string): string {
    const given = getInput(name)
    if (given !== '' || variable === undefined) return given
    return process.env[variable]?.trim() ?? ''
  }

  /** Like `text`, and an error when it is missing. `hint` is a sentence. */
  required(name: string, hint: string, variable?: string): string {
    const value = this.text(name, variable)
    this.addErrorIf(
      value === '',
      `\`${name}\` is missing${variable ? `, and ${variable} is not set either` : ''}. ${hint}`,
    )
    return value
  }

  /** One line of text without control characters, trimmed; empty when not given. */
  line(name: string): string {
    return this.#oneLine(name, this.text(name))
  }

  /** A key's name as it is, spaces at both ends included. White space alone, and line breaks at the end, are nothing. */
  keyName(name: string): string {
    const value = getInput(name, { trimWhitespace: false }).replace(/[\r\n]+$/, '')
    return value.trim() === '' ? '' : this.#oneLine(name, value)
  }

  #oneLine(name: string, value: string): string {
    this.addErrorIf(/\p{Cc}/u.test(value), `\`${name}\` contains a line break or another control character.`)
    return value
  }

  /** A secret that goes into an HTTP header, masked at once. `hint` is for when it is missing, and GitHub withholds none. */
  token(name: string, hint: string, variable?: string): string {
    const value = this.required(name, this.run.secretsWithheld ? SECRETS_WITHHELD_HINT : hint, variable)
    mask(value)
    this.addErrorIf(
      value !== '' && (!/^[\x21-\x7e]+$/.test(value) || /["'`]/.test(value)),
      `\`${name}\` is malformed: it contains quotes, a space, a line break or a character that no token has. Store just the token in the secret.`,
    )
    return value
  }

  /**
   * What must not come out empty, or undefined when not given. The runner gives an input that is not in `with:` its default, so only
   * a default that is not empty tells it from one that an expression left empty, which is an error.
   */
  selector(name: string, read: 'text' | 'line' | 'keyName' = 'text'): string | undefined {
    if (process.env[`INPUT_${name.toUpperCase()}`] === undefined) return undefined
    const value = this[read](name)
    if (value === NOT_GIVEN) return undefined
    this.addErrorIf(value === '', `\`${name}\` is empty: check the expression that it comes from.`)
    return value
  }

  /** One of the choices, or the default when not given. */
  choice<const T extends string>(name: string, choices: readonly T[], defaultValue: T): T {
    const value = this.text(name)
    const choice = choices.find(known => known === (value || defaultValue))
    this.addErrorIf(choice === undefined, `\`${name}\` must be one of ${choices.join(', ')}; it is "${value}".`)
    return choice ?? defaultValue
  }

  /** A whole number within bounds, or undefined when not given. */
  integer(name: string, min: number, max: number, unit: string): number | undefined {
    const value = this.text(name)
    if (value === '') return undefined
    const number = Number(value)
    const isValid = /^\d+$/.test(value) && number >= min && number <= max
    this.addErrorIf(!isValid, `\`${name}\` must be a whole number of ${unit} from ${min} to ${max}; it is "${value}".`)
    return isValid ? number : undefined
  }

  /** `true` or `false` in any case; false when not given. */
  boolean(name: string): boolean {
    const value = this.text(name)
    this.addErrorIf(!/^(true|false|)$/i.test(value), `\`${name}\` must be true or false; it is "${value}".`)
    return value.toLowerCase() === 'true'
  }

  /** A base URL without a slash at its end: https, or http on loopback only, because a token is sent there. */
  baseUrl(name: string, defaultValue: string, given: string = this.text(name)): string {
    const url = given || defaultValue
    this.addErrorIf(
      !isSafeBaseUrl(url),
      `\`${name}\` must be an https URL without user name, query or fragment (http is for loopback only): a token is sent there.`,
    )
    return url.replace(/\/+$/, '')
  }
}
