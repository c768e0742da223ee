import { createHmac } from 'node:crypto'
import { createSocket, type Socket } from 'node:dgram'
import { once } from 'node:events'
import { connect as connectTo, createServer } from 'node:net'
import { describe, test } from 'vitest'
import { probeUri } from '../../src/actions/check/probe-uri.ts'
import { TurnError } from '../../src/turn/error.ts'
import { parseStunOrTurnUri } from '../../src/turn/server-uri.ts'
import { until } from '../emulator/ask.ts'
import type { TurnFault } from '../emulator/turn/faults.ts'
import { startTurnServer, type TurnServer, type TurnServerOptions } from '../emulator/turn/turn-server.ts'

const TRANSPORTS = ['UDP', 'TCP', 'TLS'] as const
type Transport = (typeof TRANSPORTS)[number]
const NEVER = new AbortController().signal

/** A user of a server, valid for a minute. */
function userOf(
  { secret }: Pick<TurnServer, 'secret'>,
  lifetime = 60,
): { username: string; credential: string } {
  const username = `${Math.floor(Date.now() / 1000) + lifetime}:test`
  return { username, credential: createHmac('sha1', secret).update(username).digest('base64') }
}

interface Given {
  readonly user?: { username: string; credential: string }
  /** Seconds (default 30, which no test waits for). */
  readonly timeout?: number
  readonly signal?: AbortSignal
}

/** Checks a server: the relay address, or the kind of the failure and its words. */
async function check(
  server: Pick<TurnServer, 'secret' | 'urls'>,
  transport: Transport,
  given: Given = {},
): Promise<string> {
  const uri = parseStunOrTurnUri(server.urls[TRANSPORTS.indexOf(transport)] ?? '')
  if (!uri) throw new Error('no URI')
  const options = { ...(given.user ?? userOf(server)), timeout: given.timeout ?? 30 }
  try {
    const { relayAddress = '' } = await probeUri(uri, options, given.signal ?? NEVER)
    return relayAddress.replace(/:\d+$/, '')
  } catch (error) {
    if (!(error instanceof TurnError)) throw error
    return `${error.kind}: ${error.message}`
  }
}

const RELAYED = '127.0.0.1'
/** Seconds that tests wait in which nothing comes. */
const SHORT = { timeout: 4 }
const SILENT = 'nothing came back within 4 seconds'
/** Time enough for what comes before, also on a busy machine. */
const LONG = { timeout: 15 }
const SILENT_LONG = 'nothing came back within 15 seconds'

interface Fixtures {
  /** Starts a server of this test's own. */
  serverWith: (options: TurnServerOptions) => Promise<TurnServer>
  /** Checks one with a fault. Whatever it is, nothing is left there, and nothing came that is no TURN. */
  checkWith: (transport: Transport, fault: TurnFault, given?: Given) => Promise<string>
}

const it = test.extend<Fixtures>({
  // biome-ignore lint/correctness/noEmptyPattern: vitest reads the names of fixtures from the pattern
  serverWith: async ({}, use) => {
    const started: TurnServer[] = []
    await use(async options => {
      const server = await startTurnServer(options)
      started.push(server)
      return server
    })
    await Promise.all(started.map(server => server.close()))
  },
  checkWith: async ({ serverWith }, use) => {
    await use(async (transport, fault, given) => {
      const server = await serverWith({ faults: [fault] })
      const outcome = await check(server, transport, given)
      const strange = server.received.filter(one => one.includes('Error'))
      return server.open() === 0 && strange.length === 0 ? outcome : `${server.open()} are left; ${strange}`
    })
  },
})

