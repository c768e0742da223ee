import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe } from 'vitest'
import { NOTHING } from '../nothing.ts'
import { startSlowListener } from './slow-listener.ts'
import { create, it } from './step.ts'

const LOOKUP = new URL('../lookup.ts', import.meta.url).href

/** Nothing listens there: the emulator listens on 127.0.0.1 alone. */
const DEAD = '127.0.0.2'
const ALIVE = '127.0.0.1'

describe.concurrent('a host with two addresses, one of which is dead', () => {
  for (const addresses of [
    [DEAD, ALIVE],
    [ALIVE, DEAD],
  ]) {
    it(`is reached: ${addresses.join(', then ')}`, async ({ emulator, expect }) => {
      const apiUrl = emulator.apiUrl.replace(ALIVE, 'localhost')
      const env = { LOCALHOST_ADDRESSES: addresses.join() }
      const options = { nodeOptions: ['--import', LOOKUP], env }
      const run = await create({ apiUrl }, { 'delete-after-job': 'always' }, options)
      expect(run).toMatchObject({ exitCode: 0, annotations: [], outputs: { outcome: 'created' } })
      expect(run.log).not.toContain('Retrying')
      expect((await run.post()).annotations).toEqual([])
      expect(emulator.keys()).toEqual([])
    })
  }

  it('is not when both are', async ({ emulator, expect }) => {
    const apiUrl = emulator.apiUrl.replace(ALIVE, 'localhost')
    const clock = emulator.clock.skipping()
    const env = { LOCALHOST_ADDRESSES: `${DEAD},127.0.0.3`, ...clock.env }
    const run = await create({ apiUrl }, {}, { nodeOptions: [...clock.nodeOptions, '--import', LOOKUP], env })
    expect(run).toMatchObject({ exitCode: 1, outputs: NOTHING })
    expect(run.log).toContain('no connection to localhost')
    expect(emulator.requests).toEqual([])
  })
})

describe.concurrent('a TCP handshake of 1 second', () => {
  for (const addresses of [
    [ALIVE, DEAD],
    [DEAD, ALIVE],
  ]) {
    it.skipIf(process.platform !== 'linux')(
      `on the only address that works is awaited: ${addresses.join(', then ')}`,
      async ({ emulatorWith, expect }) => {
        const emulator = await emulatorWith({ transport: 'http' })
        const folder = mkdtempSync(join(tmpdir(), 'handshake-'))
        const file = join(folder, 'looked-up')
        const { port, close } = await startSlowListener(file, Number(new URL(emulator.origin).port))
        const env = { LOCALHOST_ADDRESSES: addresses.join(), LOOKED_UP_FILE: file }
        const apiUrl = `http://localhost:${port}/client/v4`
        const run = await create({ apiUrl }, {}, { nodeOptions: ['--import', LOOKUP], env })
        await close()
        rmSync(folder, { recursive: true })
        expect(run).toMatchObject({ exitCode: 0, annotations: [], outputs: { outcome: 'created' } })
        expect(run.log).not.toContain('Retrying')
      },
    )
  }
})
