/** Whether a token may be sent to what begins with a text: https, or http on loopback only, and nothing but a base. */
export function isBaseUrl(text: string): boolean {
  const url = URL.parse(text)
  if (!url) return false
  const { protocol, hostname, username, password, search, hash } = url
  if (username || password || search || hash) return false
  const isLoopback = hostname === 'localhost' || hostname === '[::1]' || /^127(\.\d+){3}$/.test(hostname)
  return protocol === 'https:' || (protocol === 'http:' && isLoopback)
}
