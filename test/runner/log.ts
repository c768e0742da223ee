import { type Command, parseCommand } from './command.ts'
import { createMasker, type Masker } from './masker.ts'

/** A line that GitHub also shows outside the log; the message is unescaped and not masked. */
export interface Annotation {
  readonly level: 'error' | 'warning' | 'notice'
  readonly message: string
}

const LABELS = { error: 'Error', warning: 'Warning', notice: 'Notice' } as const

/** Reads a step's output line by line and keeps what the runner makes of it. */
export class Log {
  readonly masker: Masker
  /** As the run page shows them. */
  readonly lines: string[] = []
  readonly annotations: Annotation[] = []
  readonly debugLines: string[] = []
  readonly masks = new Set<string>()
  /** Lines that show a value which was masked only later. */
  readonly unmasked = new Set<string>()
  readonly #raw: string[] = []
  readonly #showDebug: boolean
  #resume: string | undefined

  constructor(showDebug: boolean, masksInForce: Iterable<string>) {
    this.#showDebug = showDebug
    this.masker = createMasker(masksInForce)
  }

  annotate(level: Annotation['level'], message: string): void {
    this.annotations.push({ level, message })
    if (message !== '') this.#write(`${LABELS[level]}: ${message}`)
  }

  read(line: string): void {
    const command = parseCommand(line, this.#resume)
    if (command?.name !== 'add-mask' || this.#resume !== undefined) this.#raw.push(line)
    if (command === undefined || this.#resume !== undefined) {
      this.#write(line)
      if (command?.name === this.#resume?.toLowerCase()) this.#resume = undefined
    } else if (command.name === 'stop-commands') {
      this.#resume = command.data
      if (command.data.length > 6) this.masker.add(command.data)
      this.#write(line)
    } else {
      this.#run(command)
    }
  }

  #run({ name, data }: Command): void {
    if (name === 'error' || name === 'warning' || name === 'notice') this.annotate(name, data)
    else if (name === 'add-mask') this.#addMask(data)
    else if (name === 'debug') this.#debug(data)
    else if (name === 'group') this.#write(`▼ ${data}`)
    // The runner still obeys these two with a warning; here they are an error, for a test to notice.
    else if (name === 'set-output' || name === 'save-state')
      this.annotate('error', `deprecated command: ${name}`)
    else if (name === 'set-env' || name === 'add-path') {
      this.annotate('error', `Unable to process command '::${name}::' successfully.`)
    }
  }

  #addMask(value: string): void {
    if (value.trim() === '') {
      this.annotate('warning', "Can't add secret mask for empty string in ##[add-mask] command.")
      return
    }
    const before = new Set(this.masker.values)
    for (const mask of this.masker.add(value)) {
      this.masks.add(mask)
      if (before.has(mask)) continue
      for (const line of this.#raw) if (line.includes(mask)) this.unmasked.add(line)
    }
  }

  #debug(message: string): void {
    for (const line of message.split(/\r?\n/)) {
      this.debugLines.push(line)
      if (this.#showDebug) this.#write(`##[debug]${line}`)
    }
  }

  #write(text: string): void {
    this.lines.push(this.masker.mask(text))
  }
}
