import { beforeAll, describe, expect, test } from 'vitest'
import { exploreAll, exploreSome, type Pick } from './orders/explore.ts'
import { type Instance, loadInstance } from './orders/job.ts'
import { shareProcess } from './orders/process.ts'
import { runOrder, type Scenario } from './orders/run.ts'
import type { Start } from './orders/world.ts'

/** How many orders of one scenario are gone through at most: `ORDERS=300 npm run test:sweeps` takes an hour. */
const MOST = Number(process.env.ORDERS ?? 20)
/** How many are picked at random, and how many for each request that is slow, or after which a job is killed. */
const SOME = Math.ceil(MOST / 5)
const FEW = Math.ceil(MOST / 100)
const TIMEOUT = 1_800_000

const STARTS: readonly Start[] = ['nothing', 'a healthy pair', 'a torn pair']
const STORES = { staging: { environment: 'staging' }, '': { store: 'repository' } }
const PAIRS = [
  ['reuse', 'reuse'],
  ['reuse', 'replace'],
  ['replace', 'replace'],
] as const

/** How a job may end: well, or because another one's rotation deleted its key, or stored its own each time. */
const EXPECTED = /^well$|Another job deleted the TURN key|Other jobs kept storing/

const instances: Instance[] = []
const counts: Record<string, number> = {}

beforeAll(async () => {
  shareProcess()
  for (let index = 0; index < 4; index++) instances.push(await loadInstance())
  // The first time, libraries are loaded, which takes a while.
  for (const instance of instances) {
    await runOrder(
      { environment: 'staging', start: 'nothing', jobs: [STORES.staging] },
      [instance],
      ([step]) => step,
    )
  }
}, TIMEOUT)

function scenario(
  environment: keyof typeof STORES,
  start: Start,
  modes: readonly string[],
  more: Partial<Scenario>,
) {
  return {
    environment,
    start,
    jobs: modes.map(mode => ({ ...STORES[environment], 'if-exists': mode })),
    ...more,
  }
}

/** Carries out one order, and checks that it leaves no torn pair, and no pair whose key was deleted. */
function checked(one: Scenario, check: 'problem' | 'next run' = 'problem') {
  return async (pick: Pick): Promise<boolean> => {
    const ended = await runOrder(one, instances, pick)
    if (!ended) return false
    const told = ended.steps.map(({ job, operations }) => `${job}: ${operations.join(', ')}`).join('\n')
    expect(ended.world.problem(), told).toBe('')
    for (const { error } of ended.jobs) expect(String(error ?? 'well'), told).toMatch(EXPECTED)
    if (check === 'problem') return true
    const next = {
      ...one,
      jobs: [{ ...STORES[one.environment as ''], 'if-exists': 'reuse' }],
      killedAfter: -1,
    }
    const last = await runOrder(next, instances.slice(3), ([step]) => step, ended.world)
    expect([last?.jobs[0]?.error, ended.world.isWhole()], told).toEqual([undefined, true])
    return true
  }
}

for (const environment of ['staging', ''] as const) {
  const where = environment || 'the repository'
  describe(`jobs that store a pair in ${where} at once`, () => {
    for (const start of STARTS) {
      for (const modes of PAIRS) {
        test(`two, from ${start}: ${modes.join(' and ')}, in as many orders as there are`, {
          timeout: TIMEOUT,
        }, async () => {
          const what = `two, ${where}, ${start}, ${modes.join(' and ')}`
          const grouped = scenario(environment, start, modes, { isGrouped: true })
          const { count, areAll } = await exploreAll(MOST, checked(grouped))
          counts[`${what}: ${areAll ? 'all' : 'the first of more'}`] = count
          counts[`${what}, request by request`] = await exploreSome(
            SOME,
            checked(scenario(environment, start, modes, { seconds: 2 })),
          )
        })
      }

      for (const modes of [
        ['reuse', 'replace', 'replace'],
        ['reuse', 'reuse', 'replace', 'replace'],
      ]) {
        test(`${modes.length}, from ${start}, in some orders`, { timeout: TIMEOUT }, async () => {
          const one = scenario(environment, start, modes, {})
          counts[`${modes.length} jobs, ${where}, ${start}`] = await exploreSome(SOME, checked(one))
        })
      }

      test(`two, from ${start}: one is slow by seconds at one request`, { timeout: TIMEOUT }, async () => {
        let count = 0
        for (let step = 1; step <= 12; step++) {
          for (const delay of [{ before: 5 }, { late: 5 }]) {
            const more = { seconds: 1, slow: { step, ...delay } }
            count += await exploreSome(
              FEW,
              checked(scenario(environment, start, ['replace', 'replace'], more)),
            )
          }
        }
        counts[`slow, ${where}, ${start}`] = count
      })

      test(`two, from ${start}: one is killed after one of its requests`, { timeout: TIMEOUT }, async () => {
        let count = 0
        for (let killedAfter = 1; killedAfter <= 12; killedAfter++) {
          for (const modes of PAIRS) {
            const one = scenario(environment, start, modes, { seconds: 3, killedAfter })
            count += await exploreSome(FEW, checked(one, 'next run'))
          }
        }
        counts[`killed, ${where}, ${start}`] = count
      })
    }
  })
}

test('the count of orders', () => {
  const all = Object.values(counts).reduce((sum, count) => sum + count, 0)
  console.log(
    `${Object.entries(counts)
      .map(([what, count]) => `${count}: ${what}`)
      .join('\n')}\n${all} orders in all`,
  )
  expect(all).toBeGreaterThan(0)
})
