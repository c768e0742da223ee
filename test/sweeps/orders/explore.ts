import type { Step } from './world.ts'

/** What a step reads or writes, so that only the order of steps that meet is tried both ways. */
const TOUCHES: Readonly<Record<string, readonly string[]>> = {
  list: ['reads keys'],
  create: ['writes keys'],
  delete: ['writes keys'],
  'gh-variable-get': ['reads variable'],
  'gh-secret-get': ['reads secret'],
  // Their times are compared.
  'gh-variable-post': ['writes variable', 'writes secret'],
  'gh-variable-patch': ['writes variable', 'writes secret'],
  'gh-variable-delete': ['writes variable'],
  'gh-secret-put': ['writes secret'],
}

/** Whether two steps are the same one, in orders that begin alike. */
export const isSame = (one: Step, other: Step): boolean =>
  one.job === other.job && one.operations.join() === other.operations.join()

function isIndependent(one: Step, other: Step): boolean {
  if (one.job === other.job) return false
  const touched = ({ operations }: Step) =>
    operations
      .flatMap(operation => TOUCHES[operation.split(' ')[0] ?? ''] ?? [])
      .map(touch => touch.split(' '))
  return !touched(one).some(([how, what]) =>
    touched(other).some(
      ([otherHow, otherWhat]) => what === otherWhat && (how === 'writes' || otherHow === 'writes'),
    ),
  )
}

/** A moment of an order: what may come next, what need not, because it was tried before in another place, and what was tried. */
interface Node {
  readonly enabled: readonly Step[]
  readonly asleep: readonly Step[]
  readonly tried: Step[]
}

/** Picks the next step of an order; undefined where the order comes to the same as one before. */
export type Pick = (enabled: readonly Step[]) => Step | undefined

/**
 * Carries out all orders: of those that differ only in steps that do not meet, one (sleep sets: Godefroid, 1996).
 * `carryOut` goes through one order from its start, behaves alike for the same picks, and says whether it came to its end.
 * @returns how many those are, and whether they are all: never more than `limit`.
 */
export async function exploreAll(
  limit: number,
  carryOut: (pick: Pick) => Promise<boolean>,
): Promise<{ count: number; areAll: boolean }> {
  const path: Node[] = []
  let count = 0
  for (;;) {
    let depth = 0
    if (await carryOut(enabled => pickNext(path, depth++, enabled))) count += 1
    if (!goBack(path)) return { count, areAll: true }
    if (count === limit) return { count, areAll: false }
  }
}

function pickNext(path: Node[], depth: number, enabled: readonly Step[]): Step | undefined {
  const known = path[depth]
  if (known) return known.tried.at(-1)
  const asleep = asleepAfter(path[depth - 1])
  const next = enabled.find(step => !includes(asleep, step))
  if (next) path.push({ enabled, asleep, tried: [next] })
  return next
}

function asleepAfter(node: Node | undefined): Step[] {
  const last = node?.tried.at(-1)
  if (!node || !last) return []
  return [...node.asleep, ...node.tried.slice(0, -1)].filter(step => isIndependent(step, last))
}

/** To the last moment at which something is left to try; false when there is none. */
function goBack(path: Node[]): boolean {
  for (let node = path.at(-1); node; node = path.at(-1)) {
    const { enabled, asleep, tried } = node
    const next = enabled.find(step => !includes(asleep, step) && !includes(tried, step))
    if (next) return tried.push(next) > 0
    path.pop()
  }
  return false
}

const includes = (steps: readonly Step[], step: Step) => steps.some(one => isSame(one, step))

/** Carries out so many orders at random, always the same ones. */
export async function exploreSome(
  count: number,
  carryOut: (pick: Pick) => Promise<boolean>,
): Promise<number> {
  let seed = 1
  const pick: Pick = enabled => {
    // Park and Miller's generator, 1988.
    seed = (seed * 48_271) % 2_147_483_647
    return enabled[seed % enabled.length]
  }
  for (let index = 0; index < count; index++) await carryOut(pick)
  return count
}
