import { createHmac, randomBytes } from 'node:crypto'
import { crc32 } from 'node:zlib'

/** A message as the emulator reads it: strictly, because a client has no reason to send anything else. */
export interface StunMessage {
  readonly method: number
  readonly kind: 'request' | 'indication'
  readonly id: Buffer
  readonly attributes: ReadonlyMap<number, Buffer>
  isSignedWith(key: Buffer): boolean
}

export const METHODS = {
  binding: 0x001,
  allocate: 0x003,
  refresh: 0x004,
  send: 0x006,
  data: 0x007,
  createPermission: 0x008,
} as const

const COOKIE = 0x2112a442
const INTEGRITY = 0x0008
const FINGERPRINT = 0x8028

/** Reads a message that a client sent. Throws when anything in it is wrong. */
export function readMessage(bytes: Buffer): StunMessage {
  const type = bytes.readUInt16BE(0)
  if (bytes.readUInt32BE(4) !== COOKIE) throw new Error('no magic cookie')
  if (bytes.readUInt16BE(2) !== bytes.length - 20) throw new Error('a wrong length')
  if ((type & 0x0110) > 0x0010) throw new Error('a response, from a client')
  const attributes = new Map<number, Buffer>()
  let integrityAt = 0
  for (let at = 20; at < bytes.length; ) {
    const [code, length] = [bytes.readUInt16BE(at), bytes.readUInt16BE(at + 2)]
    if (attributes.has(FINGERPRINT)) throw new Error('something follows FINGERPRINT')
    if (attributes.has(code)) throw new Error(`two of attribute ${code}`)
    if (code === INTEGRITY) integrityAt = at
    if (code === FINGERPRINT && bytes.readInt32BE(at + 4) !== fingerprint(bytes.subarray(0, at)))
      throw new Error('a wrong FINGERPRINT')
    attributes.set(code, bytes.subarray(at + 4, at + 4 + length))
    at += 4 + length + ((4 - (length % 4)) % 4)
  }
  return {
    method: type & 0x000f,
    kind: (type & 0x0010) === 0 ? 'request' : 'indication',
    id: bytes.subarray(8, 20),
    attributes,
    isSignedWith(key) {
      const signed = Buffer.from(bytes.subarray(0, integrityAt))
      signed.writeUInt16BE(integrityAt + 4, 2)
      return attributes.get(INTEGRITY)?.equals(createHmac('sha1', key).update(signed).digest()) === true
    },
  }
}

/** Writes a message: signed where there is a key, and always with FINGERPRINT. */
export function writeMessage(
  type: number,
  id: Buffer,
  attributes: readonly (readonly [code: number, value: Buffer])[],
  key?: Buffer,
): Buffer {
  const head = Buffer.alloc(20)
  head.writeUInt16BE(type, 0)
  head.writeUInt32BE(COOKIE, 4)
  id.copy(head, 8)
  let message = Buffer.concat([head, ...attributes.map(([code, value]) => attribute(code, value))])
  if (key) {
    message.writeUInt16BE(message.length + 4, 2)
    message = Buffer.concat([message, attribute(INTEGRITY, createHmac('sha1', key).update(message).digest())])
  }
  message.writeUInt16BE(message.length - 12, 2)
  const value = Buffer.alloc(4)
  value.writeInt32BE(fingerprint(message))
  return Buffer.concat([message, attribute(FINGERPRINT, value)])
}

function attribute(code: number, value: Buffer): Buffer {
  const bytes = Buffer.alloc(4 + Math.ceil(value.length / 4) * 4)
  bytes.writeUInt16BE(code, 0)
  bytes.writeUInt16BE(value.length, 2)
  value.copy(bytes, 4)
  // Padding may be anything (RFC 8489, section 14).
  randomBytes(3).copy(bytes, 4 + value.length)
  return bytes
}

function fingerprint(bytes: Buffer): number {
  return crc32(bytes) ^ 0x5354554e
}

/** A port of 127.0.0.1 as XOR-RELAYED-ADDRESS and the like have it. */
export function xorLoopback(port: number): Buffer {
  const value = Buffer.from([0, 1, 0, 0, 0, 0, 0, 0])
  value.writeUInt16BE(port ^ (COOKIE >>> 16), 2)
  value.writeUInt32BE((0x7f000001 ^ COOKIE) >>> 0, 4)
  return value
}

/** The port of such an address. Throws when it is another host's. */
export function portOfLoopback(value: Buffer): number {
  if (value.length !== 8 || value[1] !== 1) throw new Error('not an IPv4 address')
  if ((value.readUInt32BE(4) ^ COOKIE) >>> 0 !== 0x7f000001) throw new Error('not 127.0.0.1')
  return value.readUInt16BE(2) ^ (COOKIE >>> 16)
}
