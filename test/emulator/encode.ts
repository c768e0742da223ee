import { brotliCompressSync, deflateRawSync, deflateSync, gzipSync } from 'node:zlib'
import type { EmulatedResponse } from './emulated-response.ts'

/** Codings by the names of RFC 9110, section 8.4.1, and the deflate that many servers send: without its zlib header. */
const CODINGS: Readonly<Record<string, (body: Buffer) => Buffer>> = {
  gzip: gzipSync,
  'x-gzip': gzipSync,
  deflate: deflateSync,
  'raw deflate': deflateRawSync,
  br: brotliCompressSync,
}

/** The response in such codings; one without a body has none to encode, and calls itself encoded all the same. */
export function encoded(
  { coding, bytes = 0 }: { coding: string | string[]; bytes?: number },
  { status, headers, body }: EmulatedResponse,
): EmulatedResponse {
  const header = typeof coding === 'string' ? coding.replace('raw ', '') : coding
  const names = [coding].flat().flatMap(value => value.split(',').map(name => name.trim().toLowerCase()))
  const start = Buffer.concat([Buffer.from(body), Buffer.alloc(bytes, ' ')])
  const encodedBody = names.reduce<Buffer>((content, name) => CODINGS[name]?.(content) ?? content, start)
  return {
    status,
    headers: { ...headers, 'Content-Encoding': header },
    body: status === 204 ? '' : encodedBody,
  }
}

/** The response after the byte order mark of UTF-8. */
export function marked({ status, headers, body }: EmulatedResponse): EmulatedResponse {
  return { status, headers, body: Buffer.concat([Buffer.from([0xef, 0xbb, 0xbf]), Buffer.from(body)]) }
}
