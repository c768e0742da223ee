import { once } from 'node:events'
import { existsSync } from 'node:fs'
import { connect, createServer, type Socket } from 'node:net'
import { parentPort, Worker, workerData } from 'node:worker_threads'

const BACKLOG = 1
/** Linux queues one connection more than the backlog. */
const MOST_QUEUED = BACKLOG + 1

/** A port of loopback that completes no TCP handshake until a file exists, and then forwards to another port. */
export interface SlowListener {
  readonly port: number
  close(): Promise<unknown>
}

/**
 * Starts one in a thread of its own, whose event loop stands still: nothing accepts, the queue of connections is filled,
 * and Linux drops each further SYN. The client sends it again after 1 second.
 */
export async function startSlowListener(file: string, target: number): Promise<SlowListener> {
  const worker = new Worker(new URL(import.meta.url), { workerData: { file, target } })
  const [port]: number[] = await once(worker, 'message')
  const fillers: Socket[] = []
  const close = () => {
    for (const filler of fillers) filler.destroy()
    return worker.terminate()
  }
  // A listener that accepts drops a SYN at times too, but not the next one.
  while ((await isAccepted(port ?? 0, fillers)) || (await isAccepted(port ?? 0, fillers))) {
    if (fillers.length <= MOST_QUEUED) continue
    await close()
    throw new Error('the slow listener accepts connections at once')
  }
  return { port: port ?? 0, close }
}

/** Whether one more connection still finds room in the queue. */
async function isAccepted(port: number, fillers: Socket[]): Promise<boolean> {
  const filler = connect(port, '127.0.0.1')
  const isOpen = await Promise.race([
    once(filler, 'connect').then(() => true),
    new Promise<false>(resolve => setTimeout(resolve, 200, false)),
  ])
  if (isOpen) fillers.push(filler)
  else filler.destroy()
  return isOpen
}

/** The thread's part. */
function listen({ file, target }: { file: string; target: number }): void {
  const server = createServer(socket => {
    const onward = connect(target, '127.0.0.1')
    socket.pipe(onward).pipe(socket)
    for (const end of [socket, onward]) end.on('error', () => [socket, onward].map(one => one.destroy()))
  })
  server.listen({ port: 0, host: '127.0.0.1', backlog: BACKLOG }, () => {
    const address = server.address()
    parentPort?.postMessage(typeof address === 'object' ? address?.port : 0)
    const cell = new Int32Array(new SharedArrayBuffer(4))
    while (!existsSync(file)) Atomics.wait(cell, 0, 0, 20)
  })
}

if (workerData?.target) listen(workerData)
