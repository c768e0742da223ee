import { AsyncLocalStorage } from 'node:async_hooks'
import { syncBuiltinESMExports } from 'node:module'
import timers from 'node:timers/promises'

/** What a job that shares this process with others has of its own. */
export interface OwnProcess {
  readonly env: Readonly<Record<string, string>>
  /** What it printed. */
  readonly printed: string[]
  /** Resolves when the job's wait is over: nobody really waits here. */
  wait(): Promise<void>
}

const current = new AsyncLocalStorage<OwnProcess>()

/** Runs work that sees the environment, standard output and clock of a job. */
export const runAs = <T>(own: OwnProcess, work: () => Promise<T>): Promise<T> => current.run(own, work)

/** Gives each job in this process an environment, a standard output and waits of its own, for as long as it lasts. */
export function shareProcess(): void {
  process.env = new Proxy(process.env, {
    get: (host, name) => current.getStore()?.env[String(name)] ?? Reflect.get(host, name),
    set: (host, name, value) => Reflect.set(host, name, value),
  })
  const write = process.stdout.write.bind(process.stdout)
  process.stdout.write = (chunk, ...rest: never[]) =>
    current.getStore()?.printed.push(String(chunk)) !== undefined || write(chunk, ...rest)

  const sleep = timers.setTimeout
  timers.setTimeout = async (milliseconds, value, options) => {
    const own = current.getStore()
    if (!own) return sleep(milliseconds, value, options)
    await own.wait()
    return value as never
  }
  syncBuiltinESMExports()
  // The time limit of a request: here each one is answered, or its job is dead.
  const setTimer = globalThis.setTimeout
  globalThis.setTimeout = Object.assign(
    (callback: () => void, milliseconds?: number) =>
      current.getStore() ? setTimer(() => {}, 0) : setTimer(callback, milliseconds),
    setTimer,
  )
}
