import { afterEach, beforeEach, expect, test } from 'vitest'
import { manage } from '../ask.ts'
import { ACCOUNT_ID, type Emulator, startEmulator, TOKENS } from '../emulator.ts'

const PREVIEWS = `${ACCOUNT_ID}/workers/workers/app/previews`
const BASE = { env: { A: { type: 'secret_text', text: 'base' } } }
let emulator: Emulator

beforeEach(async () => {
  emulator = await startEmulator()
  emulator.setWorker('app', { previewsBaseConfig: BASE })
})
afterEach(() => emulator.close())

function send(method: string, path: string, body?: unknown, token: string = TOKENS.workersOnly) {
  return manage(emulator, method, path, body, `Bearer ${token}`)
}

/** What comes with parts, as Wrangler sends it. */
async function upload(path: string, parts: Record<string, string>, token: string) {
  const body = new FormData()
  for (const [name, content] of Object.entries(parts)) body.set(name, content)
  const headers = { authorization: `Bearer ${token}` }
  const response = await fetch(`${emulator.apiUrl}/accounts/${path}`, { method: 'POST', headers, body })
  const text = await response.text()
  return { status: response.status, text, result: Object(JSON.parse(text)).result }
}

function deploy(metadata: unknown): ReturnType<typeof upload> {
  const parts = { metadata: JSON.stringify(metadata) }
  return upload(`${PREVIEWS}/pr-7/deployments`, parts, TOKENS.workersOnly)
}

function envOf(name: string): unknown {
  return emulator.worker('app')?.previews.find(preview => preview.name === name)?.deployment?.env
}

test('a preview begins with the base configuration as it is then, and shows no values', async () => {
  await send('POST', PREVIEWS, { name: 'pr-7' })
  emulator.setWorker('app', { previewsBaseConfig: { env: { A: { type: 'secret_text', text: 'later' } } } })
  const deployed = await deploy({ main_module: 'index.js' })
  expect(deployed.result.env).toEqual({ A: { type: 'secret_text' } })
  expect(envOf('pr-7')).toEqual(BASE.env)
  const shown = await send('GET', `${PREVIEWS}/pr-7/deployments/latest`)
  expect(deployed.text + shown.text).not.toMatch(/base|later/)
})

test('a later deployment has what the upload says, and takes only what it names of the one before', async () => {
  await send('POST', PREVIEWS, { name: 'pr-7' })
  await deploy({ env: { B: { type: 'secret_text', text: 'own' } } })
  await deploy({ env: { A: { type: 'inherit' } } })
  expect(envOf('pr-7')).toEqual(BASE.env)
  expect((await deploy({ env: { B: { type: 'inherit' } } })).status).toBe(400)
})

test('without the base configuration, where that is asked for', async () => {
  await send('POST', `${PREVIEWS}?ignore_base_config=true`, { name: 'pr-7' })
  await deploy({})
  expect(envOf('pr-7')).toEqual({})
})

test('an unknown preview is 10025, an unknown Worker 10007, a second preview of a name is refused', async () => {
  for (const method of ['GET', 'DELETE']) {
    const { status, body } = await send(method, `${PREVIEWS}/pr-7`)
    expect([status, body.errors[0]?.code]).toEqual([404, 10025])
  }
  await send('POST', PREVIEWS, { name: 'pr-7' })
  expect((await send('POST', PREVIEWS, { name: 'pr-7' })).status).toBe(409)
  expect((await send('DELETE', `${PREVIEWS}/pr-7`)).status).toBe(200)
  expect((await send('GET', `${PREVIEWS}/pr-7`)).status).toBe(404)
  emulator.removeWorker('app')
  expect((await send('GET', `${PREVIEWS}/pr-7`)).body.errors[0]?.code).toBe(10007)
})

test.each([TOKENS.write, TOKENS.workersRead, TOKENS.pages])('%s deploys no preview', async token => {
  expect((await send('POST', PREVIEWS, { name: 'pr-7' }, token)).body.errors[0]?.code).toBe(10000)
  expect(emulator.worker('app')?.previews).toEqual([])
})

test('assets take a token of their own, and complete only with every file', async () => {
  const manifest = { '/a.html': { hash: 'aa', size: 1 }, '/b.html': { hash: 'bb', size: 1 } }
  const session = await send('POST', `${ACCOUNT_ID}/workers/scripts/app/assets-upload-session`, { manifest })
  expect(session.body.result.buckets).toEqual([['aa', 'bb']])
  const put = (token: string): ReturnType<typeof upload> =>
    upload(`${ACCOUNT_ID}/workers/assets/upload`, { aa: 'YQ==' }, token)
  expect((await put(TOKENS.workersOnly)).status).toBe(403)
  const { status, result } = await put(String(session.body.result.jwt))
  expect([status, result.jwt]).toEqual([200, undefined])
})
