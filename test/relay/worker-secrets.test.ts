import { afterEach, beforeEach, expect, test } from 'vitest'
import { transcript } from '../actions/transcript.ts'
import { createInWorker, deleteFromWorker, deployWorker, KINDS, SECRET, UID } from '../actions/worker-step.ts'
import { type Emulator, startEmulator } from '../emulator/emulator.ts'
import type { StepRun } from '../github-runner.ts'
import { secretsByWrangler } from './wrangler.ts'

let emulator: Emulator

beforeEach(async () => {
  emulator = await startEmulator()
})
afterEach(() => emulator.close())

const BOTH = ['OTHER', UID, SECRET]

test.each(KINDS)('what the actions do with store: $store is what Wrangler then lists', async ({ store }) => {
  deployWorker(emulator, store, { OTHER: 'other' })
  const said: string[] = []
  const listedAfter = async (what: string, run: StepRun): Promise<string[]> => {
    const listed = await secretsByWrangler(emulator, 'app', store)
    said.push(`== ${what}\n${transcript(run, emulator)}\nwrangler lists: ${listed.join(', ')}`)
    emulator.requests.length = 0
    return listed
  }

  const first = await createInWorker(emulator, store)
  expect(first.outputs.outcome).toBe('created')
  expect(await listedAfter('the first run', first)).toEqual(BOTH)

  const second = await createInWorker(emulator, store)
  expect(second.outputs).toMatchObject({ outcome: 'reused', uid: first.outputs.uid })
  expect(emulator.requests.map(({ method }) => method)).toEqual(['GET', 'GET'])
  expect(await listedAfter('the second run', second)).toEqual(BOTH)

  const { uid = '' } = first.outputs
  emulator.removeKey(uid)
  emulator.seedKey({ uid, name: first.outputs.name ?? '', created: '2026-01-01T00:00:00Z' })
  const third = await createInWorker(emulator, store, { 'if-exists': 'replace' })
  expect(third.outputs.outcome).toBe('replaced')
  expect(await listedAfter('replace', third)).toEqual(BOTH)
  const post = await third.post({ jobStatus: 'success' })
  expect(await listedAfter('its post step', post)).toEqual(BOTH)
  expect(emulator.keys().map(key => key.uid)).toEqual([third.outputs.uid])

  expect(await listedAfter('delete', await deleteFromWorker(emulator, store))).toEqual(['OTHER'])
  expect(emulator.keys()).toEqual([])
  console.log(said.join('\n\n'))
})
