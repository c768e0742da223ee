import { describe, expect } from 'vitest'
import { ago, names } from './accounts.ts'
import { it, runDelete } from './step.ts'

const MINUTE = 60_000
const HOUR = 60 * MINUTE
const DAY = 24 * HOUR

describe.concurrent('filters', () => {
  it.for<[string, string[]]>([
    ['90m', ['now', '89m', 'no time']],
    ['2h', ['now', '89m', '91m', 'no time']],
    ['7d', ['now', '89m', '91m', '6d', 'no time']],
    ['900000d', ['now', '89m', '91m', '6d', '8d', 'no time']],
  ])('older-than %s; a key of unknown age is never older', async ([olderThan, left], { emulator }) => {
    const ages = { now: 0, '89m': 89 * MINUTE, '91m': 91 * MINUTE, '6d': 6 * DAY, '8d': 8 * DAY }
    for (const [name, age] of Object.entries(ages)) {
      emulator.seedKey({ name: `ci ${name}`, created: ago(age) })
    }
    emulator.seedKey({ name: 'ci no time', created: '' })
    await runDelete(emulator, { 'name-prefix': 'ci ', 'older-than': olderThan })
    expect(new Set(names(emulator))).toEqual(new Set(left.map(name => `ci ${name}`)))
  })

  it.for([2 * DAY, -2 * DAY])(
    "age is by Cloudflare's clock: the runner's is %d ms ahead",
    async (ahead, { emulator }) => {
      emulator.seedKey({ name: 'ci old', created: ago(3 * HOUR) })
      emulator.seedKey({ name: 'ci young', created: ago(HOUR) })
      const clock = `const { now } = Date; Date.now = () => now() + ${ahead}`
      const step = await runDelete(
        emulator,
        { 'name-prefix': 'ci', 'older-than': '2h' },
        { nodeOptions: ['--import', `data:text/javascript,${encodeURIComponent(clock)}`] },
      )
      expect(step.exitCode).toBe(0)
      expect(names(emulator)).toEqual(['ci young'])
    },
  )

  it('keep-latest, of each name, comes first; older-than then counts for the rest', async ({ emulator }) => {
    const keys = { a: [1, 2, 3, 9], b: [4, 5], c: [1] }
    for (const [name, days] of Object.entries(keys)) {
      for (const age of days) emulator.seedKey({ name: `ci ${name}`, created: ago(age * DAY) })
    }
    const filters = { 'keep-latest': '1', 'older-than': '60h' }
    const step = await runDelete(emulator, { 'name-prefix': 'ci ', ...filters })
    expect(step.outputs.count).toBe('3')
    const left = emulator.keys().map(({ name, created }) => {
      return `${name} ${Math.round((Date.now() - Date.parse(created)) / DAY)}`
    })
    expect(left).toEqual(['ci b 4', 'ci a 2', 'ci a 1', 'ci c 1'])
  })

  it('keep-latest alone, with name', async ({ emulator }) => {
    const uids = [5, 1, 3].map(age => emulator.seedKey({ name: 'app', created: ago(age * HOUR) }).uid)
    const step = await runDelete(emulator, { name: 'app', 'keep-latest': '2' })
    expect(step.outputs.deleted).toBe(JSON.stringify([uids[0]]))
  })
})