describe.concurrent('a TURN server', () => {
  for (const transport of TRANSPORTS) {
    const NOT_STUN =
      transport === 'UDP' ? `no-response: ${SILENT}` : 'not-stun: the response is no STUN message'

    /** What becomes of one fault. */
    const FAULTS: readonly (readonly [TurnFault, string, Given?])[] = [
      [{ on: 'allocate', kind: 'stale-nonce', authenticated: true, times: 1 }, RELAYED],
      [{ on: 'allocate', kind: 'stale-nonce', authenticated: true, times: 3 }, RELAYED],
      [{ on: 'createPermission', kind: 'stale-nonce', times: 1 }, RELAYED],
      [{ on: 'refresh', kind: 'stale-nonce', times: 2 }, RELAYED],
      [{ on: 'allocate', kind: 'stale-nonce', authenticated: true }, 'refused: 438 Stale Nonce'],
      [{ on: 'allocate', kind: 'error', code: 300 }, 'alternate: 300 Try Alternate'],
      [{ on: 'allocate', kind: 'error', code: 401, authenticated: true }, 'unauthorized: 401 Unauthorized'],
      [
        { on: 'allocate', kind: 'error', code: 486, authenticated: true },
        'quota: 486 Allocation Quota Reached',
      ],
      [
        { on: 'allocate', kind: 'error', code: 508, authenticated: true },
        'refused: 508 Insufficient Capacity',
      ],
      [{ on: 'allocate', kind: 'error', code: 403, authenticated: true }, 'refused: 403 Forbidden'],
      [{ on: 'createPermission', kind: 'error', code: 403 }, 'forbidden: 403 Forbidden'],
      [
        { on: 'createPermission', kind: 'error', code: 403, unsigned: true },
        `unsigned: ${SILENT_LONG}`,
        LONG,
      ],
      [{ on: 'createPermission', kind: 'unsigned' }, `unsigned: ${SILENT_LONG}`, LONG],
      [{ on: 'createPermission', kind: 'wrong-signature' }, `unsigned: ${SILENT_LONG}`, LONG],
      [{ on: 'allocate', kind: 'unsigned', authenticated: true }, `unsigned: ${SILENT_LONG}`, LONG],
      [{ on: 'send', kind: 'altered' }, 'altered: other bytes arrived than were sent'],
      [{ on: 'send', kind: 'silence' }, `not-relayed: ${SILENT_LONG}`, LONG],
      [{ on: 'send', kind: 'silence', times: 1 }, RELAYED],
      [{ on: 'createPermission', kind: 'silence' }, `stopped-responding: ${SILENT_LONG}`, LONG],
      [{ on: 'allocate', kind: 'silence' }, `no-response: ${SILENT}`, SHORT],
      [{ on: 'allocate', kind: 'other-transaction' }, `no-response: ${SILENT}`, SHORT],
      [{ on: 'allocate', kind: 'attribute-too-long' }, `no-response: ${SILENT}`, SHORT],
      [{ on: 'allocate', kind: 'too-long' }, `no-response: ${SILENT}`, SHORT],
      [{ on: 'allocate', kind: 'too-short' }, NOT_STUN, SHORT],
      [{ on: 'allocate', kind: 'page' }, NOT_STUN, SHORT],
    ]
    for (const [fault, expected, given] of FAULTS) {
      // TLS has the framing of TCP, and need not be waited for once more.
      if (transport === 'TLS' && given) continue
      it(`over ${transport}: ${JSON.stringify(fault)}`, async ({ checkWith, expect }) => {
        expect(await checkWith(transport, fault, given)).toBe(expected)
      })
    }

    it(`over ${transport}: two allocations, both given back`, async ({ serverWith, expect }) => {
      const server = await serverWith({})
      expect(await check(server, transport)).toBe(RELAYED)
      expect([server.open(), server.total()]).toEqual([0, 2])
      const expected = ['allocate', 'createPermission', 'refresh', 'send']
      expect([...new Set(server.received)].toSorted()).toEqual(expected)
    })

    it(`over ${transport}: a wrong credential, and an expired one`, async ({ serverWith, expect }) => {
      const server = await serverWith({})
      for (const user of [{ ...userOf(server), credential: 'wrong' }, userOf(server, -60)]) {
        expect(await check(server, transport, { user })).toBe('unauthorized: 401 Unauthorized')
      }
      // Nothing is given back where nothing was allocated.
      expect(server.received).not.toContain('refresh')
    })

    it(`over ${transport}: a quota of one allocation, which is given back`, async ({
      serverWith,
      expect,
    }) => {
      const server = await serverWith({ quota: 1 })
      expect(await check(server, transport)).toBe('quota: 486 Allocation Quota Reached')
      expect([server.open(), server.total()]).toEqual([0, 1])
    })

    it(`over ${transport}: a server that relays for everybody`, async ({ serverWith, expect }) => {
      const server = await serverWith({ authentication: 'none' })
      expect(await check(server, transport)).toBe(RELAYED)
      expect(server.open()).toBe(0)
    })

    it(`over ${transport}: a cancelled job gives back what it has`, async ({ serverWith, expect }) => {
      const cancelled = new AbortController()
      const server = await serverWith({ faults: [{ on: 'send', kind: 'silence' }] })
      const outcome = check(server, transport, { signal: cancelled.signal })
      await until(() => server.received.includes('send'))
      expect(server.open()).toBe(2)
      cancelled.abort(new Error('cancelled'))
      expect(await outcome).toBe('not-relayed: cancelled')
      expect(server.open()).toBe(0)
    })

    it(`over ${transport}: allocations whose response is lost are given back`, async ({
      serverWith,
      expect,
    }) => {
      const server = await serverWith({ faults: [{ on: 'allocate', kind: 'silence', authenticated: true }] })
      expect(await check(server, transport, SHORT)).toBe(`stopped-responding: ${SILENT}`)
      expect([server.open(), server.total()]).toEqual([0, 2])
    })
  }
})

