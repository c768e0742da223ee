import { randomBytes } from 'node:crypto'
import type { Client } from './allocations.ts'
import type { TurnFault } from './faults.ts'
import { type StunMessage, writeMessage } from './stun.ts'

/** A response before it is written. */
export interface TurnResponse {
  readonly type: number
  readonly attributes: readonly (readonly [code: number, value: Buffer])[]
  /** What it is signed with; undefined where it is not. */
  readonly key: Buffer | undefined
}

const ERROR = 0x0110
const ERROR_CODE = 0x0009
const ALTERNATE_SERVER = 0x8023
/** 192.0.2.1:3478, which belongs to nobody. */
const ELSEWHERE = Buffer.from([0, 1, 13, 150, 192, 0, 2, 1])
const REASONS: Readonly<Record<number, string>> = {
  300: 'Try Alternate',
  401: 'Unauthorized',
  403: 'Forbidden',
  437: 'Allocation Mismatch',
  438: 'Stale Nonce',
  442: 'Unsupported Transport Protocol',
  486: 'Allocation Quota Reached',
  508: 'Insufficient Capacity',
}

/** The response with an error code to a request. RFC 8489, section 14.8. */
export function errorOf(
  { method }: StunMessage,
  code: number,
  attributes: TurnResponse['attributes'],
  key?: Buffer,
  words = REASONS[code] ?? '',
): TurnResponse {
  const value = Buffer.from([0, 0, Math.floor(code / 100), code % 100, ...Buffer.from(words)])
  const alternate = code === 300 ? [[ALTERNATE_SERVER, ELSEWHERE] as const] : []
  return { type: method | ERROR, attributes: [[ERROR_CODE, value], ...alternate, ...attributes], key }
}

const PAGE = Buffer.from('HTTP/1.1 400 Bad Request\r\nContent-Type: text/html\r\n\r\n<h1>400</h1>')

/** Sends a response, or does what a fault says instead. */
export function respond(client: Client, id: Buffer, response: TurnResponse, fault?: TurnFault): void {
  if (fault?.kind === 'silence') return
  if (fault?.kind === 'closed') client.close()
  else if (fault?.kind === 'page') client.send(client.isUdp ? randomBytes(60) : PAGE)
  else if (fault?.kind === 'other-address') client.sendFromElsewhere(written(id, response))
  else client.send(spoilt(written(id, response, fault), fault))
}

function written(id: Buffer, { type, attributes, key }: TurnResponse, fault?: TurnFault): Buffer {
  if (fault?.kind === 'unsigned') return writeMessage(type, id, attributes)
  if (fault?.kind === 'wrong-signature') return writeMessage(type, id, attributes, key && randomBytes(16))
  return writeMessage(type, fault?.kind === 'other-transaction' ? randomBytes(12) : id, attributes, key)
}

/** The message with a length that is not its own, in its header or in its first attribute. */
function spoilt(message: Buffer, fault?: TurnFault): Buffer {
  if (fault?.kind === 'too-long') message.writeUInt16BE(message.length, 2)
  if (fault?.kind === 'too-short') message.writeUInt16BE(message.length - 44, 2)
  if (fault?.kind === 'attribute-too-long') message.writeUInt16BE(0xfff0, 22)
  return message
}
