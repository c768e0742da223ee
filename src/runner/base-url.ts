/** Whether a token may be sent to what begins with a text: https, or http on loopback only, and nothing but a base. */
export function isSafeBaseUrl(text: string): boolean {
  const url = URL.parse(text)
  // A URL that ends in a bare ? or # has an empty query or fragment.
  if (!url || /[?#]/.test(text)) return false
  const { protocol, hostname, username, password } = url
  if (username || password) return false
  const isLoopback = hostname === 'localhost' || hostname === '[::1]' || /^127(\.\d+){3}$/.test(hostname)
  return protocol === 'https:' || (protocol === 'http:' && isLoopback)
}
