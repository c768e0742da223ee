export default {
  async fetch(request, { TURN_KEY_ID: uid, TURN_KEY_API_TOKEN: key }) {
    const { pathname } = new URL(request.url)
    if (pathname !== '/ice-servers') return new Response('Not found', { status: 404 })
    // Check here who is asking: anyone who gets an answer can relay at your cost for an hour.
    const api = 'https://rtc.live.cloudflare.com/v1/turn/keys'
    const headers = { Authorization: `Bearer ${key}`, 'Content-Type': 'application/json' }
    const minted = await fetch(`${api}/${uid}/credentials/generate-ice-servers`, {
      method: 'POST',
      headers,
      body: JSON.stringify({ ttl: 3600 }),
    })
    if (!minted.ok) return new Response(null, { status: 502 })
    const { iceServers } = await minted.json()
    // Browsers block port 53.
    for (const one of iceServers) one.urls = one.urls.filter(url => !/:53(\?|$)/.test(url))
    return Response.json({ iceServers }, { headers: { 'Cache-Control': 'no-store' } })
  },
}
