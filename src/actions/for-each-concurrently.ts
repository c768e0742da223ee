const CONCURRENCY = 8

/** Calls `work` for each item, eight at a time, until it returns `stop`. @returns the items that were not begun. */
export async function forEachConcurrentlyUntilStop<T>(
  items: readonly T[],
  work: (item: T, index: number) => Promise<'stop' | undefined>,
): Promise<readonly T[]> {
  const queue = items.entries()
  let isStopped = false
  const worker = async () => {
    while (!isStopped) {
      const { value, done } = queue.next()
      if (done) return
      const [index, item] = value
      if ((await work(item, index)) === 'stop') isStopped = true
    }
  }
  await Promise.all(Array.from({ length: CONCURRENCY }, worker))
  return [...queue].map(([, item]) => item)
}
