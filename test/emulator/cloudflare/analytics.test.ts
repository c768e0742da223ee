import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { ask, query, type ReceivedResponse } from '../ask.ts'
import { ACCOUNT_ID, type Emulator, OTHER_ACCOUNT_ID, startEmulator, TOKENS } from '../emulator.ts'

const [A, B] = ['a'.repeat(32), 'b'.repeat(32)] as const
const TIMES = { from: '2026-10-01T00:00:00Z', to: '2026-10-31T23:59:59Z' }
const HEAD = 'query Q($account: string!, $from: Time!, $to: Time!)'
const FILTER = 'filter: { datetime_geq: $from, datetime_leq: $to }'
let emulator: Emulator

beforeEach(async () => {
  emulator = await startEmulator()
})
afterEach(() => emulator.close())

/** Asks for groups: the arguments after the limit, and the members. */
function groups(args: string, members: string, variables: Record<string, unknown> = {}) {
  const text = `${HEAD} { viewer { accounts(filter: { accountTag: $account }) {
    callsTurnUsageAdaptiveGroups(${args}) { ${members} } } } }`
  return query(emulator, text, { account: ACCOUNT_ID, ...TIMES, ...variables })
}

function rowsOf({ body }: ReceivedResponse): unknown {
  return JSON.parse(JSON.stringify(body.data)).viewer.accounts[0].callsTurnUsageAdaptiveGroups
}

function seed(keyId: string, datetime: string, egressBytes: number, ingressBytes = 0): void {
  emulator.seedUsage({ keyId, datetime, egressBytes, ingressBytes })
}

describe('what was relayed', () => {
  beforeEach(() => {
    seed(A, '2026-09-30T23:59:59.999Z', 1000)
    seed(A, '2026-10-01T00:00:00Z', 1, 10)
    seed(B, '2026-10-01T00:59:59Z', 5, 20)
    seed(A, '2026-10-31T23:59:59Z', 2, 30)
    seed(A, '2026-11-01T00:00:00Z', 2000)
    emulator.seedUsage({ keyId: A, datetime: TIMES.from, egressBytes: 9, accountId: OTHER_ACCOUNT_ID })
  })

  test('is summed within the times, both ends included, and no other account', async () => {
    const response = await groups(`limit: 1, ${FILTER}`, 'sum { egressBytes ingressBytes }')
    expect([response.status, response.body.errors]).toEqual([200, null])
    expect(rowsOf(response)).toEqual([{ sum: { egressBytes: 8, ingressBytes: 60 } }])
  })

  test('is grouped by key and ordered, as far as the limit', async () => {
    const members = 'dimensions { keyId } sum { egressBytes }'
    const ordered = await groups(`limit: 9, ${FILTER}, orderBy: [sum_egressBytes_DESC]`, members)
    const [first, second] = [
      { dimensions: { keyId: B }, sum: { egressBytes: 5 } },
      { dimensions: { keyId: A }, sum: { egressBytes: 3 } },
    ]
    expect(rowsOf(ordered)).toEqual([first, second])
    expect(rowsOf(await groups(`limit: 9, ${FILTER}`, members))).toEqual([second, first])
    expect(rowsOf(await groups(`limit: 1, ${FILTER}`, members))).toEqual([second])
  })

  test('is grouped by hour', async () => {
    const response = await groups(`limit: 9, ${FILTER}`, 'dimensions { datetimeHour } sum { egressBytes }')
    expect(rowsOf(response)).toEqual([
      { dimensions: { datetimeHour: '2026-10-01T00:00:00Z' }, sum: { egressBytes: 6 } },
      { dimensions: { datetimeHour: '2026-10-31T23:00:00Z' }, sum: { egressBytes: 2 } },
    ])
  })

  test.each([
    [`keyId_in: ["${A}"]`, 3],
    [`keyId_neq: "${A}"`, 5],
    [`OR: [{ keyId_in: ["${A}"] }, { date: "2026-10-01" }]`, 8],
  ])('passes the filter %s', async (filter, egressBytes) => {
    const both = `limit: 1, filter: { datetime_geq: $from, datetime_leq: $to, ${filter} }`
    expect(rowsOf(await groups(both, 'sum { egressBytes }'))).toEqual([{ sum: { egressBytes } }])
  })

  test('is an empty list when it is nothing', async () => {
    const response = await groups(`limit: 1, ${FILTER}`, 'sum { egressBytes }', {
      from: '2026-10-31T23:59:59.5Z',
      to: '2026-10-31T23:59:58Z',
    })
    expect(rowsOf(response)).toEqual([])
  })
})

