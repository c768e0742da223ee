import { setImmediate as turn } from 'node:timers/promises'
import { isSame, type Pick } from './explore.ts'
import { type Instance, Job, type Pending } from './job.ts'
import { type Start, type Step, World } from './world.ts'

/** What several jobs do at once. */
export interface Scenario {
  readonly environment: string
  readonly start: Start
  /** The inputs of each job. */
  readonly jobs: readonly Readonly<Record<string, string>>[]
  /** Seconds that pass with each request. */
  readonly seconds?: number
  /** What a job reads side by side comes at once; otherwise each of these requests is a step of its own. */
  readonly isGrouped?: boolean
  /** A step of the first job that is slow: seconds before it is carried out, or until its response leaves. */
  readonly slow?: { readonly step: number; readonly before?: number; readonly late?: number }
  /** A step after which the first job is killed: it is carried out, and nobody hears of it. */
  readonly killedAfter?: number
}

/** An order that was carried out to its end. */
export interface Ended {
  readonly world: World
  readonly jobs: readonly Job[]
  readonly steps: readonly Step[]
}

/** Goes through one order of what all jobs ask for; undefined where `pick` ends it. */
export async function runOrder(
  scenario: Scenario,
  instances: readonly Instance[],
  pick: Pick,
  world = new World(scenario.environment, scenario.start),
): Promise<Ended | undefined> {
  const jobs = scenario.jobs.map((inputs, index) => new Job(instances[index] as Instance, inputs))
  const steps: Step[] = []
  for (;;) {
    await untilAllWait(jobs)
    const enabled = jobs.flatMap((job, index) => stepsOf(world, job, index, scenario.isGrouped === true))
    if (enabled.length === 0) return { world, jobs, steps }
    const step = pick(enabled.map(([one]) => one))
    if (!step) {
      for (const job of jobs) job.kill()
      return undefined
    }
    steps.push(step)
    const pending = enabled.find(([one]) => isSame(one, step))?.[1]
    const job = jobs[step.job]
    if (!pending || !job) throw new Error(`not a step that may come next: ${JSON.stringify(step)}`)
    await take(scenario, world, job, pending, step.job === 0 ? steps.filter(one => one.job === 0).length : 0)
  }
}

/** What may come next of one job. */
function stepsOf(world: World, job: Job, index: number, isGrouped: boolean): [Step, readonly Pending[]][] {
  if (job.isKilled) return []
  const isRead = ({ request }: Pending) => request?.method === 'GET'
  const reads = isGrouped ? job.pending.filter(isRead) : []
  const groups = [reads, ...job.pending.filter(one => !reads.includes(one)).map(one => [one])]
  return groups
    .filter(group => group.length > 0)
    .map(group => [{ job: index, operations: group.map(one => world.describe(one)).sort() }, group])
}

async function take(
  { seconds = 0, slow, killedAfter }: Scenario,
  world: World,
  job: Job,
  group: readonly Pending[],
  count: number,
): Promise<void> {
  const { before = 0, late = 0 } = slow?.step === count ? slow : {}
  for (const [index, pending] of group.entries()) {
    const response = await world.carryOut(pending, index === 0 ? seconds + before : 0, index === 0 ? late : 0)
    job.pending.splice(job.pending.indexOf(pending), 1)
    if (killedAfter !== count) pending.resolve(response)
  }
  if (killedAfter === count && count > 0) job.kill()
}

const CALM = 4
const PATIENCE_MS = 60_000

/** Until each job has ended or waits for a response, and nothing more comes of the last one. */
async function untilAllWait(jobs: readonly Job[]): Promise<void> {
  const begun = performance.now()
  let [before, calm] = ['', 0]
  while (calm < CALM) {
    if (performance.now() - begun > PATIENCE_MS)
      throw new Error(`a job does not go on: ${jobs.map(job => job.printed.join('')).join()}`)
    await turn()
    const now = jobs.map(job => `${job.pending.length} ${job.hasEnded}`).join()
    const allWait = jobs.every(job => job.hasEnded || job.isKilled || job.pending.length > 0)
    calm = allWait && now === before ? calm + 1 : 0
    before = now
  }
}
