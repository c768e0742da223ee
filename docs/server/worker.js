export default {
  async fetch(request, { TURN_KEY_ID, TURN_KEY_API_TOKEN }) {
    if (new URL(request.url).pathname !== '/ice-servers') return new Response('Not found', { status: 404 })
    // Check here who is asking: anyone who gets an answer can relay at your cost for an hour.
    const url = `https://rtc.live.cloudflare.com/v1/turn/keys/${TURN_KEY_ID}/credentials/generate-ice-servers`
    const headers = { Authorization: `Bearer ${TURN_KEY_API_TOKEN}`, 'Content-Type': 'application/json' }
    const minted = await fetch(url, { method: 'POST', headers, body: '{"ttl":3600}' })
    if (!minted.ok) return new Response(null, { status: 502 })
    const { iceServers } = await minted.json()
    // Browsers block port 53.
    for (const server of iceServers) server.urls = server.urls.filter(url => !/:53(\?|$)/.test(url))
    return Response.json({ iceServers }, { headers: { 'Cache-Control': 'no-store' } })
  },
}
