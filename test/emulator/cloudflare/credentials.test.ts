import { createHmac } from 'node:crypto'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { ask, manage, rtc } from '../ask.ts'
import { ACCOUNT_ID, type Emulator, type StoredKey, startEmulator, TOKENS } from '../emulator.ts'

let emulator: Emulator
let key: StoredKey

beforeEach(async () => {
  emulator = await startEmulator()
  key = emulator.seedKey({ name: 'a' })
})
afterEach(() => emulator.close())

const USER = {
  username: expect.stringMatching(/^emulated-user-/),
  credential: expect.stringMatching(/^emulated-credential-/),
}

test('mint responds with 201, STUN and TURN apart, port 53 among them', async () => {
  const { status, body, headers } = await rtc(emulator, key, 'generate-ice-servers', {
    ttl: 60,
    customIdentifier: 'pr-1',
  })
  expect(status).toBe(201)
  expect(Object.keys(body)).toEqual(['iceServers'])
  const [stun, turn] = body.iceServers
  expect(stun).toEqual({ urls: ['stun:stun.cloudflare.com:3478', 'stun:stun.cloudflare.com:53'] })
  expect(turn).toEqual({ urls: expect.any(Array), ...USER })
  expect(turn?.urls).toContain('turn:turn.cloudflare.com:53?transport=udp')
  expect(turn?.urls).toContain('turns:turn.cloudflare.com:5349?transport=tcp')
  expect(headers.get('cf-ray')).toMatch(/-EMU$/)
  expect(headers.get('ratelimit')).toBeNull()
  expect(emulator.credentials()).toEqual([
    {
      uid: key.uid,
      username: turn?.username,
      credential: turn?.credential,
      ttl: 60,
      customIdentifier: 'pr-1',
      expiresAt: expect.stringMatching(/^\d{4}-.*Z$/),
      revoked: false,
    },
  ])
})

test('the older call, and with mintForm the newer one, respond with one object', async () => {
  const one = { iceServers: { urls: expect.arrayContaining(['stun:stun.cloudflare.com:3478']), ...USER } }
  expect((await rtc(emulator, key, 'generate', { ttl: 60 })).body).toEqual(one)
  const other = await startEmulator({ mintForm: 'object' })
  const { body } = await rtc(other, other.seedKey({ name: 'a' }), 'generate-ice-servers', { ttl: 60 })
  expect(body).toEqual(one)
  await other.close()
})

test.each([0, -1, 1.5, 172_801, '60', null, undefined])('ttl %j: 400', async ttl => {
  const { status } = await rtc(emulator, key, 'generate-ice-servers', { ttl })
  expect([status, emulator.credentials()]).toEqual([400, []])
})

test.each(['', '{', '[]', { ttl: 1, customIdentifier: 5 }])('body %j: 400', async body => {
  expect((await rtc(emulator, key, 'generate', body)).status).toBe(400)
})

test('the limits of ttl themselves are taken', async () => {
  for (const ttl of [1, 172_800]) expect((await rtc(emulator, key, 'generate', { ttl })).status).toBe(201)
})

test('wrong bearer 401, the API token included; wrong uid 404', async () => {
  const wrong = { uid: key.uid, secret: TOKENS.write }
  const nobody = { uid: '0'.repeat(32), secret: key.secret }
  expect((await rtc(emulator, wrong, 'generate-ice-servers', { ttl: 60 })).status).toBe(401)
  expect((await rtc(emulator, nobody, 'generate-ice-servers', { ttl: 60 })).status).toBe(404)
  const url = `${emulator.rtcUrl}/turn/keys/${key.uid}/credentials/generate`
  expect((await ask('POST', url, {}, { ttl: 60 })).status).toBe(401)
  expect((await ask('GET', url, {})).status).toBe(405)
})

test('revoke: 204 without a body, once', async () => {
  const { body } = await rtc(emulator, key, 'generate', { ttl: 60 })
  const call = `${body.iceServers.username}/revoke`
  const first = await rtc(emulator, key, call)
  expect([first.status, first.text]).toEqual([204, ''])
  expect(emulator.credentials()[0]?.revoked).toBe(true)
  expect((await rtc(emulator, key, call)).status).toBe(404)
  expect((await rtc(emulator, key, 'nobody/revoke')).status).toBe(404)
})

test('deleting a key ends what was minted from it', async () => {
  await rtc(emulator, key, 'generate', { ttl: 60 })
  await manage(emulator, 'DELETE', `${ACCOUNT_ID}/calls/turn_keys/${key.uid}`)
  expect(emulator.credentials()[0]?.revoked).toBe(true)
  expect((await rtc(emulator, key, 'generate', { ttl: 60 })).status).toBe(404)
})

test.each([401, 404] as const)('a new key can be unknown for a while: %i', async mintDelayStatus => {
  const other = await startEmulator({ mintDelay: 60_000, mintDelayStatus })
  await manage(other, 'POST', `${ACCOUNT_ID}/calls/turn_keys`, {})
  const made = { uid: '', secret: '', ...other.keys()[0] }
  expect((await rtc(other, made, 'generate', { ttl: 60 })).status).toBe(mintDelayStatus)
  expect((await rtc(other, other.seedKey({ name: 'old' }), 'generate', { ttl: 60 })).status).toBe(201)
  await other.close()
})

test('credentials for a real coturn, their user names revocable', async () => {
  const turn = { secret: 'shared-with-coturn', urls: ['stun:127.0.0.1:3478', 'turn:127.0.0.1:3478'] }
  const other = await startEmulator({ turn })
  const mine = other.seedKey({ name: 'a' })
  const { body } = await rtc(other, mine, 'generate-ice-servers', { ttl: 60 })
  const [stun, relay] = body.iceServers
  expect([stun?.urls, relay?.urls]).toEqual([['stun:127.0.0.1:3478'], ['turn:127.0.0.1:3478']])
  expect(relay?.username).toMatch(/^\d{10}:[0-9a-f]+$/)
  const expected = createHmac('sha1', turn.secret)
    .update(relay?.username ?? '')
    .digest('base64')
  expect(relay?.credential).toBe(expected)
  expect((await rtc(other, mine, `${encodeURIComponent(relay?.username ?? '')}/revoke`)).status).toBe(204)
  await other.close()
})
