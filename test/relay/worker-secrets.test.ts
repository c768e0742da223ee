import { afterEach, beforeEach, expect, test } from 'vitest'
import { transcript } from '../actions/transcript.ts'
import { createInWorker, deleteFromWorker, deployWorker, KINDS, SECRET, UID } from '../actions/worker-step.ts'
import { type Emulator, startEmulator } from '../emulator/emulator.ts'
import { secretsByWrangler } from './wrangler.ts'

let emulator: Emulator

beforeEach(async () => {
  emulator = await startEmulator()
})
afterEach(() => emulator.close())

const BOTH = ['OTHER', UID, SECRET]

test.each(KINDS)('what the actions do with store: $store is what Wrangler then lists', async ({ store }) => {
  const wrangler = () => secretsByWrangler(emulator, 'app', store)
  deployWorker(emulator, store, { OTHER: 'other' })
  const said: string[] = []
  const tell = async (what: string, text: string) => {
    said.push(`== ${what}\n${text}\nwrangler lists: ${(await wrangler()).join(', ')}`)
  }
  await tell('before', '')

  const first = await createInWorker(emulator, store)
  expect(first.outputs.outcome).toBe('created')
  await tell('the first run', transcript(first, emulator))
  expect(await wrangler()).toEqual(BOTH)

  emulator.requests.length = 0
  const second = await createInWorker(emulator, store)
  expect(second.outputs).toMatchObject({ outcome: 'reused', uid: first.outputs.uid })
  expect(emulator.requests.map(({ method }) => method)).toEqual(['GET', 'GET'])
  await tell('the second run', transcript(second, emulator))

  const { uid = '' } = first.outputs
  emulator.removeKey(uid)
  emulator.seedKey({ uid, name: first.outputs.name ?? '', created: '2026-01-01T00:00:00Z' })
  emulator.requests.length = 0
  const third = await createInWorker(emulator, store, { 'if-exists': 'replace' })
  expect(third.outputs.outcome).toBe('replaced')
  await tell('replace', transcript(third, emulator))
  emulator.requests.length = 0
  await tell('its post step', transcript(await third.post({ jobStatus: 'success' }), emulator))
  expect(emulator.keys().map(key => key.uid)).toEqual([third.outputs.uid])
  expect(await wrangler()).toEqual(BOTH)

  emulator.requests.length = 0
  await tell('delete', transcript(await deleteFromWorker(emulator, store), emulator))
  expect([await wrangler(), emulator.keys()]).toEqual([['OTHER'], []])
  console.log(said.join('\n\n'))
})
