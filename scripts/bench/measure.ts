import { spawn } from 'node:child_process'
import { performance } from 'node:perf_hooks'
import type { Case } from './cases.ts'

const WARM_UP = 3

/** Milliseconds from start to finish. */
function time({ name, file, env, exitCode = 0 }: Case): Promise<number> {
  const start = performance.now()
  const child = spawn(process.execPath, [file], {
    env,
    cwd: env.GITHUB_WORKSPACE,
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let output = ''
  for (const stream of [child.stdout, child.stderr]) stream.on('data', chunk => (output += chunk))
  return new Promise((resolve, reject) => {
    child.once('error', reject)
    child.once('close', code => {
      if (code === exitCode) resolve(performance.now() - start)
      else reject(new Error(`${name} failed with exit code ${code}:\n${output}`))
    })
  })
}

/** Median times. All cases in each round, each time another one first, so that a slow moment of the machine hits all of them. */
export async function measure(
  cases: readonly Case[],
  rounds: number,
  prepare?: () => Promise<unknown>,
  warmUp = WARM_UP,
): Promise<Map<Case, number>> {
  const times = new Map(cases.map(one => [one, [] as number[]]))
  for (let round = -warmUp; round < rounds; round++) {
    await prepare?.()
    const first = (round + warmUp) % cases.length
    for (const one of [...cases.slice(first), ...cases.slice(0, first)]) {
      const taken = await time(one)
      if (round >= 0) times.get(one)?.push(taken)
    }
  }
  return new Map([...times].map(([one, taken]) => [one, median(taken)]))
}

function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b)
  const [low = Number.NaN, high = low] = [sorted[(sorted.length - 1) >> 1], sorted[sorted.length >> 1]]
  return (low + high) / 2
}
