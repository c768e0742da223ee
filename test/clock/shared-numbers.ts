import { openSync, readSync, writeSync } from 'node:fs'

/** Numbers in a file that two processes have open. Each of them is written and read whole; one never written is 0. */
export class SharedNumbers {
  readonly #file: number
  readonly #number = new Float64Array(1)

  /** @param flags of fopen: `w+` creates the file, `r+` opens one that exists */
  constructor(path: string, flags: 'w+' | 'r+') {
    this.#file = openSync(path, flags)
  }

  read(index: number): number {
    this.#number[0] = 0
    readSync(this.#file, this.#number, 0, 8, index * 8)
    return this.#number[0]
  }

  write(index: number, value: number): void {
    this.#number[0] = value
    writeSync(this.#file, this.#number, 0, 8, index * 8)
  }
}

/** The time of the emulator and its step, in milliseconds since 1970. The step moves it. */
export const NOW = 0
/** How far it may move. The test sets it. */
export const LIMIT = 1
/** Until when the response to a client's port is held back: 0 when it is not, Infinity when none will come. */
export const heldBack = (port: number): number => 2 + port
