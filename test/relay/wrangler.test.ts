import { afterEach, beforeEach, expect, test } from 'vitest'
import { type Emulator, startEmulator, TOKENS } from '../emulator/emulator.ts'
import { runWrangler, secretsByWrangler } from './wrangler.ts'

let emulator: Emulator

beforeEach(async () => {
  emulator = await startEmulator()
})
afterEach(() => emulator.close())

/** What Wrangler asked, with the content type and body of what it changed. */
function asked(): unknown[] {
  return emulator.requests
    .splice(0)
    .map(({ method, operation, headers, body, status }) =>
      method === 'GET'
        ? [operation, status]
        : [operation, status, headers['content-type'], JSON.parse(body || 'null')],
    )
}

test('wrangler secret: bulk changes what the emulator holds of a Worker, and list shows it', async () => {
  emulator.setWorker('app', { secrets: { KEPT: 'kept', OLD: 'old' } })
  const input = JSON.stringify({ TURN_KEY_ID: 'uid', TURN_KEY_API_TOKEN: 'key', OLD: null })
  const bulk = await runWrangler(emulator, ['secret', 'bulk', '--name', 'app'], { input })
  expect(bulk).toMatchObject({
    exitCode: 0,
    stdout: expect.stringContaining('2 secrets successfully created'),
  })
  const secrets = {
    TURN_KEY_ID: { name: 'TURN_KEY_ID', type: 'secret_text', text: 'uid' },
    TURN_KEY_API_TOKEN: { name: 'TURN_KEY_API_TOKEN', type: 'secret_text', text: 'key' },
    OLD: null,
  }
  expect(asked()).toEqual([['worker-secrets-bulk', 200, 'application/merge-patch+json', { secrets }]])
  const held = { KEPT: 'kept', TURN_KEY_ID: 'uid', TURN_KEY_API_TOKEN: 'key' }
  expect(emulator.worker('app')?.secrets).toEqual(held)
  expect(await secretsByWrangler(emulator, 'app')).toEqual(Object.keys(held))
  expect(asked()).toEqual([['worker-secrets', 200]])
})

test('wrangler preview base-config secret: bulk changes what new previews start with, and list shows it', async () => {
  const env = { V: { type: 'plain_text', text: 'v' }, OLD: { type: 'secret_text', text: 'old' } }
  emulator.setWorker('app', { previewsBaseConfig: { env } })
  const args = ['preview', 'base-config', 'secret', 'bulk', '--worker-name', 'app']
  const input = JSON.stringify({ TURN_KEY_ID: 'uid', OLD: null })
  expect(await runWrangler(emulator, args, { input })).toMatchObject({ exitCode: 0 })
  const patch = {
    previews_base_config: { env: { TURN_KEY_ID: { type: 'secret_text', text: 'uid' }, OLD: null } },
  }
  expect(asked()).toEqual([['worker-patch', 200, 'application/merge-patch+json', patch]])
  const held = { V: { type: 'plain_text', text: 'v' }, TURN_KEY_ID: { type: 'secret_text', text: 'uid' } }
  expect(emulator.worker('app')?.previewsBaseConfig).toEqual({ env: held })
  expect(await secretsByWrangler(emulator, 'app', 'worker-previews')).toEqual(['TURN_KEY_ID'])
  expect(asked()).toEqual([['worker', 200]])
})

const LIST = ['secret', 'list', '--name', 'app']
const BULK = ['secret', 'bulk', '--name', 'app']

test.each([
  ['a Worker that does not exist', LIST, undefined, TOKENS.workersOnly, 'Worker "app" not found'],
  [
    'a Worker whose latest version is not deployed',
    BULK,
    { isLatestDeployed: false },
    TOKENS.workersOnly,
    'deploy the latest version first',
  ],
  ['a name that the Wrangler file uses', BULK, { vars: ['A'] }, TOKENS.workersOnly, '[code: 10053]'],
  ['a token without the permission', LIST, {}, TOKENS.write, '[code: 10000]'],
])('wrangler understands what the emulator says of %s', async (_what, args, worker, token, words) => {
  if (worker) emulator.setWorker('app', worker)
  const env = { CLOUDFLARE_API_TOKEN: token }
  const run = await runWrangler(emulator, args, { input: '{"A":"a"}', env })
  expect(run).toMatchObject({ exitCode: 1, stderr: expect.stringContaining(words) })
  expect(emulator.worker('app')?.secrets ?? {}).toEqual({})
})

test('wrangler secret bulk uploads a draft of a Worker that does not exist, and the emulator takes it', async () => {
  const args = ['secret', 'bulk', '--name', 'draft']
  expect(await runWrangler(emulator, args, { input: '{"A":"a"}' })).toMatchObject({ exitCode: 0 })
  const operations = emulator.requests.map(({ operation, status }) => [operation, status])
  expect(operations).toEqual([
    ['worker-secrets-bulk', 404],
    ['worker-upload', 200],
    ['worker-secrets-bulk', 200],
  ])
  expect(emulator.worker('draft')?.secrets).toEqual({ A: 'a' })
})
