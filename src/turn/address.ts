/** The magic cookie of every STUN message. RFC 8489, section 5. */
export const MAGIC_COOKIE = Buffer.from([0x21, 0x12, 0xa4, 0x42])

/** An address XORed, or back: family, port and IP address (RFC 8489, section 14.2). What is too long is cut. */
export function xorAddress(value: Buffer, transactionId: Buffer): Buffer {
  const mask = Buffer.concat([Buffer.alloc(2), MAGIC_COOKIE.subarray(0, 2), MAGIC_COOKIE, transactionId])
  return Buffer.from(value.subarray(0, mask.length).map((byte, index) => byte ^ (mask[index] ?? 0)))
}

/** `192.0.2.1:49152`, or `[2001:db8::1]:49152`; undefined when it is no address. */
export function formatAddress(address: Buffer): string | undefined {
  const ip = address.subarray(4)
  if (address[1] === 1 && ip.length === 4) return `${ip.join('.')}:${address.readUInt16BE(2)}`
  if (address[1] !== 2 || ip.length !== 16) return undefined
  return `${new URL(`http://[${ip.toString('hex').match(/.{4}/g)?.join(':')}]`).hostname}:${address.readUInt16BE(2)}`
}
