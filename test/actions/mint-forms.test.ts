import { describe } from 'vitest'
import { iceServersOf, mintFrom, mintNew, setMintResponse } from './mint-step.ts'
import { it } from './step.ts'

const USER = { username: 'emulated-name', credential: 'emulated-word' }

/** What is put out when Cloudflare sends URLs of a TURN server. */
const URLS: Record<string, { sent: unknown; out: string[] }> = {
  'one URL that is no array': { sent: 'turn:a.test', out: ['turn:a.test'] },
  'URLs of IPv6 addresses': {
    sent: [
      'turn:[2001:db8::53]:3478',
      'turn:[2001:db8::1]:53?transport=udp',
      'turn:[2001:db8::2]:53',
      'turn:[::1]',
    ],
    out: ['turn:[2001:db8::53]:3478', 'turn:[::1]'],
  },
  'port 53 in every scheme': {
    sent: [
      'stun:a.test:53',
      'stuns:a.test:53',
      'TURN:a.test:53',
      'turns:a.test:53?transport=tcp',
      'stun:a.test',
    ],
    out: ['stun:a.test'],
  },
  'what only looks like port 53': {
    sent: [
      'turn:a.test:5349',
      'turn:a.test:530',
      'turn:a.test:1053',
      'turn:53.test?transport=udp',
      'turn:a53',
    ],
    out: [
      'turn:a.test:5349',
      'turn:a.test:530',
      'turn:a.test:1053',
      'turn:53.test?transport=udp',
      'turn:a53',
    ],
  },
  'nothing but port 53': { sent: ['turn:a.test:53', 'turn:a.test:53?transport=tcp'], out: [] },
  'something that is no text among them': { sent: [1, null, 'turn:a.test', {}], out: ['turn:a.test'] },
}

describe.concurrent('the response to mint', () => {
  for (const mintForm of ['array', 'object'] as const) {
    it(`is output as an array by both actions when it is an ${mintForm}`, async ({
      emulatorWith,
      expect,
    }) => {
      const emulator = await emulatorWith({ mintForm })
      const runs = [await mintNew(emulator), await mintFrom(emulator, emulator.seedKey({ name: 'n' }))]
      for (const [index, run] of runs.entries()) {
        const minted = emulator.credentials()[index]
        const user = { username: minted?.username, credential: minted?.credential }
        expect(run).toMatchObject({ exitCode: 0, annotations: [], unmasked: [], outputs: user })
        const turn = {
          urls: expect.arrayContaining(['turn:turn.cloudflare.com:3478?transport=udp']),
          ...user,
        }
        const stun = { urls: ['stun:stun.cloudflare.com:3478'] }
        expect(iceServersOf(run)).toEqual(mintForm === 'array' ? [stun, turn] : [turn])
        expect(run.outputs['ice-servers']).not.toContain(':53?')
        expect(run.masks.slice(-2)).toEqual([minted?.credential, minted?.username])
      }
    })
  }

  it('may hold URLs in many forms', async ({ emulator, expect }) => {
    const cases = Object.values(URLS)
    setMintResponse(
      emulator,
      cases.map(({ sent }) => ({ urls: sent, ...USER })),
    )
    const run = await mintFrom(emulator, emulator.seedKey({ name: 'n' }))
    const usable = cases.filter(({ out }) => out.length > 0)
    expect(iceServersOf(run)).toEqual(usable.map(({ out }) => ({ urls: out, ...USER })))
  })

  it('keeps port 53 where no other TURN server remains', async ({ emulator, expect }) => {
    const servers = [{ urls: ['stun:a.test:3478'] }, { urls: ['turn:a.test:53'], ...USER }]
    setMintResponse(emulator, servers)
    const run = await mintFrom(emulator, emulator.seedKey({ name: 'n' }))
    expect(iceServersOf(run)).toEqual(servers)
  })

  it('may hold more than we know of, which is left out', async ({ emulator, expect }) => {
    const odd = [null, 'x', [], {}, { urls: [] }, { urls: 'stun:b.test', extra: 1, username: 5 }]
    setMintResponse(emulator, [...odd, { urls: ['turn:a.test'], ...USER, credentialType: 'password' }])
    const run = await mintFrom(emulator, emulator.seedKey({ name: 'n' }))
    expect(iceServersOf(run)).toEqual([{ urls: ['stun:b.test'] }, { urls: ['turn:a.test'], ...USER }])
    expect(run.outputs).toMatchObject(USER)
  })

  it('may hold characters that mean something to the runner', async ({ emulator, expect }) => {
    const user = { username: '1700000000:a%0Ab"c', credential: 'x+/=%25::y' }
    setMintResponse(emulator, { urls: 'turn:a.test', ...user })
    const run = await mintFrom(emulator, emulator.seedKey({ name: 'n' }))
    expect(iceServersOf(run)).toEqual([{ urls: ['turn:a.test'], ...user }])
    expect(run.outputs).toMatchObject(user)
    expect(run.masks.slice(-2)).toEqual([user.credential, user.username])
  })
})
