import { describe, expect } from 'vitest'
import { it } from '../actions/step.ts'
import {
  createInWorker,
  deployWorker,
  KINDS,
  SECRET,
  secretsOf,
  seedWorkerPair,
  startCreateInWorker,
  UID,
} from '../actions/worker-step.ts'
import { until } from '../emulator/ask.ts'
import type { Emulator } from '../emulator/emulator.ts'
import type { RecordedRequest } from '../emulator/requests.ts'
import type { StepRun } from '../github-runner.ts'

type Store = (typeof KINDS)[number]['store']
type Letter = 'A' | 'B'

/** All orders of so many turns of two jobs; those that begin with B are the same with the names exchanged. */
function ordersOf(a: number, b: number): string[] {
  if (a === 0 || b === 0) return ['A'.repeat(a) + 'B'.repeat(b)]
  return [...ordersOf(a - 1, b).map(rest => `A${rest}`), ...ordersOf(a, b - 1).map(rest => `B${rest}`)]
}

/** The requests that wait for their job's turn. The two jobs reach the emulator by different names. */
class Turnstile {
  #waiting: { letter: Letter; pass: () => void }[] = []

  readonly gate = ({ headers }: RecordedRequest): Promise<void> => {
    const letter = headers.host?.startsWith('localhost') ? 'B' : 'A'
    return new Promise(pass => void this.#waiting.push({ letter, pass }))
  }

  waiting(letter: Letter): number {
    return this.#waiting.filter(one => one.letter === letter).length
  }

  pass(letter: Letter): void {
    const all = this.#waiting
    this.#waiting = all.filter(one => one.letter !== letter)
    for (const one of all) if (one.letter === letter) one.pass()
  }
}

/** One job: it reads side by side, creates a key, writes it, and has a post step. */
class Job {
  readonly #done: Promise<StepRun>
  readonly #letter: Letter
  readonly #turnstile: Turnstile
  #run: StepRun | undefined
  #turn = 0

  constructor(emulator: Emulator, turnstile: Turnstile, letter: Letter, store: Store, ifExists: string) {
    this.#letter = letter
    this.#turnstile = turnstile
    const apiUrl = letter === 'A' ? emulator.apiUrl : emulator.apiUrl.replace('127.0.0.1', 'localhost')
    const inputs = { 'api-url': apiUrl, 'if-exists': ifExists }
    this.#done = startCreateInWorker(emulator, store, inputs).done.then(run => {
      this.#run = run
      return run
    })
  }

  /** Lets it do the next of its four, and waits until that is done. */
  async turn(): Promise<void> {
    this.#turn += 1
    if (this.#turn === 4) return this.#post()
    await this.#arrival(this.#turn === 1 ? 2 : 1)
    this.#turnstile.pass(this.#letter)
    await this.#arrival(1)
  }

  #arrival(count: number): Promise<void> {
    return until(() => this.#run !== undefined || this.#turnstile.waiting(this.#letter) >= count)
  }

  async #post(): Promise<void> {
    const run = await this.#done
    expect(run.exitCode).toBe(0)
    const post = run.startPost({ jobStatus: 'success' })
    let isOver = false
    const ended = post.done.then(() => {
      isOver = true
    })
    while (!isOver) {
      await until(() => isOver || this.#turnstile.waiting(this.#letter) > 0)
      this.#turnstile.pass(this.#letter)
    }
    await ended
  }
}

/** What a Worker holds is one existing key's whole pair. */
function checkPair(emulator: Emulator, store: Store): void {
  const held = secretsOf(emulator, store)
  const key = emulator.keys().find(({ uid }) => uid === held[UID])
  expect(key?.secret).toBe(held[SECRET])
  expect(key).toBeDefined()
}

/** What two jobs do, whether there is a pair, and how many turns each has: a job that finds a pair only reads. */
const MODES = [
  ['reuse', 'reuse', false, 3, 3],
  ['reuse', 'replace', false, 3, 3],
  ['replace', 'replace', false, 3, 3],
  ['reuse', 'replace', true, 1, 4],
  ['replace', 'replace', true, 4, 4],
] as const
let count = 0

describe.concurrent.each(KINDS)('two jobs that store in $store at once leave one whole pair', ({ store }) => {
  for (const [first, second, isSeeded, turnsOfFirst, turnsOfSecond] of MODES) {
    const orders = ordersOf(turnsOfFirst, turnsOfSecond).filter(
      order => first !== second || order.startsWith('A'),
    )
    for (const order of orders) {
      it(`${first} and ${second}, ${isSeeded ? 'a pair' : 'none'}: ${order}`, async ({ emulatorWith }) => {
        const turnstile = new Turnstile()
        const emulator = await emulatorWith({ transport: 'http', gate: turnstile.gate })
        if (isSeeded) seedWorkerPair(emulator, store)
        else deployWorker(emulator, store)
        const jobs = {
          A: new Job(emulator, turnstile, 'A', store, first),
          B: new Job(emulator, turnstile, 'B', store, second),
        }
        for (const letter of order) await jobs[letter === 'A' ? 'A' : 'B'].turn()
        checkPair(emulator, store)
        count += 1
      })
    }
  }
})

/** What a job has begun when it is killed, and whether that has its effect. */
const KILLS = [
  ['list', false],
  ['create', false],
  ['create', true],
  ['write', false],
  ['write', true],
] as const

describe.concurrent.each(KINDS)(
  'after a job that is killed, the next one leaves a whole pair in $store',
  kind => {
    const { store, write } = kind
    for (const [on, effect] of KILLS) {
      for (const ifExists of ['reuse', 'replace'] as const) {
        for (const next of ['reuse', 'replace'] as const) {
          it(`${ifExists}, killed in ${on} (done: ${effect}), then ${next}`, async ({ emulator }) => {
            if (ifExists === 'replace') seedWorkerPair(emulator, store)
            else deployWorker(emulator, store)
            const operation = on === 'write' ? write : on
            emulator.injectFault({ on: operation, kind: 'no-response', effect })
            const running = startCreateInWorker(emulator, store, { 'if-exists': ifExists })
            await until(() => emulator.requests.some(request => request.operation === operation))
            running.kill('SIGKILL')
            const killed = await running.done
            const post = await killed.post({ jobStatus: 'cancelled' })
            expect(post.exitCode).toBe(0)
            if (ifExists === 'replace') checkPair(emulator, store)

            const run = await createInWorker(emulator, store, { 'if-exists': next })
            expect(run.exitCode).toBe(0)
            checkPair(emulator, store)
            expect(emulator.keys().map(({ uid }) => uid)).toContain(run.outputs.uid)
            await run.post({ jobStatus: 'success' })
            checkPair(emulator, store)
            const told = [killed.log, post.log, run.log, JSON.stringify(run.outputs)].join('\n')
            const unnamed = emulator.keys().filter(({ uid }) => !told.includes(uid))
            expect(unnamed.filter(({ uid }) => uid !== secretsOf(emulator, store)[UID])).toEqual([])
            count += 1
          })
        }
      }
    }
  },
)

it('how many there were', () => {
  console.log(`orders and kills: ${count}`)
})