describe.concurrent('over UDP', () => {
  it('a refusal of one allocation is told, where the other gets no response', async ({
    serverWith,
    expect,
  }) => {
    const server = await serverWith({
      faults: [
        { on: 'allocate', kind: 'silence', authenticated: true, times: 1 },
        { on: 'allocate', kind: 'error', code: 486, authenticated: true, times: 1 },
        { on: 'allocate', kind: 'silence', authenticated: true },
      ],
    })
    expect(await check(server, 'UDP', SHORT)).toBe('quota: 486 Allocation Quota Reached')
  })

  it('what is not relayed is told, also when each response comes twice', async ({ serverWith, expect }) => {
    const server = await serverWith({ faults: [{ on: 'send', kind: 'silence' }] })
    const { port } = new URL((server.urls[0] ?? '').replace('turn:', 'http://'))
    const proxy = createSocket('udp4')
    const upstream = new Map<number, Socket>()
    const second: NodeJS.Timeout[] = []
    proxy.on('message', (bytes, { port: from }) => {
      const existing = upstream.get(from)
      const socket = existing ?? createSocket('udp4')
      upstream.set(from, socket)
      if (!existing) {
        socket.on('message', response => {
          proxy.send(response, from, '127.0.0.1')
          second.push(setTimeout(() => proxy.send(response, from, '127.0.0.1'), 300))
        })
      }
      socket.send(bytes, Number(port), '127.0.0.1')
    })
    proxy.bind(0, '127.0.0.1')
    await once(proxy, 'listening')
    const urls = [`turn:127.0.0.1:${proxy.address().port}?transport=udp`]
    expect(await check({ ...server, urls }, 'UDP', LONG)).toBe(`not-relayed: ${SILENT_LONG}`)
    second.forEach(clearTimeout)
    for (const socket of [proxy, ...upstream.values()]) socket.close()
  })

  it('a response from another address is none', async ({ checkWith, expect }) => {
    const fault = { on: 'allocate', kind: 'other-address' } as const
    expect(await checkWith('UDP', fault, SHORT)).toBe(`no-response: ${SILENT}`)
  })

  const LOST: readonly TurnFault[] = [
    { on: 'allocate', kind: 'silence', times: 3 },
    { on: 'allocate', kind: 'other-transaction', times: 2 },
    { on: 'allocate', kind: 'other-address', times: 2 },
    { on: 'allocate', kind: 'too-long', times: 2 },
    { on: 'allocate', kind: 'page', times: 2 },
    { on: 'createPermission', kind: 'unsigned', times: 1 },
    { on: 'refresh', kind: 'silence', times: 1 },
  ]
  for (const fault of LOST) {
    it(`a request is sent again: ${JSON.stringify(fault)}`, async ({ checkWith, expect }) => {
      expect(await checkWith('UDP', fault)).toBe(RELAYED)
    })
  }

  it('a port that nobody listens on', async ({ serverWith, expect }) => {
    const server = await serverWith({})
    await server.close()
    expect(await check(server, 'UDP')).toMatch(/^no-response: .*ECONNREFUSED/)
  })

  it.runIf(process.platform === 'linux')('an address that nothing is sent to', async ({ expect }) => {
    const urls = ['turn:255.255.255.255:3478?transport=udp']
    expect(await check({ secret: '', urls }, 'UDP')).toMatch(/^no-connection: .*EACCES/)
  })

  it('each address of a host is tried: of those of localhost, one answers', async ({
    serverWith,
    expect,
  }) => {
    const server = await serverWith({})
    const urls = server.urls.map(url => url.replace('127.0.0.1', 'localhost'))
    expect(await check({ ...server, urls }, 'UDP')).toBe(RELAYED)
  })
})

