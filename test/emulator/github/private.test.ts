import { afterEach, beforeEach, expect, test } from 'vitest'
import { github, type ReceivedResponse } from '../ask.ts'
import { type Emulator, startEmulator } from '../emulator.ts'
import type { Permissions } from './tokens.ts'

let emulator: Emulator

beforeEach(async () => {
  emulator = await startEmulator()
})
afterEach(() => emulator.close())

/** The places of secrets and variables. */
const PLACES = { staging: '/environments/staging', repository: '/actions' }
type Place = keyof typeof PLACES

/** The statuses of: secrets read, secrets written, variables read, variables written. */
async function statuses(place: Place, permissions: Permissions): Promise<number[]> {
  emulator.github.addToken('t', permissions)
  const ask = (method: string, path: string, body?: unknown): Promise<ReceivedResponse> =>
    github(emulator, method, `${PLACES[place]}/${path}`, body, 't')
  const responses = [
    await ask('GET', 'secrets/public-key'),
    await ask('PUT', 'secrets/A', {}),
    await ask('GET', 'variables'),
    await ask('PATCH', 'variables/A', { value: 'b' }),
  ]
  return responses.map(({ status }) => status)
}

/** What each permission, alone, allows; `true`: the call is carried out. (422 and 204 are what it comes to.) */
const TABLE: readonly [Place, Permissions, readonly [boolean, boolean, boolean, boolean]][] = [
  ['staging', {}, [false, false, false, false]],
  ['staging', { environments: 'read' }, [true, false, true, false]],
  ['staging', { environments: 'write' }, [true, true, true, true]],
  ['staging', { secrets: 'write', variables: 'write', actions: 'read' }, [false, false, false, false]],
  ['repository', {}, [false, false, false, false]],
  ['repository', { environments: 'write', actions: 'read' }, [false, false, false, false]],
  ['repository', { secrets: 'read' }, [true, false, false, false]],
  ['repository', { secrets: 'write' }, [true, true, false, false]],
  ['repository', { variables: 'read' }, [false, false, true, false]],
  ['repository', { variables: 'write' }, [false, false, true, true]],
]

for (const isPrivate of [false, true]) {
  test.each(TABLE)(`${isPrivate ? 'private' : 'public'}: %s with %j`, async (place, permissions, allowed) => {
    if (isPrivate) emulator.github.makePrivate()
    emulator.github.setVariable(place === 'repository' ? '' : place, 'A', 'a')
    const done = [200, 422, 200, 204]
    const refused = isPrivate ? 404 : 403
    expect(await statuses(place, permissions)).toEqual(
      allowed.map((may, index) => (may ? done[index] : refused)),
    )
  })
}

test('a private repository does not exist for a token that is for others; a public one does', async () => {
  emulator.github.addToken('t', { environments: 'write', repos: ['octo/other'] })
  expect((await github(emulator, 'GET', '', undefined, 't')).status).toBe(200)
  emulator.github.makePrivate()
  expect((await github(emulator, 'GET', '', undefined, 't')).status).toBe(404)
  const { status, body } = await github(emulator, 'GET', '')
  expect([status, body]).toMatchObject([200, { private: true, visibility: 'private' }])
})

test('two clients at once: one creates the variable, the other hears that it exists, and patches it', async () => {
  const path = '/environments/staging/variables'
  emulator.injectFault({ on: 'gh-variable-post', kind: 'slow', delay: 50, effectAfterDelay: true })
  const post = (value: string): Promise<ReceivedResponse> =>
    github(emulator, 'POST', path, { name: 'A', value })
  const both = await Promise.all([post('1'), post('2')])
  expect(both.map(({ status }) => status).sort()).toEqual([201, 409])
  const patch = (value: string): Promise<ReceivedResponse> =>
    github(emulator, 'PATCH', `${path}/A`, { name: 'A', value })
  expect((await Promise.all([patch('3'), patch('4')])).map(({ status }) => status)).toEqual([204, 204])
  expect(emulator.github.environment('staging')?.variables.A?.value).toMatch(/^[34]$/)
})

test('the environments are listed, by pages: to all who see a public repository, and with actions: read', async () => {
  for (let number = 0; number < 101; number++) emulator.github.addEnvironment(`e${number}`)
  emulator.github.addToken('t', {})
  const first = await github(emulator, 'GET', '/environments?per_page=100', undefined, 't')
  expect(JSON.parse(first.text)).toMatchObject({ total_count: 103, environments: { length: 100 } })
  expect(first.headers.get('link')).toContain('page=2')
  const second = await github(emulator, 'GET', '/environments?per_page=100&page=2', undefined, 't')
  expect(JSON.parse(second.text)).toMatchObject({ environments: { length: 3 } })
  expect(second.headers.get('link')).toBeNull()
  emulator.github.makePrivate()
  expect((await github(emulator, 'GET', '/environments', undefined, 't')).status).toBe(404)
  emulator.github.addToken('t', { actions: 'read' })
  expect((await github(emulator, 'GET', '/environments', undefined, 't')).status).toBe(200)
})

test('a request is held until the gate lets it pass, and only then has its effect', async () => {
  const gate = Promise.withResolvers<void>()
  const held = await startEmulator({ gate: ({ method }) => (method === 'POST' ? gate.promise : undefined) })
  const posted = github(held, 'POST', '/environments/staging/variables', { name: 'A', value: 'a' })
  expect((await github(held, 'GET', '/environments/staging/variables/A')).status).toBe(404)
  gate.resolve()
  expect((await posted).status).toBe(201)
  await held.close()
})
