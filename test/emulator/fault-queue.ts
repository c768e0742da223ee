import type { Fault } from './faults.ts'
import type { Route } from './routes.ts'

/** The faults that were injected and are still to come, oldest first. */
export class FaultQueue {
  #waiting: { fault: Fault; skip: number; times: number }[] = []

  add(fault: Fault): void {
    this.#waiting.push({ fault, skip: fault.skip ?? 0, times: fault.times ?? 1 })
  }

  /** The fault for one request, if any; each request takes at most one. */
  take(route: Route): Fault | undefined {
    for (const entry of this.#waiting) {
      const { on, uid } = entry.fault
      if (on !== 'any' && on !== route.operation) continue
      if (uid !== undefined && uid !== route.params.uid) continue
      if (entry.skip-- > 0) continue
      entry.times -= 1
      if (entry.times <= 0) this.#waiting = this.#waiting.filter(other => other !== entry)
      return entry.fault
    }
    return undefined
  }

  clear(): void {
    this.#waiting = []
  }
}