describe('a query that is wrong has status 200, its errors, and no data', () => {
  test.each([
    ['a field', `limit: 1, ${FILTER}`, 'sum { egress }', {}, 'Cannot query field "egress"'],
    ['a dimension', `limit: 1, ${FILTER}`, 'dimensions { date }', {}, 'Cannot query field "date"'],
    ['a filter', 'limit: 1, filter: { uid: "a" }', 'sum { egressBytes }', {}, 'unknown field "uid"'],
    ['an order', `limit: 1, ${FILTER}, orderBy: [egress_DESC]`, 'sum { egressBytes }', {}, '"egress_DESC"'],
    ['an unused variable', 'limit: 1, filter: { datetime_geq: $from }', 'sum { egressBytes }', {}, '"$to"'],
    [
      'a type',
      `limit: 1, filter: { date_geq: $from, datetime_leq: $to }`,
      'sum { egressBytes }',
      {},
      'expecting type "Date"',
    ],
    ['a variable', `limit: 1, ${FILTER}`, 'sum { egressBytes }', { from: '2026-10-01' }, '"$from"'],
    ['a missing variable', `limit: 1, ${FILTER}`, 'sum { egressBytes }', { to: undefined }, '"$to"'],
    ['no limit', FILTER, 'sum { egressBytes }', {}, '"uint64!" is required'],
    ['the limit', `limit: 10001, ${FILTER}`, 'sum { egressBytes }', {}, 'not greater than 10000'],
    ['the syntax', 'limit: ', 'sum { egressBytes }', {}, 'Syntax Error'],
  ])('%s', async (_what, args, members, variables, words) => {
    const { status, body } = await groups(args, members, variables)
    expect([status, body.data]).toEqual([200, null])
    expect(body.errors.map(({ message }) => message).join('\n')).toContain(words)
    expect(JSON.stringify(body.errors)).toMatch(/"extensions":\{"timestamp":"\d{4}-/)
  })

  test.each(['{', '{"variables":{}}', '[]'])('the body %s', async body => {
    const response = await ask(
      'POST',
      `${emulator.apiUrl}/graphql`,
      { authorization: `Bearer ${TOKENS.analytics}` },
      body,
    )
    expect([response.status, response.body.data]).toEqual([200, null])
  })
})

describe('who may read', () => {
  const text = `${HEAD} { viewer { accounts(filter: { accountTag: $account }) { callsTurnUsageAdaptiveGroups(limit: 1, ${FILTER}) { sum { egressBytes } } } } }`
  const as = (token: string, account: string = ACCOUNT_ID): Promise<ReceivedResponse> =>
    query(emulator, text, { account, ...TIMES }, `Bearer ${token}`)

  test.each(['analytics', 'analyticsOnly'] as const)('token %s', async name => {
    expect((await as(TOKENS[name])).body).toMatchObject({ errors: null })
  })

  test.each(['write', 'read', 'none', 'other', 'disabled'] as const)('not token %s', async name => {
    const { status, body } = await as(TOKENS[name])
    expect([status, body]).toMatchObject([
      200,
      { data: null, errors: [{ message: 'not authorized for that account', path: ['viewer', 'accounts'] }] },
    ])
  })

  test('nobody another account, a token that is none, and one that is malformed', async () => {
    expect((await as(TOKENS.analytics, OTHER_ACCOUNT_ID)).body.data).toBe(null)
    const unknown = await as('unknown-emulated-token')
    expect([unknown.status, unknown.body.errors[0]?.code]).toEqual([401, 9109])
    expect((await as('"quoted"')).body.errors[0]?.code).toBe(6003)
  })

  test('Account Analytics: Read is no permission for keys, nor the other way round', async () => {
    const keys = `${emulator.apiUrl}/accounts/${ACCOUNT_ID}/calls/turn_keys`
    const list = (token: string) => ask('GET', keys, { authorization: `Bearer ${token}` })
    expect((await list(TOKENS.analytics)).status).toBe(200)
    expect((await list(TOKENS.analyticsOnly)).body.errors).toMatchObject([{ code: 10000 }])
  })
})

describe('faults', () => {
  const ok = (): Promise<ReceivedResponse> => groups(`limit: 1, ${FILTER}`, 'sum { egressBytes }')

  test.each([200, 400, 503])('an error in the form of GraphQL, with status %i', async status => {
    emulator.injectFault({ on: 'graphql', kind: 'error', status, message: 'words', retryAfter: 7 })
    const response = await ok()
    expect([response.status, response.headers.get('retry-after')]).toEqual([status, '7'])
    expect(response.body).toMatchObject({ data: null, errors: [{ message: 'words', path: null }] })
    expect((await ok()).body.errors).toBe(null)
  })

  test('an error of the edge, in the form of the management API', async () => {
    emulator.injectFault({
      on: 'graphql',
      kind: 'error',
      status: 403,
      errors: [{ code: 10000, message: 'no' }],
    })
    expect((await ok()).body).toMatchObject({ success: false, errors: [{ code: 10000 }] })
  })

  test('members of the data set, and all of it replaced', async () => {
    emulator.injectFault({ on: 'graphql', kind: 'fields', result: { viewer: { accounts: [] } } })
    expect((await ok()).body).toEqual({ data: { viewer: { accounts: [] } }, errors: null })
    emulator.injectFault({ on: 'graphql', kind: 'fields', set: { viewer: null }, omit: ['errors'] })
    expect((await ok()).body).toEqual({ data: { viewer: null } })
  })

  test('an error that repeats the token', async () => {
    emulator.injectFault({ on: 'graphql', kind: 'echo-secret', status: 200 })
    const { body } = await ok()
    expect(body.data).toBe(null)
    expect(body.errors[0]?.message).toContain(TOKENS.analytics)
  })
})

test('usage is seeded from another process, and gone with a reset', async () => {
  const send = (path: string, body: unknown) => ask('POST', `${emulator.origin}/emulator/${path}`, {}, body)
  const row = { keyId: A, datetime: '2026-10-02T00:00:00Z', egressBytes: 3, ingressBytes: 4 }
  expect((await send('usage', row)).body).toEqual(row)
  for (const wrong of [{ ...row, datetime: 'yesterday' }, { ...row, egressBytes: '3' }, {}])
    expect((await send('usage', wrong)).status).toBe(400)
  const total = () => groups(`limit: 1, ${FILTER}`, 'sum { egressBytes }')
  expect(rowsOf(await total())).toEqual([{ sum: { egressBytes: 3 } }])
  await send('reset', {})
  expect(rowsOf(await total())).toEqual([])
})
