import { afterAll, describe, expect, test } from 'vitest'
import { Clock } from '../clock/clock.ts'
import { startStep } from '../github-runner.ts'
import { cancelJob, cancelStep } from './cancel.ts'
import type { RunningStep } from './step.ts'
import { repository } from './tiny-action.ts'

const WAIT = 'setTimeout(() => {}, 3_600_000);'
const listen = (...signals: string[]): string =>
  `${WAIT}${signals.map(one => `process.on('${one}', () => console.log('${one}'));`).join('')}console.log('ready')`

const clocks: Clock[] = []
afterAll(() => {
  for (const clock of clocks) clock.close()
})

async function start(main: string, post = '0'): Promise<{ step: RunningStep; clock: Clock }> {
  const clock = new Clock()
  clocks.push(clock)
  const step = startStep('delete', { root: repository(main, post), ...clock.stopped() })
  await new Promise(resolve => step.child.stdout?.once('data', resolve))
  return { step, clock }
}

describe.skipIf(process.platform === 'win32')('a cancelled job', () => {
  test.concurrent('sends no more signals to a step that ends by itself', async () => {
    const { step, clock } = await start(
      `process.on('SIGINT', () => process.exit(7));${WAIT}console.log('ready')`,
    )
    expect(await cancelStep(step, clock)).toMatchObject({ exitCode: 7, signal: null, signals: ['SIGINT'] })
  })

  test.concurrent('sends SIGTERM to one that goes on', async () => {
    const { step, clock } = await start(listen('SIGINT'))
    const run = await cancelStep(step, clock)
    expect(run).toMatchObject({ signal: 'SIGTERM', signals: ['SIGINT', 'SIGTERM'], log: 'ready\nSIGINT' })
  })

  test.concurrent('kills one that still goes on, before 12 seconds are over', async () => {
    const ignore = `setTimeout(() => process.exit(0), 12_000);${listen('SIGINT', 'SIGTERM')}`
    const { step, clock } = await start(ignore)
    const run = await cancelStep(step, clock)
    expect(run).toMatchObject({ signal: 'SIGKILL', signals: ['SIGINT', 'SIGTERM', 'SIGKILL'] })
    expect(run.log).toBe('ready\nSIGINT\nSIGTERM')
  })

  test.concurrent('sends post no signal, and kills it with the job', async () => {
    const inPost = `console.log(process.env['INPUT_JOB-STATUS']);${listen('SIGINT', 'SIGTERM')}`
    const { step, clock } = await start(listen(), inPost)
    const { post } = await cancelJob(step, clock)
    expect(post).toMatchObject({ signal: 'SIGKILL', signals: ['SIGKILL'], log: 'cancelled\nready' })
  })
})
