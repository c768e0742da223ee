import { expect as check, describe, test } from 'vitest'
import { createKey, deleteKey, type KeySnapshot, listKeys } from '../../src/cloudflare/keys.ts'
import { keysCreatedBetween, keysNamed, sortNewestFirst } from '../../src/cloudflare/select-keys.ts'
import { it, rejection } from './client.ts'

const UID = 'a'.repeat(32)

describe.concurrent('keys', () => {
  it('are created, listed and deleted', async ({ client: { account, emulator }, expect }) => {
    const made = await createKey(account, 'n')
    const [key] = emulator.keys()
    expect(made).toEqual({
      uid: key?.uid,
      name: 'n',
      created: key?.created,
      modified: key?.modified,
      secrets: [key?.secret],
    })
    const { secrets: _, ...listed } = made
    const list = await listKeys(account)
    expect(list.keys).toEqual([listed])
    expect(Math.abs(list.serverTime - list.receivedAt)).toBeLessThan(5000)
    expect(await deleteKey(account, made.uid)).toBe('deleted')
    expect(await deleteKey(account, made.uid)).toBe('already deleted')
  })

  it('deleted by a request whose response was lost are deleted', async ({
    client: { account, emulator },
    expect,
  }) => {
    const { uid } = emulator.seedKey({ name: 'n' })
    emulator.injectFault({ on: 'delete', kind: 'response-lost' })
    expect(await deleteKey(account, uid)).toBe('deleted')
    expect(emulator.requests).toHaveLength(2)
  })

  it('are gone by code, not by status', async ({ client: { account, emulator }, expect }) => {
    emulator.injectFault({
      on: 'delete',
      kind: 'error',
      status: 400,
      errors: [{ code: 20008, message: 'm' }],
    })
    expect(await deleteKey(account, UID)).toBe('already deleted')
    emulator.injectFault({ on: 'delete', kind: 'error', status: 404 })
    expect(await rejection(deleteKey(account, UID))).toMatchObject({ kind: 'rejected', status: 404 })
    emulator.injectFault({ on: 'delete', kind: 'html', status: 404, times: 3 })
    expect(await rejection(deleteKey(account, UID))).toMatchObject({
      kind: 'outcome-unknown',
      status: undefined,
    })
  })

  for (const result of [{}, 'text']) {
    it(`a list that is ${JSON.stringify(result)} is none`, async ({
      client: { account, emulator },
      expect,
    }) => {
      emulator.injectFault({ on: 'list', kind: 'fields', result, times: 3 })
      const error = await rejection(listKeys(account))
      expect(String(error)).toContain(
        'Could not list the TURN keys: Cloudflare responded with HTTP status 200, but the response has no list',
      )
    })
  }

  for (const resultInfo of [{ total_count: 2 }, { page: 1, total_pages: 2 }, { count: 1, cursor: 'next' }]) {
    it(`a list with ${JSON.stringify(resultInfo)} is not all of it`, async ({
      client: { account, emulator },
      expect,
    }) => {
      const result = [{ uid: UID, name: 'n' }]
      const body = JSON.stringify({ success: true, result, result_info: resultInfo })
      emulator.injectFault({ on: 'list', kind: 'text', body, times: 3 })
      expect(String(await rejection(listKeys(account)))).toContain('the response lists only some of the keys')
    })
  }

  it('a list that says that it is all is read', async ({ client: { account, emulator }, expect }) => {
    const result_info = { page: 1, per_page: 1000, count: 1, total_count: 1, total_pages: 1, cursor: '' }
    const body = JSON.stringify({ success: true, result: [{ uid: UID, name: 'n' }], result_info })
    emulator.injectFault({ on: 'list', kind: 'text', body })
    expect((await listKeys(account)).keys).toMatchObject([{ uid: UID, name: 'n' }])
  })

  for (const body of ['', '{}', '{"success":null}']) {
    it(`a key is not deleted when the response is ${JSON.stringify(body)}`, async ({
      client: { account, emulator },
      expect,
    }) => {
      emulator.injectFault({ on: 'delete', kind: 'text', status: 200, body, effect: false, times: 3 })
      expect(String(await rejection(deleteKey(account, UID)))).toContain('does not say that it is deleted')
    })
  }

  it('half a response is no verdict: list and delete are sent again', async ({
    client: { account, emulator },
    expect,
  }) => {
    const { uid } = emulator.seedKey({ name: 'n' })
    for (const on of ['list', 'delete'] as const)
      emulator.injectFault({ on, kind: 'text', body: '{"success":tru' })
    expect((await listKeys(account)).keys).toMatchObject([{ uid }])
    expect(await deleteKey(account, uid)).toBe('deleted')
    expect(emulator.keys()).toEqual([])
  })

  for (const result of [null, [], { uid: 7 }, { uid: UID.slice(1) }, { uid: `${UID}/..` }]) {
    it(`a key that is ${JSON.stringify(result)} is none`, async ({
      client: { account, emulator },
      expect,
    }) => {
      emulator.injectFault({ on: 'create', kind: 'fields', result, times: 3 })
      expect(await rejection(createKey(account, 'n'))).toMatchObject({ kind: 'outcome-unknown', status: 201 })
      expect(emulator.requests).toHaveLength(3)
    })
  }
})

const key = (created: string, name = 'n') => ({ uid: created, name, created, modified: '' })
const AT = Date.parse('2026-01-01T00:00:10.500Z')
const listOf = (keys: KeySnapshot['keys'], serverTime = AT + 2000): KeySnapshot => ({
  keys,
  serverTime,
  receivedAt: AT + 2000,
})

describe('the keys made since a moment', () => {
  const [before, same, after] = [
    '2026-01-01T00:00:09.999Z',
    '2026-01-01T00:00:10.000001Z',
    '2026-01-01T00:00:12Z',
  ]

  test('count from the second that it is in, for Date has whole seconds', () => {
    check(
      keysCreatedBetween(AT, AT + 30_000, listOf([before, same, after].map(created => key(created)))),
    ).toEqual([key(same), key(after)])
  })

  test('are told by the clock of Cloudflare', () => {
    const ahead = listOf([key('2026-01-01T01:00:09Z'), key('2026-01-01T01:00:11Z')], AT + 2000 + 3_600_000)
    check(keysCreatedBetween(AT, AT + 30_000, ahead)).toEqual([key('2026-01-01T01:00:11Z')])
    const behind = listOf([key('2025-12-31T23:00:09Z'), key('2025-12-31T23:00:11Z')], AT + 2000 - 3_600_000)
    check(keysCreatedBetween(AT, AT + 30_000, behind)).toEqual([key('2025-12-31T23:00:11Z')])
  })

  test('include those that do not say when', () => {
    check(keysCreatedBetween(AT, AT + 30_000, listOf([key(''), key('yesterday')]))).toHaveLength(2)
  })
})

test('newest first, and what has no time last', () => {
  const keys = ['', '2026-01-01T00:00:00Z', '2026-01-02T00:00:00+02:00', '2026-01-02T00:00:00Z'].map(one =>
    key(one),
  )
  check(sortNewestFirst(keys).map(({ created }) => created)).toEqual([
    '2026-01-02T00:00:00Z',
    '2026-01-02T00:00:00+02:00',
    '2026-01-01T00:00:00Z',
    '',
  ])
  check(keysNamed('n', [key('1', 'N'), key('2', 'n '), key('3', 'n')])).toEqual([key('3', 'n')])
})
