import { getInput } from '@actions/core'
import { isId, malformedId } from '../cloudflare/id.ts'
import { isBaseUrl } from './base-url.ts'
import { mask } from './secrets.ts'

/** What is wrong with the inputs: all of it, a sentence each. */
export class InputError extends Error {
  override name = 'InputError'
  readonly problems: readonly string[]

  constructor(problems: readonly string[]) {
    super(problems.join(' '))
    this.problems = problems
  }
}

/** The default of inputs that must not come out empty. */
const NOT_GIVEN = '(none)'

/**
 * Reads a step's inputs and gathers what is wrong with them. The value of an input is only repeated in a message where
 * nobody would put a secret.
 */
export class Inputs {
  readonly #problems: string[] = []

  /** Notes what is wrong: a sentence. */
  problem(text: string): void {
    this.#problems.push(text)
  }

  /** @throws InputError when there was a problem. */
  check(): void {
    if (this.#problems.length > 0) throw new InputError(this.#problems)
  }

  /** The input, or else the environment variable, trimmed; empty when there is neither. */
  text(name: string, variable?: string): string {
    const given = getInput(name)
    if (given !== '' || variable === undefined) return given
    return process.env[variable]?.trim() ?? ''
  }

  /** One line of text without control characters; empty when not given. */
  line(name: string): string {
    const value = this.text(name)
    if (/\p{Cc}/u.test(value)) this.problem(`\`${name}\` holds a line break or another control character.`)
    return value
  }

  /** A secret that goes into an HTTP header, masked at once. `advice` is for when it is missing. */
  token(name: string, advice: string, variable?: string): string {
    const value = this.text(name, variable)
    mask(value)
    if (value === '') {
      this.problem(
        `\`${name}\` is missing${variable ? `, and ${variable} is not set either` : ''}. ${advice}`,
      )
    } else if (!/^[\x21-\x7e]+$/.test(value) || /["'`]/.test(value)) {
      this.problem(
        `\`${name}\` is malformed: it holds quotes, a space, a line break or a character that no token has. Store just the token in the secret.`,
      )
    }
    return value
  }

  /** 32 hex digits, as Cloudflare's account ids and uids are. */
  hex(name: string, what: string, variable?: string): string {
    const value = this.text(name, variable)
    if (value === '') {
      this.problem(`\`${name}\` is missing${variable ? `, and ${variable} is not set either` : ''}. ${what}`)
    } else if (!isId(value)) {
      this.problem(`\`${name}\` ${malformedId(value)} ${what}`)
    }
    return value
  }

  /**
   * What tells which keys to delete, or undefined when not given. The runner gives an input that is not in `with:` its
   * default, so only a default that is not empty tells it from one that an expression left empty, which is a problem.
   */
  selector(name: string): string | undefined {
    if (process.env[`INPUT_${name.toUpperCase()}`] === undefined) return undefined
    const value = this.text(name)
    if (value === NOT_GIVEN) return undefined
    if (value === '')
      this.problem(`\`${name}\` is empty: check the expression that it comes from. Nothing is deleted.`)
    return value
  }

  /** One of the choices, or `otherwise` when not given. */
  oneOf<const T extends string>(name: string, choices: readonly T[], otherwise: T): T {
    const value = this.text(name)
    const choice = choices.find(known => known === (value || otherwise))
    if (choice === undefined)
      this.problem(`\`${name}\` must be one of ${choices.join(', ')}; it is "${value}".`)
    return choice ?? otherwise
  }

  /** A whole number within bounds, or undefined when not given. */
  wholeNumber(name: string, least: number, most: number, unit: string): number | undefined {
    const value = this.text(name)
    if (value === '') return undefined
    const number = /^\d{1,15}$/.test(value) ? Number(value) : Number.NaN
    if (number >= least && number <= most) return number
    this.problem(`\`${name}\` must be a whole number of ${unit} from ${least} to ${most}; it is "${value}".`)
    return undefined
  }

  /** `true` or `false`, which is also what an input that is not given means. */
  flag(name: string): boolean {
    return this.oneOf(name, ['false', 'true'], 'false') === 'true'
  }

  /** A base URL without a slash at its end: https, or http on loopback only, because a token is sent there. */
  baseUrl(name: string, otherwise: string, given: string = this.text(name)): string {
    const url = given || otherwise
    if (!isBaseUrl(url)) {
      this.problem(
        `\`${name}\` must be an https URL without user name, query or fragment (http is for loopback only): a token is sent there.`,
      )
    }
    return url.replace(/\/+$/, '')
  }
}
