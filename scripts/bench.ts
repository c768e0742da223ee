import { type ChildProcess, execFileSync, spawn } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { gzipSync } from 'node:zlib'
import { measureBytes } from './bench/bytes.ts'
import { type Case, createCases } from './bench/cases.ts'
import { measure } from './bench/measure.ts'
import { measureOrphaned } from './bench/orphaned.ts'
import { countRoundTrips, ROUND_TRIPS } from './bench/round-trips.ts'
import { LATENCY, LEAST, measureSweep } from './bench/sweep.ts'

const ROOT = join(import.meta.dirname, '..')
const SIZE_LIMIT = 340_000
/** An account on the emulator is full with 1,000 keys. */
const MAX_ROUNDS = 400

interface Emulator {
  readonly origin: string
  readonly child: ChildProcess
}

/** In a process of its own: in this one it would wait for the measuring, and the other way round. */
async function startEmulator(latency: number): Promise<Emulator> {
  const args = [join(ROOT, 'test/emulator/cli.ts'), '--turn', '--latency', String(latency)]
  const child = spawn(process.execPath, args, {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  let text = ''
  for await (const chunk of child.stdout) {
    text += chunk
    const origin = /http:\/\/127\.0\.0\.1:\d+/.exec(text)?.[0]
    if (origin !== undefined && text.includes('\n')) return { origin, child }
  }
  throw new Error(`the emulator did not start: ${text}`)
}

/** The table of times; a line that is over its limit ends in a mark. */
function table(times: ReadonlyMap<Case, number>): { text: string; failed: boolean } {
  const [bare = Number.NaN, floor = Number.NaN] = times.values()
  const rows = [...times].map(([{ name, limit }, taken]) => {
    const ratio = taken / (limit?.of === 'bare' ? bare : floor)
    const over = limit !== undefined && !(ratio <= limit.ratio)
    const cells = [
      taken.toFixed(1),
      (taken / floor).toFixed(2),
      (taken / bare).toFixed(2),
      limit ? `${limit.ratio.toFixed(2)} ${limit.of}` : '',
    ]
    return { over, line: row(name, cells) + (over ? '  too slow' : '') }
  })
  const head = row('median', ['ms', '÷ floor', '÷ bare', 'limit'])
  return { text: [head, ...rows.map(one => one.line)].join('\n'), failed: rows.some(one => one.over) }
}

function row(name: string, cells: readonly string[]): string {
  return (name.padEnd(14) + cells.map(cell => cell.padStart(12)).join('')).trimEnd()
}

/** What the runner downloads at the start of every job. */
function archiveSize(): number {
  const tar = execFileSync('git', ['archive', '--format=tar', 'HEAD'], { cwd: ROOT, maxBuffer: 2 ** 28 })
  return gzipSync(tar, { level: 9 }).length
}

function archiveLine(size: number): string {
  const kilobytes = `${(size / 1000).toFixed(1)} kB`
  return `archive of HEAD: ${size} bytes (${kilobytes}), limit ${SIZE_LIMIT / 1000} kB${size > SIZE_LIMIT ? '  too big' : ''}`
}

/** Measures on an emulator, with a folder, both of which are gone afterwards. */
async function onEmulator<T>(
  latency: number,
  work: (folder: string, origin: string) => Promise<T>,
): Promise<T> {
  const folder = mkdtempSync(join(tmpdir(), 'bench-'))
  const { origin, child } = await startEmulator(latency)
  try {
    return await work(folder, origin)
  } finally {
    child.kill()
    rmSync(folder, { recursive: true, force: true })
  }
}

/** Says for how many round trips each step with an environment waits, and whether that is too many. */
async function reportRoundTrips(): Promise<boolean> {
  const counted = Object.entries(await countRoundTrips())
  const limits = new Map(Object.entries(ROUND_TRIPS))
  const isOver = ([name, waits]: [string, number]): boolean => !(waits <= (limits.get(name) ?? 0))
  for (const one of counted) {
    const [name, waits] = one
    const line = `${name}: waits for ${waits.toFixed(2)} round trips, limit ${limits.get(name)}`
    console.log(`${line}${isOver(one) ? '  too many' : ''}`)
  }
  return counted.some(isOver)
}

async function main(): Promise<number> {
  const { values } = parseArgs({ options: { rounds: { type: 'string', default: '40' } } })
  const rounds = Number(values.rounds)
  if (!Number.isInteger(rounds) || rounds < 1 || rounds > MAX_ROUNDS) {
    throw new Error(`--rounds must be a whole number from 1 to ${MAX_ROUNDS}`)
  }
  const times = await onEmulator(0, async (folder, origin) =>
    measure(await createCases(ROOT, folder, origin), rounds),
  )
  const { text, failed } = table(times)
  const size = archiveSize()
  console.log(`Node ${process.version}, ${rounds} rounds, one key each\n\n${text}\n\n${archiveLine(size)}`)
  const read = await onEmulator(0, (folder, origin) => measureBytes(ROOT, folder, origin))
  for (const { name, kilobytes, limit } of read) {
    const over = kilobytes > limit ? '  too much' : ''
    console.log(`${name} reads ${kilobytes.toFixed(0)} kB of dist/, limit ${limit} kB${over}`)
  }
  const ratios = {
    'delete 300': await onEmulator(LATENCY, (folder, origin) => measureSweep(ROOT, folder, origin)),
    'orphaned, 1,000 keys of 300': await onEmulator(LATENCY, (folder, origin) =>
      measureOrphaned(ROOT, folder, origin),
    ),
  }
  for (const [name, ratio] of Object.entries(ratios)) {
    const line = `${name}: ${ratio.toFixed(1)} times as fast as one after the other, at least ${LEAST}`
    console.log(`${line}${ratio < LEAST ? '  too slow' : ''}`)
  }
  const isWaiting = await reportRoundTrips()
  const isTooMuch = size > SIZE_LIMIT || read.some(({ kilobytes, limit }) => kilobytes > limit)
  const isSlow = failed || Object.values(ratios).some(ratio => ratio < LEAST)
  return isTooMuch || isSlow || isWaiting ? 1 : 0
}

if (import.meta.main) process.exitCode = await main()
