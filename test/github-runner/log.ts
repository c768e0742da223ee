import { type Command, parseCommand } from './command.ts'
import { createMasker, type Masker } from './masker.ts'

/** A line that GitHub also shows outside the log; the message is unescaped, masked and cut. */
export interface Annotation {
  readonly level: 'error' | 'warning' | 'notice'
  readonly message: string
}

const LONGEST_MESSAGE = 4096
const MOST_OF_A_KIND = 10
const LABELS = { error: 'Error', warning: 'Warning', notice: 'Notice' } as const

/** Reads a step's output line by line and keeps what the runner makes of it. */
export class Log {
  readonly masker: Masker
  /** As the run page shows them. */
  readonly lines: string[] = []
  readonly annotations: Annotation[] = []
  readonly debugLines: string[] = []
  readonly masks = new Set<string>()
  /** Lines that show a value which this phase masked only later, whoever masked it before. */
  readonly unmasked = new Set<string>()
  /** What the commands `set-output` and `save-state` set. */
  readonly outputs: Record<string, string> = {}
  readonly state: Record<string, string> = {}
  /** A command could not be carried out, which fails the step. */
  failed = false
  readonly #raw: string[] = []
  readonly #showDebug: boolean
  #resume: string | undefined

  constructor(showDebug: boolean, masksInForce: Iterable<string>) {
    this.#showDebug = showDebug
    this.masker = createMasker(masksInForce)
  }

  annotate(level: Annotation['level'], message: string): void {
    const cut = this.masker.mask(message).slice(0, LONGEST_MESSAGE)
    const before = this.annotations.filter(one => one.level === level).length
    if (before < MOST_OF_A_KIND) this.annotations.push({ level, message: cut })
    if (cut !== '') this.#write(`${LABELS[level]}: ${cut}`)
  }

  /** Says why a command could not be carried out, and fails the step. */
  refuse(what: string, why: string): void {
    this.annotate('error', `Unable to process ${what} successfully.`)
    this.annotate('error', why)
    this.failed = true
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
      this.#run(command, line)
    }
  }

  #run({ name, data, properties }: Command, line: string): void {
    if (name === 'error' || name === 'warning' || name === 'notice') this.annotate(name, data)
    else if (name === 'add-mask') this.#addMask(data)
    else if (name === 'debug') this.#debug(data)
    else if (name === 'group') this.#write(`▼ ${data}`)
    else if (name === 'set-output') this.#set(this.outputs, name, properties.name, data, line)
    else if (name === 'save-state') this.#set(this.state, name, properties.name, data, line)
    else if (name === 'set-env' || name === 'add-path') {
      this.refuse(`command '${line}'`, `The \`${name}\` command is disabled.`)
    }
  }

  #set(
    into: Record<string, string>,
    command: string,
    name: string | undefined,
    value: string,
    line: string,
  ): void {
    this.annotate('warning', `The \`${command}\` command is deprecated and will be disabled soon.`)
    if (name) into[name] = value
    else this.refuse(`command '${line}'`, `Required field 'name' is missing in ##[${command}] command.`)
  }

  #addMask(value: string): void {
    if (value.trim() === '') {
      this.annotate('warning', "Can't add secret mask for empty string in ##[add-mask] command.")
      return
    }
    for (const mask of this.masker.add(value)) {
      if (this.masks.has(mask)) continue
      this.masks.add(mask)
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
