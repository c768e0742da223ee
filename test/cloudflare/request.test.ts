import { setTimeout as sleep } from 'node:timers/promises'
import { describe } from 'vitest'
import { type ApiRequest, request } from '../../src/cloudflare/request.ts'
import { RequestError } from '../../src/http/error.ts'
import { until } from '../emulator/ask.ts'
import { ACCOUNT_ID } from '../emulator/emulator.ts'
import { it, rejection } from './client.ts'

const path = `/accounts/${ACCOUNT_ID}/calls/turn_keys`
const LIST: ApiRequest = { operation: 'list', method: 'GET', path }
const CREATE: ApiRequest = { operation: 'create', method: 'POST', path, body: { name: 'n' } }

describe.concurrent('a status and what it means', () => {
  for (const [status, kind, sent] of [
    [300, 'rejected', 1],
    [400, 'rejected', 1],
    [404, 'rejected', 1],
    [408, 'rejected', 1],
    [500, 'outcome-unknown', 1],
    [503, 'outcome-unknown', 1],
    [530, 'outcome-unknown', 1],
  ] as const) {
    it(`${status} for a create: ${kind}`, async ({ client: { account, emulator }, expect }) => {
      emulator.injectFault({ on: 'create', kind: 'error', status })
      const error = await rejection(request(account, CREATE))
      expect(error).toBeInstanceOf(RequestError)
      expect(error).toMatchObject({ kind, status, attempts: 1, codes: [] })
      expect(emulator.requests).toHaveLength(sent)
    })
  }

  it('a reset is unknown, and without a status', async ({ client: { account, emulator }, expect }) => {
    emulator.injectFault({ on: 'create', kind: 'reset' })
    expect(await rejection(request(account, CREATE))).toMatchObject({
      kind: 'outcome-unknown',
      status: undefined,
    })
  })

  it('a success is read as it is', async ({ client: { account, emulator, debugLogged, logged }, expect }) => {
    const response = await request(account, LIST)
    expect(response).toMatchObject({ status: 200, json: { success: true, result: [] } })
    const ray = response.headers['cf-ray']
    expect(ray).toMatch(/-EMU$/)
    expect(debugLogged).toEqual([`GET /client/v4${path}: HTTP status 200 (cf-ray: ${ray})`])
    expect(logged).toEqual([])
    expect(emulator.requests[0]?.headers).toMatchObject({
      accept: 'application/json',
      'user-agent': 'cloudflare-turn-key',
    })
    expect(emulator.requests[0]?.headers['content-type']).toBeUndefined()
  })
})

describe.concurrent('what may be repeated', () => {
  it('is, up to three attempts', async ({ client: { account, emulator, logged }, expect }) => {
    emulator.injectFault({ on: 'list', kind: 'error', status: 502, times: 3 })
    const error = await rejection(request(account, LIST))
    expect(error).toMatchObject({ kind: 'outcome-unknown', status: 502 })
    expect(emulator.requests).toHaveLength(3)
    expect(logged.map(text => text.replace(/^.*\) /, ''))).toEqual(['Retrying.', 'Retrying.'])
  })

  it('is, after any loss', async ({ client: { account, emulator }, expect }) => {
    emulator.injectFault({ on: 'list', kind: 'cut' })
    emulator.injectFault({ on: 'list', kind: 'reset' })
    expect(await request(account, LIST)).toMatchObject({ status: 200 })
    expect(emulator.requests).toHaveLength(3)
  })

  it('is not when refused', async ({ client: { account, emulator }, expect }) => {
    emulator.injectFault({ on: 'list', kind: 'error', status: 403 })
    expect(await rejection(request(account, LIST))).toMatchObject({ kind: 'rejected', status: 403 })
    expect(emulator.requests).toHaveLength(1)
  })

  it('is not once it must stop', async ({ client: { account, emulator, drain }, expect }) => {
    emulator.injectFault({ on: 'list', kind: 'slow', delay: 50 })
    emulator.injectFault({ on: 'list', kind: 'html' })
    const reason = new Error('stopped')
    drain.abort(reason)
    expect(await rejection(request(account, LIST))).toBe(reason)
    expect(emulator.requests).toEqual([])
  })
})

describe.concurrent('cancellation', () => {
  it('drain lets the request in flight end', async ({ client: { account, emulator, drain }, expect }) => {
    emulator.injectFault({ on: 'create', kind: 'slow', delay: 100 })
    const response = request(account, CREATE)
    await until(() => emulator.requests.length === 1)
    drain.abort(new Error('stopped'))
    expect(await response).toMatchObject({ status: 201 })
  })

  it('drain ends a wait with its reason', async ({ client: { account, emulator, drain }, expect }) => {
    emulator.injectFault({ on: 'create', kind: 'error', status: 429, retryAfter: 100 })
    const response = rejection(request(account, CREATE))
    await until(() => emulator.requests[0]?.status === 429)
    const reason = new Error('stopped')
    await sleep(20)
    drain.abort(reason)
    expect(await response).toBe(reason)
    expect(emulator.requests).toHaveLength(1)
  })

  it('abort ends the request in flight, whose outcome is unknown', async ({ client, expect }) => {
    const { account, emulator, abort } = client
    emulator.injectFault({ on: 'create', kind: 'no-response' })
    const response = rejection(request(account, CREATE))
    await until(() => emulator.requests.length === 1)
    abort.abort(new Error('the reason'))
    const error = await response
    expect(error).toMatchObject({ kind: 'outcome-unknown' })
    expect(String(error)).toContain('(the reason)')
  })
})

describe.concurrent('an error', () => {
  it('takes another hint, and keeps the rest', async ({ client: { account, emulator }, expect }) => {
    emulator.injectFault({
      on: 'create',
      kind: 'error',
      status: 403,
      errors: [{ code: 10000, message: 'm' }],
    })
    const error = await rejection(request(account, CREATE))
    if (!(error instanceof RequestError)) throw error
    const advised = error.withHint('Do this.')
    expect(advised).toMatchObject({ status: 403, codes: [10000], kind: 'rejected', name: 'RequestError' })
    expect(advised.message).toMatch(/^Could not create: .* 403: 10000 m\. Do this\. \(cf-ray: \w+-EMU\)$/)
  })

  it('never holds the token', async ({ client: { account, emulator }, expect }) => {
    emulator.injectFault({ on: 'create', kind: 'reset' })
    const error = await rejection(request(account, CREATE))
    expect(JSON.stringify(error)).not.toContain(account.token)
    expect(String(error)).not.toContain(account.token)
  })
})
