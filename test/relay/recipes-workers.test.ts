import { describe, expect, test } from 'vitest'
import type { StoredPreview } from '../emulator/cloudflare/worker-store.ts'
import type { Emulator } from '../emulator/emulator.ts'
import type { ApiError } from '../emulator/faults.ts'
import { HEAD_SHA } from '../recipes/reader.ts'
import { makeApp, WORKERS } from './recipes/apps.ts'
import { leaks, playForReal, runCommand, startStage } from './recipes/play.ts'

const PREVIEW = ['README.md', 'Previews on Workers (2)'] as const
const OWN_KEY = ['docs/previews.md', 'One key per pull request'] as const
const URL = 'https://pr-7-my-app.octo.workers.dev'
const STATUS = { sha: HEAD_SHA, state: 'success', context: 'preview', targetUrl: URL }

type Unaimed =
  | { kind: 'error'; status: number; errors: ApiError[] }
  | { kind: 'fields'; set: Record<string, unknown> }

function previewsOf(emulator: Emulator): readonly StoredPreview[] {
  return emulator.worker('my-app')?.previews ?? []
}

/** Stores a key where new previews find it, as the recipe before does. */
function storeForPreviews(emulator: Emulator): Record<string, unknown> {
  const { uid, secret } = emulator.seedKey({ name: 'octo/app worker my-app previews' })
  const binding = (text: string): unknown => ({ type: 'secret_text', text })
  const env = { TURN_KEY_ID: binding(uid), TURN_KEY_API_TOKEN: binding(secret) }
  emulator.setWorker('my-app', { previewsBaseConfig: { env } })
  return env
}

describe('the preview workflow of README.md, with the real Wrangler', () => {
  test.each(['a plain Worker', 'a Worker with assets', 'a Worker with a build command'] as const)(
    '%s: has the key, and a link; another push keeps both; closing deletes it',
    async what => {
      const stage = await startStage()
      const env = storeForPreviews(stage.emulator)
      const app = makeApp(WORKERS[what])
      for (const event of ['opened', 'synchronize']) {
        const outcome = await playForReal(stage, PREVIEW, event, app)
        expect([outcome.log, outcome.succeeded]).toEqual([expect.stringContaining(URL), true])
        expect(previewsOf(stage.emulator)).toMatchObject([{ name: 'pr-7', deployment: { env } }])
        expect(stage.emulator.github.statuses().at(-1)).toEqual(STATUS)
      }
      expect(await playForReal(stage, PREVIEW, 'closed', app)).toMatchObject({ succeeded: true })
      expect(previewsOf(stage.emulator)).toEqual([])
      // Wrangler asks whether there is a newer one, and nobody else anything.
      expect(new Set(stage.machine.fence.refused).size).toBeLessThanOrEqual(1)
    },
  )

  test('without a previews block the job fails, and the log says what to add', async () => {
    const stage = await startStage()
    const app = makeApp(WORKERS['a Worker without a previews block'])
    const { succeeded, log } = await playForReal(stage, PREVIEW, 'opened', app)
    expect([succeeded, log]).toEqual([false, expect.stringContaining('is missing a `previews` block')])
    expect(stage.emulator.github.statuses()).toEqual([])
  })

  test.each<[string, Unaimed, string]>([
    ['an API error', { kind: 'error', status: 500, errors: [{ code: 10001, message: 'Internal' }] }, '10001'],
    ['a preview without a URL', { kind: 'fields', set: { urls: [] } }, 'the Worker has no preview URL'],
  ])('%s fails the job, and the log says so', async (_what, fault, words) => {
    const stage = await startStage()
    stage.emulator.setWorker('my-app')
    stage.emulator.injectFault({ on: 'worker-preview-create', times: Number.POSITIVE_INFINITY, ...fault })
    const app = makeApp(WORKERS['a plain Worker'])
    const { succeeded, log } = await playForReal(stage, PREVIEW, 'opened', app)
    expect([succeeded, log]).toEqual([false, expect.stringContaining(words)])
    expect(stage.emulator.github.statuses()).toEqual([])
  })

  test('closing a pull request that was never deployed succeeds; another failure to delete is one', async () => {
    const stage = await startStage()
    stage.emulator.setWorker('my-app')
    const app = makeApp(WORKERS['a plain Worker'])
    const closed = await playForReal(stage, PREVIEW, 'closed', app)
    expect([closed.log, closed.succeeded]).toEqual([expect.stringContaining('[code: 10025]'), true])
    const errors = [{ code: 10000, message: 'Authentication error' }]
    stage.emulator.injectFault({ on: 'worker-preview-delete', kind: 'error', status: 403, errors })
    expect(await playForReal(stage, PREVIEW, 'closed', app)).toMatchObject({ succeeded: false })
  })
})

describe('One key per pull request, with the real Wrangler', () => {
  test('each push brings a new key into the preview; closing deletes both', async () => {
    const stage = await startStage()
    const app = makeApp(WORKERS['a plain Worker'])
    for (const event of ['opened', 'synchronize']) {
      const outcome = await playForReal(stage, OWN_KEY, event, app)
      expect([outcome.log, outcome.succeeded]).toEqual([expect.stringContaining(URL), true])
      const [key, ...others] = stage.emulator.keys()
      expect(others).toEqual([])
      const env = { TURN_KEY_ID: { text: key?.uid }, TURN_KEY_API_TOKEN: { text: key?.secret } }
      expect(previewsOf(stage.emulator)).toMatchObject([{ name: 'pr-7', deployment: { env } }])
      expect(stage.emulator.github.statuses().at(-1)).toEqual(STATUS)
      expect(leaks(stage, outcome)).toEqual([])
    }
    expect(await playForReal(stage, OWN_KEY, 'closed', app)).toMatchObject({ succeeded: true })
    expect([previewsOf(stage.emulator), stage.emulator.keys()]).toEqual([[], []])
  })

  test('an empty pair is refused before anything is deployed', async () => {
    const stage = await startStage()
    const app = makeApp(WORKERS['a plain Worker'])
    const { succeeded, log } = await playForReal(stage, OWN_KEY, 'opened', app, {
      without: ['TURN_KEY_API_TOKEN'],
    })
    expect([succeeded, log]).toEqual([false, expect.stringContaining('TURN_KEY_API_TOKEN: is empty')])
    expect(stage.emulator.worker('my-app')).toBeUndefined()
  })
})

test('wrangler deploy keeps the secrets that the workflow of docs/deploy.md stored', async () => {
  const stage = await startStage()
  stage.emulator.setWorker('my-app')
  const app = makeApp(WORKERS['a plain Worker'])
  const stored = await playForReal(stage, ['docs/deploy.md', 'Workers'], 'push', app)
  expect(stored).toMatchObject({ succeeded: true })
  const [key] = stage.emulator.keys()
  const secrets = { TURN_KEY_ID: key?.uid, TURN_KEY_API_TOKEN: key?.secret }
  const deployed = await runCommand(stage, 'npx --yes wrangler@4.164.0 deploy', app)
  expect([deployed.log, deployed.exitCode]).toEqual([expect.any(String), 0])
  expect(stage.emulator.worker('my-app')).toMatchObject({ secrets, code: { mainModule: 'index.js' } })
})
