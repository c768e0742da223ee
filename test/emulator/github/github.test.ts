import sodium from 'libsodium-wrappers'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { github, type ReceivedResponse } from '../ask.ts'
import { type Emulator, startEmulator } from '../emulator.ts'

const STAGING = '/environments/staging'
const SECONDS = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/
let emulator: Emulator

beforeEach(async () => {
  emulator = await startEmulator()
})
afterEach(() => emulator.close())

async function putSecret(path: string, value: string): Promise<ReceivedResponse> {
  const { body } = await github(emulator, 'GET', `${STAGING}/secrets/public-key`)
  await sodium.ready
  const sealed = sodium.crypto_box_seal(Buffer.from(value), Buffer.from(body.key, 'base64'))
  const content = { encrypted_value: Buffer.from(sealed).toString('base64'), key_id: body.key_id }
  return github(emulator, 'PUT', path, content)
}

test('the repository, its environments, and what is none of them', async () => {
  const repo = await github(emulator, 'GET', '')
  expect([repo.status, repo.body]).toMatchObject([200, { full_name: 'octo/app', private: false }])
  expect((await github(emulator, 'GET', STAGING)).body).toMatchObject({ name: 'staging' })
  expect((await github(emulator, 'GET', '/environments/production')).status).toBe(200)
  const missing = await github(emulator, 'GET', '/environments/nowhere')
  expect([missing.status, missing.body]).toEqual([
    404,
    { message: 'Not Found', documentation_url: expect.any(String), status: '404' },
  ])
  expect((await github(emulator, 'GET', '/../other')).status).toBe(404)
  expect(missing.headers.get('x-github-request-id')).toMatch(/^[0-9A-F:]+$/)
  expect(missing.headers.get('x-ratelimit-remaining')).toBe('4999')
})

test('names with slashes and spaces are encoded in the path', async () => {
  for (const name of ['preview/42', 'feature x', 'café']) {
    emulator.github.addEnvironment(name)
    const { status, body } = await github(emulator, 'GET', `/environments/${encodeURIComponent(name)}`)
    expect([status, body]).toMatchObject([200, { name }])
  }
  expect((await github(emulator, 'GET', '/environments/preview/42')).status).toBe(404)
})

test('a secret is made, replaced, described, never read, removed', async () => {
  const path = `${STAGING}/secrets/turn_key_api_token`
  expect((await github(emulator, 'GET', path)).status).toBe(404)
  expect((await putSecret(path, 'sealed value')).status).toBe(201)
  const { status, body } = await github(emulator, 'GET', path)
  const times = { created_at: expect.stringMatching(SECONDS), updated_at: expect.stringMatching(SECONDS) }
  expect([status, body]).toEqual([200, { name: 'TURN_KEY_API_TOKEN', ...times }])
  expect((await putSecret(path, 'another')).status).toBe(204)
  expect(emulator.github.environment('staging')?.secrets.TURN_KEY_API_TOKEN?.value).toBe('another')
  const listed = await github(emulator, 'GET', `${STAGING}/secrets`)
  expect(listed.body).toMatchObject({ total_count: 1, secrets: [{ name: 'TURN_KEY_API_TOKEN' }] })
  expect((await github(emulator, 'DELETE', path)).status).toBe(204)
  expect((await github(emulator, 'DELETE', path)).status).toBe(404)
})

test('a secret sealed with another key, or not sealed, is refused', async () => {
  const path = `${STAGING}/secrets/A`
  const { body } = await github(emulator, 'GET', `${STAGING}/secrets/public-key`)
  const contents = [
    { encrypted_value: 'aGVsbG8=', key_id: body.key_id },
    { encrypted_value: 'aGVsbG8=', key_id: '1' },
    { key_id: body.key_id },
  ]
  for (const content of contents) expect((await github(emulator, 'PUT', path, content)).status).toBe(422)
  expect((await putSecret(`${STAGING}/secrets/GITHUB_A`, 'a')).status).toBe(422)
  expect(emulator.github.environment('staging')?.secrets).toEqual({})
})

test('a variable is made once, updated, read, removed', async () => {
  const path = `${STAGING}/variables`
  expect((await github(emulator, 'PATCH', `${path}/a`, { value: '1' })).status).toBe(404)
  expect((await github(emulator, 'POST', path, { name: 'a', value: '1' })).status).toBe(201)
  expect((await github(emulator, 'POST', path, { name: 'A', value: '2' })).status).toBe(409)
  expect((await github(emulator, 'PATCH', `${path}/a`, { name: 'A', value: '3' })).status).toBe(204)
  const { body } = await github(emulator, 'GET', `${path}/A`)
  expect(body).toMatchObject({ name: 'A', value: '3', updated_at: expect.stringMatching(SECONDS) })
  expect((await github(emulator, 'GET', path)).body).toMatchObject({ total_count: 1 })
  expect((await github(emulator, 'POST', path, { name: 'b' })).status).toBe(422)
  expect((await github(emulator, 'DELETE', `${path}/a`)).status).toBe(204)
  expect((await github(emulator, 'GET', `${path}/a`)).status).toBe(404)
})

test('faults on GitHub have its form: a rate limit, for one', async () => {
  const headers = { 'X-RateLimit-Remaining': '0', 'x-ratelimit-reset': '1790000000' }
  const message = 'API rate limit exceeded for installation.'
  emulator.injectFault({ on: 'gh-environment', kind: 'error', status: 403, message, headers, retryAfter: 60 })
  const limited = await github(emulator, 'GET', STAGING)
  expect([limited.status, limited.body]).toMatchObject([403, { message, status: '403' }])
  expect(limited.headers.get('x-ratelimit-remaining')).toBe('0')
  expect(limited.headers.get('retry-after')).toBe('60')
  emulator.injectFault({ on: 'gh-environment', kind: 'fields', set: { name: 'odd' }, omit: ['id'] })
  const { body } = await github(emulator, 'GET', STAGING)
  expect(body).toMatchObject({ name: 'odd' })
  expect(body).not.toHaveProperty('id')
})
