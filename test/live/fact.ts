import type { Trial } from './trial.ts'

/** What a probe gives when the service cannot be asked, and why. */
export class NotAsked {
  readonly reason: string

  constructor(reason: string) {
    this.reason = reason
  }
}

/** One thing that the emulator and the actions believe of a service. */
export interface Fact {
  readonly name: string
  /** What the emulator says, in the probe's words. */
  readonly emulator: string
  /** What else is no difference: the actions are built for it, where a service varies from moment to moment. */
  readonly alsoRight?: RegExp
  /** The page or report that says so. */
  readonly why: string
  /** What of ours rests on it. */
  readonly touches: string
  /** Asks the service, and says in a few words what it does. No secret, no uid, no time. */
  readonly probe: (trial: Trial) => Promise<string | NotAsked>
}

/** Facts about one thing, and what they need. */
export interface Group {
  readonly title: string
  /** Why the group cannot be asked with these settings; undefined when it can. */
  readonly missing?: (trial: Trial) => string | undefined | Promise<string | undefined>
  /** Whether they are asked side by side, because each waits for long. */
  readonly isConcurrent?: boolean
  readonly facts: readonly Fact[]
}

/** In place of a page, where none says it. */
export const ASSUMED = 'assumed: no page says it'
