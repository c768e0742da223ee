import { expect, test } from 'vitest'
import { github, manage, type ReceivedResponse, rtc } from './ask.ts'
import { ACCOUNT_ID, startEmulator } from './emulator.ts'

const KEYS = `${ACCOUNT_ID}/calls/turn_keys`
const VARIABLES = '/environments/staging/variables'

function dateOf({ headers }: ReceivedResponse): number {
  return Date.parse(headers.get('date') ?? '')
}

/** Within a minute: the offsets are minutes apart. */
function expectNear(time: number, expected: number): void {
  expect(Math.abs(time - expected)).toBeLessThan(60_000)
}

for (const minutes of [-7, 7]) {
  const offset = minutes * 60_000

  test(`Cloudflare's clock, ${minutes} minutes off: Date, stamps and expiry, and nothing of GitHub's`, async () => {
    const emulator = await startEmulator({ cloudflareClockOffset: offset })
    const created = await manage(emulator, 'POST', KEYS, { name: 'a' })
    const { uid, created: createdAt } = created.body.result
    expectNear(dateOf(created), Date.now() + offset)
    expectNear(Date.parse(createdAt ?? ''), Date.now() + offset)
    const updated = await manage(emulator, 'PUT', `${KEYS}/${uid}`, { name: 'b' })
    expectNear(Date.parse(updated.body.result.modified ?? ''), Date.now() + offset)
    const [key] = emulator.keys()
    if (!key) throw new Error('no key')
    expectNear(Date.parse(emulator.seedKey({ name: 'seeded' }).created), Date.now() + offset)

    const minted = await rtc(emulator, key, 'generate-ice-servers', { ttl: 60 })
    expectNear(dateOf(minted), Date.now() + offset)
    const [credential] = emulator.credentials()
    expectNear(Date.parse(credential?.expiresAt ?? ''), Date.now() + offset + 60_000)
    expect((await rtc(emulator, key, `${credential?.username}/revoke`)).status).toBe(204)
    expectNear(dateOf(await github(emulator, 'GET', '')), Date.now())
    await emulator.close()
  })

  test(`GitHub's clock, ${minutes} minutes off: Date, stamps in whole seconds, and the reset of its limit`, async () => {
    const emulator = await startEmulator({ githubClockOffset: offset })
    await github(emulator, 'POST', VARIABLES, { name: 'A', value: 'a' })
    const read = await github(emulator, 'GET', `${VARIABLES}/A`)
    expectNear(dateOf(read), Date.now() + offset)
    const { created_at, updated_at } = JSON.parse(read.text)
    expect([created_at, updated_at]).toEqual(Array(2).fill(expect.stringMatching(/T\d\d:\d\d:\d\dZ$/)))
    expectNear(Date.parse(updated_at), Date.now() + offset)
    expectNear(Number(read.headers.get('x-ratelimit-reset')) * 1000, Date.now() + offset + 3_600_000)
    expectNear(dateOf(await manage(emulator, 'GET', KEYS)), Date.now())
    await emulator.close()
  })
}
