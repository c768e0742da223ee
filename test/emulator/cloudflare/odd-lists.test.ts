import { afterEach, beforeEach, expect, test } from 'vitest'
import { manage } from '../ask.ts'
import { ACCOUNT_ID, type Emulator, type EmulatorOptions, startEmulator } from '../emulator.ts'

const KEYS = `${ACCOUNT_ID}/calls/turn_keys`
let started: Emulator[] = []
const start = async (options: EmulatorOptions): Promise<Emulator> => {
  const emulator = await startEmulator(options)
  started.push(emulator)
  return emulator
}

beforeEach(() => {
  started = []
})
afterEach(() => Promise.all(started.map(emulator => emulator.close())))

test('a key without times has neither member, and counts as the oldest', async () => {
  const emulator = await start({})
  const known = emulator.seedKey({ name: 'known', created: '2020-01-01T00:00:00.000000Z' })
  const { uid } = emulator.seedKey({ name: 'a', created: '' })
  expect((await manage(emulator, 'GET', `${KEYS}/${uid}`)).body.result).toEqual({ uid, name: 'a' })
  const { body } = await manage(emulator, 'GET', KEYS)
  expect(body.result.find(key => key.uid === uid)).toEqual({ uid, name: 'a' })
  expect(emulator.keys().map(key => key.uid)).toEqual([uid, known.uid])
})

test('an empty list is an array, or null; one that is not empty never null', async () => {
  const usual = await start({})
  expect((await manage(usual, 'GET', KEYS)).body.result).toEqual([])
  const emulator = await start({ emptyList: 'null' })
  const empty = await manage(emulator, 'GET', KEYS)
  expect([empty.status, empty.body]).toEqual([200, { success: true, errors: [], messages: [], result: null }])
  emulator.seedKey({ name: 'a' })
  expect((await manage(emulator, 'GET', KEYS)).body.result).toHaveLength(1)
})

test('a name that is trimmed or cut comes back so everywhere', async () => {
  for (const [storedName, stored] of [
    [(name: string) => name.trim(), 'octo/app@main'],
    [(name: string) => name.slice(0, 6), ' octo/'],
  ] as const) {
    const emulator = await start({ storedName })
    const created = await manage(emulator, 'POST', KEYS, { name: ' octo/app@main ' })
    const { name, uid } = created.body.result
    expect(name).toBe(stored)
    expect((await manage(emulator, 'GET', KEYS)).body.result[0]?.name).toBe(stored)
    const renamed = await manage(emulator, 'PUT', `${KEYS}/${uid}`, { name: ' octo/app@main' })
    expect(renamed.body.result.name).toBe(stored)
    expect(emulator.keys().map(key => key.name)).toEqual([stored])
  }
})
