import { describeError } from './describe-response.ts'
import { type Fact, type Group, NotAsked } from './fact.ts'
import { Stopped, type Trial } from './trial.ts'

/** What became of a fact. */
export interface Result {
  readonly group: string
  readonly name: string
  readonly emulator: string
  /** What the service says; undefined when it was not asked. */
  readonly real: string | undefined
  readonly outcome: 'agrees' | 'differs' | 'not asked'
  /** Why it was not asked. */
  readonly reason?: string
  readonly why: string
  readonly touches: string
}

/** Asks every fact, group by group: the services are asked no more at once than one action asks them. */
export async function runFacts(groups: readonly Group[], trial: Trial): Promise<Result[]> {
  const results: Result[] = []
  for (const group of groups) {
    const missing = await whatIsMissing(group, trial)
    const askOne = async (fact: Fact): Promise<Result> =>
      resultOf(group, fact, missing === undefined ? await ask(fact, trial) : new NotAsked(missing))
    if (group.isConcurrent) results.push(...(await Promise.all(group.facts.map(askOne))))
    else for (const fact of group.facts) results.push(await askOne(fact))
  }
  return results
}

/** What cannot be found out is asked all the same, and says why itself. */
async function whatIsMissing(group: Group, trial: Trial): Promise<string | undefined> {
  try {
    return await group.missing?.(trial)
  } catch {
    return undefined
  }
}

async function ask(fact: Fact, trial: Trial): Promise<string | NotAsked> {
  try {
    const said = await fact.probe(trial)
    return typeof said === 'string' ? trial.mask(said) : said
  } catch (error) {
    if (error instanceof Stopped) return new NotAsked('the run was stopped')
    return `no response: ${trial.mask(describeError(error))}`
  }
}

function resultOf(group: Group, fact: Fact, said: string | NotAsked): Result {
  const { name, emulator, why, touches } = fact
  const shared = { group: group.title, name, emulator, why, touches }
  if (said instanceof NotAsked)
    return { ...shared, real: undefined, outcome: 'not asked', reason: said.reason }
  const agrees = said === emulator || fact.alsoRight?.test(said) === true
  return { ...shared, real: said, outcome: agrees ? 'agrees' : 'differs' }
}
