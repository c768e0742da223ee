import { createHash } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { formatAddress, xorAddress } from '../../src/turn/address.ts'
import { encodeMessage, hasIntegrity, parseMessage, wholeMessageLength } from '../../src/turn/message.ts'

const hex = (text: string) => Buffer.from(text.replaceAll(/\s/g, ''), 'hex')

/** The messages of RFC 5769, section 2. */
const VECTORS = {
  request: hex(`
    00010058 2112a442 b7e7a701bc34d686fa87dfae
    80220010 5354554e207465737420636c69656e74
    00240004 6e0001ff 80290008 932ff9b151263b36
    00060009 6576746a3a68367659202020
    00080014 9aeaa70cbfd8cb56781ef2b5b2d3f249c1b571a2
    80280004 e57a3bcf`),
  ipv4: hex(`
    0101003c 2112a442 b7e7a701bc34d686fa87dfae
    8022000b 7465737420766563746f7220
    00200008 0001a147e112a643
    00080014 2b91f599fd9e90c38c7489f92af9ba53f06be7d7
    80280004 c07d4c96`),
  ipv6: hex(`
    01010048 2112a442 b7e7a701bc34d686fa87dfae
    8022000b 7465737420766563746f7220
    00200014 0002a1470113a9faa5d3f179bc25f4b5bed2b9d9
    00080014 a382954e4be67bf11784c97c8292c275bfe3ed41
    80280004 c8fb0b4c`),
  longTerm: hex(`
    00010060 2112a442 78ad3433c6ad72c029da412e
    00060012 e3839ee38388e383aae38383e382afe382b90000
    0015001c 662f2f3439396b39353464364f4c33346f4c394653547679363473410014000b
    6578616d706c652e6f726700
    00080014 f67024656dd64a3e02b8e0712e85c9a28ca89666`),
}
const PASSWORD = Buffer.from('VOkJxbRl1RmTxUk/WvJxBt')
const USERNAME = 'マトリックス'
const LONG_TERM_KEY = createHash('md5').update(`${USERNAME}:example.org:TheMatrIX`).digest()

describe("RFC 5769's vectors", () => {
  it.each(['request', 'ipv4', 'ipv6'] as const)('%s: is read, and its integrity is right', name => {
    const message = parseMessage(VECTORS[name])
    expect(message?.transactionId.toString('hex')).toBe('b7e7a701bc34d686fa87dfae')
    expect(message && hasIntegrity(message, PASSWORD)).toBe(true)
    expect(message && hasIntegrity(message, Buffer.from('another'))).toBe(false)
  })

  it('the user name of the request is read without its padding', () => {
    expect(parseMessage(VECTORS.request)?.attributes.username?.toString()).toBe('evtj:h6vY')
  })

  it.each([
    ['ipv4', 36 + 4, '192.0.2.1:32853'],
    ['ipv6', 36 + 4, '[2001:db8:1234:5678:11:2233:4455:6677]:32853'],
  ] as const)('%s: the address is that of the vector, and XORed again the same', (name, at, text) => {
    const value = VECTORS[name].subarray(at, at + (name === 'ipv4' ? 8 : 20))
    const id = VECTORS[name].subarray(8, 20)
    const address = xorAddress(value, id)
    expect(formatAddress(address)).toBe(text)
    expect(xorAddress(address, id)).toEqual(value)
  })

  it('the long-term request: its integrity is right, and what is encoded of it is the same', () => {
    const message = parseMessage(VECTORS.longTerm)
    expect(message && hasIntegrity(message, LONG_TERM_KEY)).toBe(true)
    const { username, nonce, realm } = message?.attributes ?? {}
    expect([username, realm].map(String)).toEqual([USERNAME, 'example.org'])
    if (!message || !username || !nonce || !realm) throw new Error('an attribute is missing')
    const encoded = encodeMessage(1, { realm, nonce, username }, message.transactionId, LONG_TERM_KEY)
    // With FINGERPRINT at its end, which the vector lacks, and which the length counts.
    expect(encoded.subarray(4, -8)).toEqual(VECTORS.longTerm.subarray(4))
    expect(encoded.readUInt16BE(2)).toBe(VECTORS.longTerm.readUInt16BE(2) + 8)
  })
})

