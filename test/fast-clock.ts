import { syncBuiltinESMExports } from 'node:module'
import timers from 'node:timers/promises'

/**
 * Makes the process that preloads this file (`node --import`) live faster by the factor in FAST_CLOCK, so that a test of
 * a time limit of 30 seconds, or of a wait of minutes, does not take as long.
 */
const factor = Number(process.env.FAST_CLOCK ?? 1)
const RealDate = Date
const begun = RealDate.now()
const now = () => begun + Math.round((RealDate.now() - begun) * factor)

globalThis.Date = new Proxy(RealDate, {
  construct: (target, args: [number]) => new target(...(args.length > 0 ? args : ([now()] as const))),
  get: (target, name) => (name === 'now' ? now : Reflect.get(target, name)),
})

const realPerformanceNow = performance.now.bind(performance)
performance.now = () => realPerformanceNow() * factor

const realSetTimeout = globalThis.setTimeout
globalThis.setTimeout = Object.assign(
  (callback: (...args: unknown[]) => void, milliseconds = 0, ...args: unknown[]) =>
    realSetTimeout(callback, milliseconds / factor, ...args),
  realSetTimeout,
)

const realSleep = timers.setTimeout
timers.setTimeout = (milliseconds = 0, value, options) => realSleep(milliseconds / factor, value, options)
syncBuiltinESMExports()
