/** The parts of an ICE server's URI. The host is without brackets; `dtls` is `turns:` with `transport=udp`. */
export interface ServerUri {
  readonly scheme: 'stun' | 'turn'
  readonly transport: 'udp' | 'tcp' | 'tls' | 'dtls'
  readonly host: string
  readonly port: number
}

const URI = /^(stun|turn)(s?):(?:\[([\da-f:.]+)\]|([^\s:@/?#[\]]+))(?::(\d{1,5}))?(?:\?transport=(udp|tcp))?$/

/** Reads a `stun:`, `stuns:`, `turn:` or `turns:` URI (RFC 7064, RFC 7065); undefined when it is malformed. */
export function parseStunOrTurnUri(uri: string): ServerUri | undefined {
  const [, scheme, s, ipv6, host = ipv6, digits, given] = URI.exec(uri.toLowerCase()) ?? []
  const port = Number(digits ?? (s ? 5349 : 3478))
  if (host === undefined || port < 1 || port > 65_535) return undefined
  const isUdp = given === 'udp' || (given === undefined && !s)
  const transport = s ? (isUdp ? 'dtls' : 'tls') : isUdp ? 'udp' : 'tcp'
  return { scheme: scheme === 'turn' ? 'turn' : 'stun', transport, host, port }
}
