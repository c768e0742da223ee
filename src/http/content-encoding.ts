type Decode = (body: Uint8Array, options: { maxOutputLength: number }) => Uint8Array

/**
 * Decodes a body from what `Content-Encoding` says, which a proxy may have applied unasked. Node's zlib is loaded only here.
 * https://www.rfc-editor.org/rfc/rfc9110#section-8.4
 * @throws Error when a coding is unknown, or the body is not what it says, or larger than so many bytes.
 */
export async function decodeBody(
  body: Uint8Array,
  contentEncoding: string | undefined,
  maxOutputLength: number,
): Promise<Uint8Array> {
  const names = (contentEncoding ?? '').split(',').map(name => name.trim())
  const codings = names.filter(name => name !== '' && name.toLowerCase() !== 'identity')
  // A response without a body has nothing to decode, whatever it calls itself.
  if (codings.length === 0 || body.length === 0) return body
  const zlib = await import('node:zlib')
  const decoders: Readonly<Record<string, Decode>> = {
    gzip: zlib.gunzipSync,
    'x-gzip': zlib.gunzipSync,
    deflate: (encoded, options) => (hasZlibHeader(encoded) ? zlib.inflateSync : zlib.inflateRawSync)(encoded, options),
    br: zlib.brotliDecompressSync,
  }
  // The last one was applied last.
  return codings.reduceRight((decoded, name) => {
    const decode = decoders[name.toLowerCase()]
    if (!decode) throw new Error(`the content coding "${name}" is not known`)
    return decode(decoded, { maxOutputLength })
  }, body)
}

/** Many servers send deflate without the header that belongs to it. https://www.rfc-editor.org/rfc/rfc1950#section-2.2 */
const hasZlibHeader = ([method = 0, flags = 0]: Uint8Array): boolean =>
  (method & 0x0f) === 8 && ((method << 8) + flags) % 31 === 0
