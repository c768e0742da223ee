import { afterEach, beforeEach, expect, test } from 'vitest'
import { github, type ReceivedResponse } from '../ask.ts'
import { type Emulator, GITHUB_TOKENS, startEmulator } from '../emulator.ts'

const STAGING = '/environments/staging'
let emulator: Emulator

beforeEach(async () => {
  emulator = await startEmulator()
})
afterEach(() => emulator.close())

test('bad credentials: 401', async () => {
  const { status, body } = await github(emulator, 'GET', STAGING, undefined, 'nobody')
  expect([status, body]).toMatchObject([401, { message: 'Bad credentials', status: '401' }])
})

test('a token like GITHUB_TOKEN sees the environment and touches nothing in it', async () => {
  const token = GITHUB_TOKENS.workflow
  expect((await github(emulator, 'GET', STAGING, undefined, token)).status).toBe(200)
  const refused = [
    await github(emulator, 'GET', `${STAGING}/secrets/public-key`, undefined, token),
    await github(emulator, 'GET', `${STAGING}/secrets/A`, undefined, token),
    await github(emulator, 'PUT', `${STAGING}/secrets/A`, {}, token),
    await github(emulator, 'POST', `${STAGING}/variables`, { name: 'A', value: 'a' }, token),
    await github(emulator, 'GET', `${STAGING}/variables/A`, undefined, token),
  ]
  for (const { status, body } of refused) {
    expect([status, body.message]).toEqual([403, 'Resource not accessible by integration'])
  }
})

test('reading an environment is one permission, writing to it another', async () => {
  emulator.github.addToken('reader', { environments: 'read', secrets: 'write', variables: 'write' })
  emulator.github.setSecret('staging', 'A', 'a', '2026-01-01T00:00:00Z')
  emulator.github.setVariable('staging', 'A', 'a', '2026-01-02T00:00:00Z')
  const as = (method: string, path: string, body?: unknown): Promise<ReceivedResponse> =>
    github(emulator, method, `${STAGING}/${path}`, body, 'reader')
  expect((await as('GET', 'secrets/A')).body).toMatchObject({ updated_at: '2026-01-01T00:00:00Z' })
  expect((await as('GET', 'variables/A')).status).toBe(200)
  expect((await as('PATCH', 'variables/A', { value: 'b' })).status).toBe(403)
  expect((await as('DELETE', 'secrets/A')).status).toBe(403)
  emulator.github.removeSecret('staging', 'A')
  emulator.github.removeVariable('staging', 'A')
  expect(emulator.github.environment('staging')).toEqual({ secrets: {}, variables: {} })
  expect(emulator.github.environment('nowhere')).toBeUndefined()
})

test("the repository's own secrets and variables need Secrets and Variables, and nothing else", async () => {
  emulator.github.addToken('reader', { environments: 'write', secrets: 'read', variables: 'write' })
  const as = (method: string, path: string, body?: unknown): Promise<ReceivedResponse> =>
    github(emulator, method, `/actions/${path}`, body, 'reader')
  expect((await as('GET', 'secrets/public-key')).status).toBe(200)
  expect((await as('PUT', 'secrets/A', {})).status).toBe(403)
  expect((await as('POST', 'variables', { name: 'A', value: 'a' })).status).toBe(201)
  expect((await as('GET', 'variables/A')).body).toMatchObject({ value: 'a' })
  expect(emulator.github.environment('staging')).toEqual({ secrets: {}, variables: {} })
})

test('a fine-grained token that is for other repositories', async () => {
  emulator.github.addToken('pat', { environments: 'write', kind: 'fine-grained', repos: ['octo/other'] })
  const { status, body } = await github(emulator, 'GET', STAGING, undefined, 'pat')
  expect([status, body.message]).toEqual([403, 'Resource not accessible by personal access token'])
})
