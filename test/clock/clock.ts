import { mkdtempSync, rmSync } from 'node:fs'
import type { ServerResponse } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { heldBack, LIMIT, NOW, SharedNumbers } from './shared-numbers.ts'

/** What makes a step share a clock. */
interface SharingStep {
  readonly nodeOptions: string[]
  readonly env: Record<string, string>
}

const POLL_MS = 5
const FOREVER = Number.POSITIVE_INFINITY

/**
 * The time of an emulator. It is real until a step shares it. Then it stands still while anybody works, however slow the
 * machine is, and when the step waits for nothing but time, it skips to the end of that wait. So a time limit of 30
 * seconds or a wait of minutes takes no time, and nothing depends on how fast a process gets on.
 */
export class Clock {
  #folder: string | undefined
  #shared: SharedNumbers | undefined
  #ahead = 0

  /** Milliseconds since 1970. */
  now(): number {
    return this.#shared?.read(NOW) ?? performance.timeOrigin + performance.now() + this.#ahead
  }

  /** Puts it forward, as if so many milliseconds had passed. */
  advance(milliseconds: number): void {
    this.#ahead += milliseconds
    this.#shared?.write(NOW, this.#shared.read(NOW) + milliseconds)
  }

  /** For a step that shares this clock, in main and post: it skips what it waits for. */
  skipping(): SharingStep {
    return this.#share(FOREVER)
  }

  /** The same, for a test that does something while the step waits: time stands still until `pass` or `reach`. */
  stopped(): SharingStep {
    return this.#share(0)
  }

  /** Lets time pass again. */
  pass(): void {
    this.#shared?.write(LIMIT, FOREVER)
  }

  /** Lets time pass up to a moment, and waits until it has come, or `signal` is aborted. */
  async reach(moment: number, signal?: AbortSignal): Promise<void> {
    this.#shared?.write(LIMIT, moment)
    while (this.now() < moment && !signal?.aborted) await wait(POLL_MS)
  }

  /** Holds a response back for so many milliseconds; with Infinity, until the client gives up. */
  async holdBack({ socket }: Pick<ServerResponse, 'socket'>, milliseconds: number): Promise<void> {
    const shared = this.#shared
    if (!shared) return milliseconds < FOREVER ? wait(milliseconds, undefined, { ref: false }) : undefined
    const [cell, until] = [heldBack(socket?.remotePort ?? 0), this.now() + milliseconds]
    shared.write(cell, until)
    while (this.now() < until && socket?.destroyed === false) await wait(POLL_MS, undefined, { ref: false })
    shared.write(cell, 0)
  }

  /** Ends the sharing: a step that a test left behind does not wait for ever. */
  close(): void {
    this.pass()
    if (this.#folder) rmSync(this.#folder, { recursive: true, force: true })
  }

  #share(limit: number): SharingStep {
    this.#folder ??= mkdtempSync(join(tmpdir(), 'clock-'))
    const path = join(this.#folder, 'numbers')
    if (!this.#shared) {
      const shared = new SharedNumbers(path, 'w+')
      shared.write(NOW, Math.floor(this.now()))
      this.#shared = shared
    }
    this.#shared.write(LIMIT, limit)
    return {
      nodeOptions: ['--import', new URL('skip.ts', import.meta.url).href],
      env: { SHARED_CLOCK: path },
    }
  }
}
