import { randomBytes } from 'node:crypto'

const KEY = /^cloudflare-turn-key live (\d{8}T\d{6}Z)-([0-9a-f]{8})(?= |$)/
const VARIABLE = /^TURN_KEY_LIVE_(\d{8}T\d{6}Z)_([0-9A-F]{8})_/

/** One run of this tool. Everything that it creates has a name that says so. */
export interface Run {
  /** When it began: `20261129T001725Z`. */
  readonly began: string
  /** 8 hex digits. */
  readonly id: string
}

export function newRun(now = new Date()): Run {
  const began = now.toISOString().replaceAll(/[-:]|\.\d+/g, '')
  return { began, id: randomBytes(4).toString('hex') }
}

/** What the names of its keys begin with. */
export function keyName({ began, id }: Run): string {
  return `cloudflare-turn-key live ${began}-${id}`
}

/** The name of a variable or secret. */
export function variableName({ began, id }: Run, suffix: string): string {
  return `TURN_KEY_LIVE_${began}_${id.toUpperCase()}_${suffix}`
}

/** The run that created what has this name; undefined when none did. */
export function runOf(name: string): Run | undefined {
  const [, began, id] = KEY.exec(name.trimStart()) ?? VARIABLE.exec(name) ?? []
  return began && id ? { began, id: id.toLowerCase() } : undefined
}

/** Whether a run began more than this many hours ago, so that it surely ended. */
export function isOlderThan({ began }: Run, hours: number, now = new Date()): boolean {
  const time = began.replace(/^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/, '$1-$2-$3T$4:$5:$6Z')
  return now.getTime() - Date.parse(time) > hours * 3_600_000
}
