import { syncBuiltinESMExports } from 'node:module'
import { Socket } from 'node:net'
import promises from 'node:timers/promises'
import { heldBack, LIMIT, NOW, SharedNumbers } from './shared-numbers.ts'

/**
 * Preloaded (`node --import`), it gives a process the clock in the file SHARED_CLOCK. Time stands still, but when the
 * process waits for nothing but timers and responses that are held back, it skips to the first of them.
 */
const shared = new SharedNumbers(process.env.SHARED_CLOCK ?? '', 'r+')
let now = shared.read(NOW)

const POLL_MS = 5
/** What is active in every process: its output, and timers that are none of ours. */
const ALWAYS_ACTIVE = new Set(['PipeWrap', 'TTYWrap', 'Timeout'])
/** What a process may wait for: connections, and what a test lets hang. */
const WAITED_FOR = new Set(['TCPSocketWrap', 'TLSWrap', process.env.HANGING_RESOURCE])

/** Those that are set. */
const timers = new Set<Timer>()

class Timer {
  at = 0
  readonly fire: () => void
  readonly #milliseconds: number
  #isRef = true

  constructor(callback: () => void, milliseconds: number) {
    this.fire = callback
    this.#milliseconds = milliseconds
    this.refresh()
  }

  ref(): this {
    this.#isRef = true
    poll.ref()
    return this
  }

  unref(): this {
    this.#isRef = false
    return this
  }

  hasRef(): boolean {
    return this.#isRef
  }

  refresh(): this {
    this.at = now + this.#milliseconds
    timers.delete(this)
    timers.add(this)
    return this.#isRef ? this.ref() : this
  }

  close(): this {
    timers.delete(this)
    return this
  }
}

/** Until when each response is held back that the process waits for: 0 for one that is not, as for any other connection. */
function heldResponses(): number[] {
  const handles: unknown[] = Reflect.apply(Reflect.get(process, '_getActiveHandles'), process, [])
  return handles.flatMap(handle => {
    const isConnection = handle instanceof Socket && handle.localPort !== undefined
    return isConnection ? [shared.read(heldBack(handle.localPort ?? 0))] : []
  })
}

/** The moment that the process waits for, past while a response is on its way; undefined while anything else goes on. */
function nextMoment(): number | undefined {
  const active = process.getActiveResourcesInfo().filter(name => !ALWAYS_ACTIVE.has(name))
  const set = [...timers]
  if (!active.every(name => WAITED_FOR.has(name))) return undefined
  // Timers without a reference do not keep a process from its end.
  if (active.length === 0 && !set.some(timer => timer.hasRef())) return undefined
  return Math.min(...heldResponses(), ...set.map(({ at }) => at))
}

/** Skips up to the limit, and fires the first timer that is due. Returns whether it did. */
function skip(limit: number): boolean {
  const moment = Math.min(nextMoment() ?? now, limit)
  if (moment > now) {
    now = moment
    shared.write(NOW, now)
  }
  const [due] = [...timers].filter(({ at }) => at <= now).sort((one, other) => one.at - other.at)
  due?.close().fire()
  return due !== undefined
}

/** A signal that was sent before the limit was set is handled before the skip: the event loop goes round once in between. */
function check(): void {
  isChecking = true
  const limit = shared.read(LIMIT)
  setImmediate(() => {
    isChecking = false
    if (skip(limit)) check()
    else if (![...timers].some(timer => timer.hasRef())) poll.unref()
  })
}

let isChecking = false
const { setTimeout, clearTimeout, setInterval } = globalThis
const runner = process.ppid
const poll = setInterval(() => {
  // A stopped clock would keep the process for ever once the tests are gone.
  if (process.ppid !== runner) process.exit(1)
  if (!isChecking) check()
}, POLL_MS).unref()

function setSharedTimeout(
  callback: (...args: unknown[]) => void,
  milliseconds = 0,
  ...args: unknown[]
): Timer {
  return new Timer(() => callback(...args), milliseconds)
}

function clearSharedTimeout(timer: unknown): void {
  if (timer instanceof Timer) timer.close()
  else Reflect.apply(clearTimeout, globalThis, [timer])
}

const SharedDate = new Proxy(Date, {
  construct: (target, args: [number]) => new target(...(args.length > 0 ? args : ([now] as const))),
  get: (target, name) => (name === 'now' ? () => now : Reflect.get(target, name)),
})

Object.assign(globalThis, {
  setTimeout: Object.assign(setSharedTimeout, setTimeout),
  clearTimeout: clearSharedTimeout,
  Date: SharedDate,
})
process.hrtime.bigint = () => BigInt(Math.round(now * 1e6))
promises.setTimeout = (milliseconds, value, { signal } = {}) =>
  new Promise((resolve, reject) => {
    signal?.throwIfAborted()
    const timer = new Timer(() => resolve(value as never), milliseconds ?? 0)
    signal?.addEventListener('abort', () => timer.close() && reject(signal.reason), { once: true })
  })
syncBuiltinESMExports()
