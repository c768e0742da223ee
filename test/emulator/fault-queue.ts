import type { Fault } from './faults.ts'
import type { Route } from './routes.ts'

/** The faults that were ordered and are still to come, oldest order first. */
export class Orders {
  #waiting: { fault: Fault; skip: number; times: number }[] = []

  add(fault: Fault): void {
    this.#waiting.push({ fault, skip: fault.skip ?? 0, times: fault.times ?? 1 })
  }

  /** The fault for one request, if any; each request takes at most one. */
  take(route: Route): Fault | undefined {
    for (const order of this.#waiting) {
      const { on, uid } = order.fault
      if (on !== 'any' && on !== route.operation) continue
      if (uid !== undefined && uid !== route.params.uid) continue
      if (order.skip-- > 0) continue
      order.times -= 1
      if (order.times <= 0) this.#waiting = this.#waiting.filter(other => other !== order)
      return order.fault
    }
    return undefined
  }

  clear(): void {
    this.#waiting = []
  }
}
