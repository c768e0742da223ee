import { setTimeout as sleep } from 'node:timers/promises'
import { describe } from 'vitest'
import { CloudflareError } from '../../src/cloudflare/error.ts'
import { type Call, request } from '../../src/cloudflare/request.ts'
import { until } from '../emulator/ask.ts'
import { ACCOUNT_ID } from '../emulator/emulator.ts'
import { it, rejection } from './client.ts'

const path = `/accounts/${ACCOUNT_ID}/calls/turn_keys`
const LIST: Call = { operation: 'list', method: 'GET', path, repeatable: true }
const CREATE: Call = { operation: 'create', method: 'POST', path, body: { name: 'n' }, repeatable: false }

describe.concurrent('a status and what it means', () => {
  for (const [status, fate, sent] of [
    [300, 'refused', 1],
    [400, 'refused', 1],
    [404, 'refused', 1],
    [408, 'refused', 1],
    [500, 'unknown', 1],
    [503, 'unknown', 1],
    [530, 'unknown', 1],
  ] as const) {
    it(`${status} for a create: ${fate}`, async ({ client: { account, emulator }, expect }) => {
      emulator.order({ on: 'create', kind: 'error', status })
      const error = await rejection(request(account, CREATE))
      expect(error).toBeInstanceOf(CloudflareError)
      expect(error).toMatchObject({ fate, status, tries: 1, codes: [] })
      expect(emulator.requests).toHaveLength(sent)
    })
  }

  it('a reset is unknown, and without a status', async ({ client: { account, emulator }, expect }) => {
    emulator.order({ on: 'create', kind: 'reset' })
    expect(await rejection(request(account, CREATE))).toMatchObject({ fate: 'unknown', status: undefined })
  })

  it('a success is read as it is', async ({ client: { account, emulator, debugged, said }, expect }) => {
    const answer = await request(account, LIST)
    expect(answer).toMatchObject({ status: 200, json: { success: true, result: [] } })
    expect(answer.ray).toMatch(/-EMU$/)
    expect(debugged).toEqual([`GET /client/v4${path}: HTTP status 200, request ${answer.ray}`])
    expect(said).toEqual([])
    expect(emulator.requests[0]?.headers).toMatchObject({
      accept: 'application/json',
      'user-agent': 'cloudflare-turn-key',
    })
    expect(emulator.requests[0]?.headers['content-type']).toBeUndefined()
  })
})

describe.concurrent('what may be repeated', () => {
  it('is, up to three tries', async ({ client: { account, emulator, said }, expect }) => {
    emulator.order({ on: 'list', kind: 'html', times: 3 })
    const error = await rejection(request(account, LIST))
    expect(error).toMatchObject({ fate: 'unknown', status: 502 })
    expect(emulator.requests).toHaveLength(3)
    expect(said.map(text => text.replace(/^.*\) /, ''))).toEqual(['Trying again.', 'Trying again.'])
  })

  it('is, after any loss', async ({ client: { account, emulator }, expect }) => {
    emulator.order({ on: 'list', kind: 'cut' })
    emulator.order({ on: 'list', kind: 'reset' })
    expect(await request(account, LIST)).toMatchObject({ status: 200 })
    expect(emulator.requests).toHaveLength(3)
  })

  it('is not when refused', async ({ client: { account, emulator }, expect }) => {
    emulator.order({ on: 'list', kind: 'error', status: 403 })
    expect(await rejection(request(account, LIST))).toMatchObject({ fate: 'refused', status: 403 })
    expect(emulator.requests).toHaveLength(1)
  })

  it('is not once it must stop', async ({ client: { account, emulator, stop }, expect }) => {
    emulator.order({ on: 'list', kind: 'slow', delay: 50 })
    emulator.order({ on: 'list', kind: 'html' })
    const reason = new Error('stopped')
    stop.abort(reason)
    expect(await rejection(request(account, LIST))).toBe(reason)
    expect(emulator.requests).toEqual([])
  })
})

describe.concurrent('the lifeline', () => {
  it('stop lets the request under way end', async ({ client: { account, emulator, stop }, expect }) => {
    emulator.order({ on: 'create', kind: 'slow', delay: 100 })
    const answer = request(account, CREATE)
    await until(() => emulator.requests.length === 1)
    stop.abort(new Error('stopped'))
    expect(await answer).toMatchObject({ status: 201 })
  })

  it('stop ends a wait with its reason', async ({ client: { account, emulator, stop }, expect }) => {
    emulator.order({ on: 'create', kind: 'error', status: 429, retryAfter: 100 })
    const answer = rejection(request(account, CREATE))
    await until(() => emulator.requests[0]?.status === 429)
    const reason = new Error('stopped')
    await sleep(20)
    stop.abort(reason)
    expect(await answer).toBe(reason)
    expect(emulator.requests).toHaveLength(1)
  })

  it('cut ends the request under way, whose outcome is unknown', async ({ client, expect }) => {
    const { account, emulator, cut } = client
    emulator.order({ on: 'create', kind: 'no-answer' })
    const answer = rejection(request(account, CREATE))
    await until(() => emulator.requests.length === 1)
    cut.abort(new Error('the reason'))
    const error = await answer
    expect(error).toMatchObject({ fate: 'unknown' })
    expect(String(error)).toContain('(the reason)')
  })
})

describe.concurrent('an error', () => {
  it('takes other advice, and keeps the rest', async ({ client: { account, emulator }, expect }) => {
    emulator.order({ on: 'create', kind: 'error', status: 403, errors: [{ code: 10000, message: 'm' }] })
    const error = await rejection(request(account, CREATE))
    if (!(error instanceof CloudflareError)) throw error
    const advised = error.advising('Do this.')
    expect(advised).toMatchObject({ status: 403, codes: [10000], fate: 'refused', name: 'CloudflareError' })
    expect(advised.message).toMatch(/^Could not create: .* 403: 10000 m\. Do this\. \(cf-ray: \w+-EMU\)$/)
  })

  it('never holds the token', async ({ client: { account, emulator }, expect }) => {
    emulator.order({ on: 'create', kind: 'reset' })
    const error = await rejection(request(account, CREATE))
    expect(JSON.stringify(error)).not.toContain(account.bearer)
    expect(String(error)).not.toContain(account.bearer)
  })
})