describe('a message that is not whole', () => {
  const whole = VECTORS.ipv4

  it('is none, wherever it is cut, and with anything after it', () => {
    for (let length = 0; length < whole.length; length++) {
      expect(parseMessage(whole.subarray(0, length)), `${length}`).toBeUndefined()
    }
    for (const more of [1, 3, 4, 8]) {
      expect(parseMessage(Buffer.concat([whole, Buffer.alloc(more)]))).toBeUndefined()
    }
  })

  it('is none when any bit of it is another', () => {
    for (let bit = 0; bit < whole.length * 8; bit++) {
      const copy = Buffer.from(whole)
      copy.writeUInt8(copy.readUInt8(bit >> 3) ^ (1 << (bit & 7)), bit >> 3)
      const message = parseMessage(copy)
      // What is left to tell is only that FINGERPRINT is no longer called so.
      expect(message && hasIntegrity(message, PASSWORD) && bit < 72 * 8, `${bit}`).toBeFalsy()
    }
  })

  it('is none when an attribute is longer than what is there', () => {
    for (let length = 9; length < 0x10000; length += 0xfff) {
      const copy = Buffer.from(whole)
      copy.writeUInt16BE(length, 38)
      expect(parseMessage(copy)).toBeUndefined()
    }
  })

  it('has no integrity when what follows MESSAGE-INTEGRITY is all there is', () => {
    const forged = Buffer.concat([
      Buffer.from('010100202112a442', 'hex'),
      Buffer.alloc(12),
      Buffer.from('00080000', 'hex'),
      Buffer.from('00080014', 'hex'),
      Buffer.alloc(20),
    ])
    const message = parseMessage(Buffer.concat([forged, Buffer.from('00060000', 'hex')]))
    expect(message).toMatchObject({ attributes: {} })
    expect(message && hasIntegrity(message, PASSWORD)).toBe(false)
  })

  it('leaves out what follows MESSAGE-INTEGRITY', () => {
    const id = Buffer.alloc(12)
    const signed = encodeMessage(0x101, { realm: Buffer.from('real') }, id, PASSWORD).subarray(0, -8)
    const more = Buffer.concat([signed, hex('0015 0004 66616b65')])
    more.writeUInt16BE(more.length - 20, 2)
    const message = parseMessage(more)
    expect(Object.keys(message?.attributes ?? {})).toEqual(['realm'])
    expect(message && hasIntegrity(message, PASSWORD)).toBe(true)
  })
})

describe('bytes of any kind', () => {
  it('are read or not, and nothing is read that is not there', () => {
    let messages = 0
    for (let round = 0; round < 30_000; round++) {
      // The same ones in each run; in a larger buffer, so that reading past their end would find something.
      const length = round % 120
      const bytes = createHash('shake256', { outputLength: length + 64 })
        .update(`${round}`)
        .digest()
      const given = bytes.subarray(0, length)
      if (round % 7 !== 0 && length >= 20) likeMessage(given)
      const message = parseMessage(given)
      if (!message) continue
      messages++
      hasIntegrity(message, PASSWORD)
      const { xorPeerAddress, xorRelayedAddress, ...others } = message.attributes
      for (const address of [xorPeerAddress, xorRelayedAddress]) if (address) formatAddress(address)
      for (const value of [...Object.values(others), message.integrity ?? given]) {
        expect(value.byteOffset).toBeGreaterThanOrEqual(given.byteOffset)
        expect(value.byteOffset + value.length).toBeLessThanOrEqual(given.byteOffset + length)
      }
    }
    expect(messages).toBeGreaterThan(1000)
  })

  it.each([
    ['', undefined],
    ['00010000', undefined],
    ['00010008 2112a442 000000000000000000000000', 28],
    ['0001fffc 2112a442 000000000000000000000000', 65_552],
    ['00010001 2112a442 000000000000000000000000', Number.NaN],
    ['40010000 2112a442 000000000000000000000000', Number.NaN],
    ['80010000 2112a442 000000000000000000000000', Number.NaN],
    ['00010000 2112a443 000000000000000000000000', Number.NaN],
  ])('%s begins a message of %s bytes', (text, length) => expect(wholeMessageLength(hex(text))).toBe(length))
})

/** Gives random bytes the header of a message, and attributes whose lengths mostly fit. */
function likeMessage(bytes: Buffer): void {
  bytes.writeUInt16BE(bytes.readUInt16BE(0) & 0x0fff, 0)
  bytes.writeUInt16BE((bytes.length - 20) & ~3, 2)
  bytes.writeUInt32BE(0x2112a442, 4)
  for (let at = 20; at + 4 <= bytes.length; ) {
    const codes = [0x06, 0x08, 0x09, 0x12, 0x13, 0x15, 0x16, bytes.readUInt16BE(at)]
    bytes.writeUInt16BE(codes[bytes.readUInt8(at) % codes.length] ?? 0, at)
    bytes.writeUInt16BE(bytes.readUInt16BE(at + 2) % 28, at + 2)
    at += 4 + Math.ceil(bytes.readUInt16BE(at + 2) / 4) * 4
  }
}
