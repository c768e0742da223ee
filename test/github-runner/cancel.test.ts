import { describe, expect, test } from 'vitest'
import { startStep } from '../github-runner.ts'
import { cancelJob, cancelStep } from './cancel.ts'
import type { RunningStep } from './step.ts'
import { repository } from './tiny-action.ts'

const WAIT = 'setTimeout(() => {}, 60_000);'
const listen = (...signals: string[]): string =>
  `${WAIT}${signals.map(one => `process.on('${one}', () => console.log('${one}'));`).join('')}console.log('ready')`

async function start(main: string, post = '0'): Promise<RunningStep> {
  const step = startStep('delete', { root: repository(main, post) })
  await new Promise(resolve => step.child.stdout?.once('data', resolve))
  return step
}

describe.skipIf(process.platform === 'win32')('a cancelled job', () => {
  test.concurrent('sends no more signals to a step that ends by itself', async () => {
    const step = await start(`process.on('SIGINT', () => process.exit(7));${WAIT}console.log('ready')`)
    expect(await cancelStep(step)).toMatchObject({ exitCode: 7, signal: null, signals: ['SIGINT'] })
  })

  test.concurrent('sends SIGTERM to one that goes on', async () => {
    const run = await cancelStep(await start(listen('SIGINT')), 5)
    expect(run).toMatchObject({ signal: 'SIGTERM', signals: ['SIGINT', 'SIGTERM'], log: 'ready\nSIGINT' })
  })

  test.concurrent('kills one that still goes on, before 12 seconds are over', async () => {
    const ignore = `setTimeout(() => process.exit(0), ${12_000 / 5});${listen('SIGINT', 'SIGTERM')}`
    const run = await cancelStep(await start(ignore), 5)
    expect(run).toMatchObject({ signal: 'SIGKILL', signals: ['SIGINT', 'SIGTERM', 'SIGKILL'] })
    expect(run.log).toBe('ready\nSIGINT\nSIGTERM')
  })

  test.concurrent('sends post no signal, and kills it with the job', async () => {
    const { post } = await cancelJob(
      await start(listen(), `console.log(process.env['INPUT_JOB-STATUS']);${listen('SIGINT', 'SIGTERM')}`),
      60,
    )
    expect(post).toMatchObject({ signal: 'SIGKILL', signals: ['SIGKILL'], log: 'cancelled\nready' })
  })
})
