import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto'
import { crc32 } from 'node:zlib'
import { MAGIC_COOKIE, xorAddress } from './address.ts'

/** RFC 8489, section 18.2; RFC 8656, section 17. */
export const METHOD = { binding: 1, allocate: 3, refresh: 4, send: 6, data: 7, createPermission: 8 } as const
/** What a message's type has beside the method; in a request, nothing. */
export const CLASS = { indication: 0x010, success: 0x100, error: 0x110 } as const
/** In the order in which they are sent. RFC 8489, section 18.3; RFC 8656, section 18. */
const ATTRIBUTES = [
  ['errorCode', 0x0009],
  ['lifetime', 0x000d],
  ['xorPeerAddress', 0x0012],
  ['data', 0x0013],
  ['xorRelayedAddress', 0x0016],
  ['requestedTransport', 0x0019],
  ['username', 0x0006],
  ['nonce', 0x0015],
  ['realm', 0x0014],
] as const
const MESSAGE_INTEGRITY = 0x0008
const FINGERPRINT = 0x8028
const [HEADER_BYTES, INTEGRITY_BYTES] = [20, 20]

/** The attributes of a message that are in use here. Addresses are not XORed. */
export type Attributes = { [Name in (typeof ATTRIBUTES)[number][0]]?: Buffer }

/** A STUN message; its transaction id has 12 bytes. Of a received one, `signed` is what `integrity` is computed from. */
export interface Message {
  readonly type: number
  readonly transactionId: Buffer
  readonly attributes: Attributes
  readonly integrity?: Buffer
  readonly signed?: Buffer
}

/** Encodes a message with FINGERPRINT and, where there is a key, MESSAGE-INTEGRITY. */
export function encodeMessage(type: number, attributes: Attributes, id: Buffer = randomBytes(12), key?: Buffer) {
  const encoded = ATTRIBUTES.flatMap(([name, code]) => {
    const value = attributes[name]
    return value ? encode(code, name.startsWith('xor') ? xorAddress(value, id) : value) : []
  })
  const message = Buffer.concat([uint16(type), uint16(0), MAGIC_COOKIE, id, ...encoded])
  const signed = key ? append(message, MESSAGE_INTEGRITY, INTEGRITY_BYTES, of => hmac(of, key)) : message
  return append(signed, FINGERPRINT, 4, fingerprint)
}

/** Reads one whole message, up to its MESSAGE-INTEGRITY; undefined when a length does not fit, or FINGERPRINT is wrong. */
export function parseMessage(bytes: Buffer): Message | undefined {
  if (wholeMessageLength(bytes) !== bytes.length) return undefined
  const transactionId = bytes.subarray(8, HEADER_BYTES)
  const attributes: Attributes = {}
  let integrity: Pick<Message, 'integrity' | 'signed'> | undefined
  // The whole and each part are multiples of 4 bytes long: where there is another attribute, its first 4 bytes are there.
  for (let start = HEADER_BYTES, end = start; start < bytes.length; start = end + padding(end)) {
    const code = bytes.readUInt16BE(start)
    end = start + 4 + bytes.readUInt16BE(start + 2)
    if (end > bytes.length) return undefined
    const [before, value] = [bytes.subarray(0, start), bytes.subarray(start + 4, end)]
    if (code === FINGERPRINT && !value.equals(fingerprint(before))) return undefined
    if (integrity) continue
    if (code === MESSAGE_INTEGRITY) integrity = { integrity: value, signed: withLength(before, INTEGRITY_BYTES) }
    const [name] = ATTRIBUTES.find(([, known]) => known === code) ?? []
    if (name) attributes[name] ??= name.startsWith('xor') ? xorAddress(value, transactionId) : value
  }
  return { type: bytes.readUInt16BE(), transactionId, attributes, ...integrity }
}

/** Whether a message has the MESSAGE-INTEGRITY that a key gives. RFC 8489, section 14.5. */
export const hasIntegrity = ({ integrity, signed }: Message, key: Buffer): boolean =>
  signed !== undefined && integrity?.length === INTEGRITY_BYTES && timingSafeEqual(integrity, hmac(signed, key))

/** The length of the message that bytes begin with; undefined when it has not come yet, NaN when it is no STUN message. */
export function wholeMessageLength(bytes: Buffer): number | undefined {
  if (bytes.length < HEADER_BYTES) return undefined
  const [type, length] = [bytes.readUInt16BE(), bytes.readUInt16BE(2)]
  const isStun = type < 0x4000 && length % 4 === 0 && bytes.subarray(4, 8).equals(MAGIC_COOKIE)
  return isStun ? HEADER_BYTES + length : Number.NaN
}

/** Appends an attribute computed from all before it, when the length in the header counts it already. */
function append(bytes: Buffer, code: number, size: number, compute: (bytes: Buffer) => Buffer): Buffer {
  const counted = withLength(bytes, size)
  return Buffer.concat([counted, encode(code, compute(counted))])
}

const withLength = (bytes: Buffer, size: number): Buffer =>
  Buffer.concat([bytes.subarray(0, 2), uint16(bytes.length + 4 + size - HEADER_BYTES), bytes.subarray(4)])
const encode = (code: number, value: Buffer): Buffer =>
  Buffer.concat([uint16(code), uint16(value.length), value, Buffer.alloc(padding(value.length))])
const uint16 = (value: number): Buffer => Buffer.from([value >> 8, value & 255])
const padding = (length: number): number => -length & 3
const hmac = (bytes: Buffer, key: Buffer): Buffer => createHmac('sha1', key).update(bytes).digest()

/** RFC 8489, section 14.7. */
function fingerprint(bytes: Buffer): Buffer {
  const value = Buffer.alloc(4)
  value.writeInt32BE(crc32(bytes) ^ 0x5354554e)
  return value
}
