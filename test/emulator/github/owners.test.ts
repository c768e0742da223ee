import { afterEach, beforeEach, expect, test } from 'vitest'
import { github, type ReceivedResponse } from '../ask.ts'
import { type Emulator, startEmulator } from '../emulator.ts'

const ROUTES = [
  ['/pulls/7', 'pullRequests'],
  ['/git/matching-refs/heads/main', 'contents'],
  ['/actions/runs/20', 'actions'],
] as const
let emulator: Emulator

beforeEach(async () => {
  emulator = await startEmulator()
  emulator.github.setPull(7, 'open')
  emulator.github.addRef('refs/heads/main')
  emulator.github.setRun(20, 'in_progress')
})
afterEach(() => emulator.close())

function get(path: string, token?: string): Promise<ReceivedResponse> {
  return github(emulator, 'GET', path, undefined, token)
}

function refsOf({ text }: ReceivedResponse): string[] {
  return JSON.parse(text).map(({ ref }: { ref: string }) => ref)
}

test('a pull request and a run by number, and nothing by anything else', async () => {
  expect((await get('/pulls/7')).body).toMatchObject({ number: 7, state: 'open' })
  expect((await get('/actions/runs/20')).body).toMatchObject({
    id: 20,
    status: 'in_progress',
    conclusion: null,
  })
  for (const path of ['/pulls/8', '/pulls/07', '/pulls/+7', '/actions/runs/7', '/pulls', '/pulls/7/files'])
    expect((await get(path)).status).toBe(404)
})

test('refs that start with a name: none is an empty list, and a slash may be encoded', async () => {
  for (const branch of ['feature/a', 'feature/b', 'fix#1', '100%'])
    emulator.github.addRef(`refs/heads/${branch}`)
  const path = '/git/matching-refs/heads'
  expect(refsOf(await get(`${path}/feature/`))).toEqual(['refs/heads/feature/a', 'refs/heads/feature/b'])
  expect(refsOf(await get(`${path}%2Ffeature%2Fa`))).toEqual(['refs/heads/feature/a'])
  expect(refsOf(await get(`${path}/fix%231`))).toEqual(['refs/heads/fix#1'])
  expect(refsOf(await get(`${path}/100%25`))).toEqual(['refs/heads/100%'])
  expect(refsOf(await get('/git/matching-refs/tags/main'))).toEqual([])
})

test('a list of refs has pages', async () => {
  for (let index = 0; index < 250; index++) emulator.github.addRef(`refs/tags/v${index}`)
  const sizes = []
  for (const query of [
    '',
    '?per_page=100',
    '?per_page=500',
    '?per_page=100&page=3',
    '?per_page=100&page=4',
  ]) {
    const response = await get(`/git/matching-refs/tags/v${query}`)
    sizes.push([refsOf(response).length, response.headers.get('link')?.includes('rel="next"') ?? false])
  }
  expect(sizes).toEqual([
    [30, true],
    [100, true],
    [100, true],
    [50, false],
    [0, false],
  ])
})

for (const [path, permission] of ROUTES) {
  test(`${path} needs ${permission}, and only that: 403 in a public repository, 404 in a private one`, async () => {
    emulator.github.addToken('has', { [permission]: 'read' })
    emulator.github.addToken('lacks', {
      actions: 'read',
      contents: 'read',
      pullRequests: 'read',
      [permission]: 'none',
    })
    expect((await get(path, 'has')).status).toBe(200)
    expect((await get(path, 'lacks')).status).toBe(403)
    emulator.github.makePrivate()
    expect((await get(path, 'has')).status).toBe(200)
    expect((await get(path, 'lacks')).status).toBe(404)
  })
}

test('pull requests are seeded over HTTP too', async () => {
  const post = (body: unknown): Promise<Response> =>
    fetch(`${emulator.origin}/emulator/pulls`, { method: 'POST', body: JSON.stringify(body) })
  expect((await post({ number: 7, state: 'closed' })).status).toBe(201)
  expect((await get('/pulls/7')).body).toMatchObject({ state: 'closed' })
  expect((await post({ number: 7, state: 'merged' })).status).toBe(400)
})