describe.concurrent('over a stream', () => {
  for (const transport of ['TCP', 'TLS'] as const) {
    for (const frames of ['split', 'joined'] as const) {
      it(`${transport}: frames that come ${frames}`, async ({ serverWith, expect }) => {
        const server = await serverWith({ frames })
        expect(await check(server, transport)).toBe(RELAYED)
        expect(server.open()).toBe(0)
      })
    }

    it(`${transport}: a server that closes the connection`, async ({ serverWith, expect }) => {
      const server = await serverWith({ faults: [{ on: 'createPermission', kind: 'closed' }] })
      expect(await check(server, transport)).toBe('stopped-responding: the server closed the connection')
      await until(() => server.open() === 0)
    })

    it(`${transport}: a port that nobody listens on`, async ({ serverWith, expect }) => {
      const server = await serverWith({})
      await server.close()
      expect(await check(server, transport)).toMatch(/^no-connection: .*ECONNREFUSED/)
    })

    it(`${transport}: a server that says nothing`, async ({ expect }) => {
      const silent = createServer().listen(0, '127.0.0.1')
      await once(silent, 'listening')
      const address = silent.address()
      const port = typeof address === 'object' ? address?.port : 0
      const uri = `${transport === 'TLS' ? 'turns' : 'turn'}:127.0.0.1:${port}?transport=tcp`
      const outcome = await check({ secret: '', urls: [uri, uri, uri] }, transport, SHORT)
      silent.close()
      expect(outcome).toBe(`${transport === 'TCP' ? 'no-response' : 'no-connection'}: ${SILENT}`)
    })
  }
})

describe.concurrent('over TLS', () => {
  it('what is not relayed is told, whichever connection opens first', async ({ serverWith, expect }) => {
    const server = await serverWith({ faults: [{ on: 'send', kind: 'silence' }] })
    const [, , url = ''] = server.urls
    let connections = 0
    const proxy = createServer(async client => {
      if (connections++ === 0) await until(() => server.received.includes('allocate'))
      client
        .pipe(connectTo(Number(new URL(url.replace('turns:', 'https://')).port), '127.0.0.1'))
        .pipe(client)
    })
    await once(proxy.listen(0, '127.0.0.1'), 'listening')
    const address = proxy.address()
    const port = typeof address === 'object' ? address?.port : 0
    const urls = ['', '', `turns:127.0.0.1:${port}?transport=tcp`]
    expect(await check({ ...server, urls }, 'TLS', LONG)).toBe(`not-relayed: ${SILENT_LONG}`)
    expect(server.total()).toBe(2)
    proxy.close()
  })

  it('a certificate for another host', async ({ serverWith, expect }) => {
    const server = await serverWith({})
    const urls = server.urls.map(url => url.replace('127.0.0.1', '127.1'))
    expect(await check({ ...server, urls }, 'TLS')).toMatch(/^certificate-host: .*altnames/)
  })

  it('an error is about a certificate by its code, and not by the name of a host', async ({ expect }) => {
    const urls = ['', '', 'turns:certificate.invalid:5349?transport=tcp']
    expect(await check({ secret: '', urls }, 'TLS')).toMatch(/^no-connection: getaddrinfo /)
  })
})

it('a STUN server responds, or not', async ({ serverWith, expect }) => {
  const server = await serverWith({ faults: [{ on: 'binding', kind: 'silence', times: 1 }] })
  const stun = { ...server, urls: [(server.urls[0] ?? '').replace(/turn:(.*)\?.*/, 'stun:$1')] }
  expect(await check(stun, 'UDP')).toBe('')
  await server.close()
  expect(await check(stun, 'UDP')).toMatch(/^no-response: .*ECONNREFUSED/)
})
