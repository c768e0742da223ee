import { once } from 'node:events'
import { createServer } from 'node:http'
import { describe } from 'vitest'
import { it } from '../actions/step.ts'
import type { Clock } from '../clock/clock.ts'
import { until } from '../emulator/ask.ts'
import { portOf } from '../emulator/server.ts'
import { repository } from '../github-runner/tiny-action.ts'
import { type RunningStep, startStep } from '../github-runner.ts'

/** Starts a step that runs a script. */
function start(script: string, options: ReturnType<Clock['skipping']>): RunningStep {
  return startStep('delete', { root: repository(script, '0'), ...options })
}

/** A script that gets a URL, while a timer runs. */
const get = (url: string, timer: number): string => `
  import { get } from 'node:http'
  get('${url}', response => response.resume().on('end', () => console.log('response')))
  setTimeout(() => console.log('timer'), ${timer})`

describe.concurrent('the clock of an emulator', () => {
  it('can be put forward, whether or not a step shares it', async ({ emulator, expect }) => {
    const [hour, begun] = [3_600_000, Date.now()]
    emulator.clock.advance(hour)
    expect(Date.parse(emulator.seedKey({ name: 'a' }).created) - begun).toBeGreaterThanOrEqual(hour)
    emulator.clock.stopped()
    const before = emulator.clock.now()
    emulator.clock.advance(hour)
    expect(emulator.clock.now() - before).toBe(hour)
  })
})

describe.concurrent('a step that shares a clock', () => {
  it('skips what it waits for, and takes the emulator with it', async ({ emulator, expect }) => {
    const { clock } = emulator
    const script = 'const begun = Date.now(); setTimeout(() => console.log(Date.now() - begun), 3_600_000)'
    const options = clock.skipping()
    const begun = clock.now()
    expect((await start(script, options).done).log).toBe('3600000')
    expect(clock.now() - begun).toBe(3_600_000)
    const { created } = emulator.seedKey({ name: 'an hour later' })
    expect(Date.parse(created)).toBe(clock.now())
  })

  it('fires its timers in order, those that others set included', async ({ emulator, expect }) => {
    const script = `
      import { setTimeout as sleep } from 'node:timers/promises'
      const log = text => () => console.log(text)
      setTimeout(log('d'), 3000)
      setTimeout(() => { log('b')(); setTimeout(log('c'), 500) }, 1000)
      sleep(900).then(log('a'))
      clearTimeout(setTimeout(log('never'), 10))
      setTimeout(log('unref'), 9000).unref()`
    expect((await start(script, emulator.clock.skipping()).done).log).toBe('a\nb\nc\nd')
  })

  it('skips nothing while a response may come, however long it takes', async ({ emulator, expect }) => {
    const server = createServer((_, response) => setTimeout(() => response.end(), 150))
    await once(server.listen(0, '127.0.0.1'), 'listening')
    const step = start(get(`http://127.0.0.1:${portOf(server)}`, 10), emulator.clock.skipping())
    expect((await step.done).log).toBe('response\ntimer')
    server.close()
  })

  for (const [delay, order] of [
    [1000, 'response\ntimer'],
    [3000, 'timer\nresponse'],
  ] as const) {
    it(`gets a response that is held back in time: ${delay} ms`, async ({ emulatorWith, expect }) => {
      const emulator = await emulatorWith({ transport: 'http' })
      emulator.injectFault({ on: 'any', kind: 'slow', delay })
      const step = start(get(emulator.apiUrl, 2000), emulator.clock.skipping())
      expect((await step.done).log).toBe(order)
    })
  }

  it('waits while the clock is stopped, and handles a signal before it goes on', async ({
    emulator,
    expect,
  }) => {
    const { clock } = emulator
    const script = `
      process.on('SIGINT', () => console.log('SIGINT'))
      setTimeout(() => console.log('timer'), 1000)
      console.log('ready')`
    const step = start(script, clock.stopped())
    let output = ''
    step.child.stdout?.on('data', (text: Buffer) => {
      output += text
    })
    await until(() => output === 'ready\n')
    await clock.reach(clock.now() + 999)
    step.kill('SIGINT')
    clock.pass()
    expect((await step.done).log).toBe('ready\nSIGINT\ntimer')
  })
})
