const KEYS = 'https://rtc.live.cloudflare.com/v1/turn/keys'
/** The origin of your page, such as https://app.example, where it is not this server's own. */
const PAGE_ORIGIN = ''

/** Returns the id of the user who asks, or undefined to refuse: whoever gets ICE servers relays at your cost. */
async function authenticate(request) {
  // Fill this in: look up the session in request.headers.get('Cookie'), and limit how often a user asks.
}

export default {
  async fetch(request, env) {
    const cors = { 'Access-Control-Allow-Origin': PAGE_ORIGIN, 'Access-Control-Allow-Credentials': 'true' }
    const headers = { 'Cache-Control': 'no-store', ...(PAGE_ORIGIN && cors) }
    try {
      if (new URL(request.url).pathname !== '/ice-servers') fail(404, 'the only path is /ice-servers')
      if (request.method !== 'GET') fail(405, 'the only method is GET')
      const user = await authenticate(request)
      if (!user) fail(403, 'authenticate() refused: it must return the id of your user')
      return Response.json({ iceServers: await mint(String(user), env) }, { headers })
    } catch ({ status = 500, message }) {
      console.error(`No ICE servers (${status}): ${message}.`)
      if (status === 405) headers.Allow = 'GET'
      return Response.json({ error: `HTTP status ${status}` }, { status, headers })
    }
  },
}

async function mint(customIdentifier, { TURN_KEY_ID: uid, TURN_KEY_API_TOKEN: key }) {
  if (!uid || !key) fail(500, 'TURN_KEY_ID or TURN_KEY_API_TOKEN is not set: store both, and deploy again')
  try {
    const response = await fetch(`${KEYS}/${encodeURIComponent(uid)}/credentials/generate-ice-servers`, {
      method: 'POST',
      headers: { Authorization: `Bearer ${key}`, 'Content-Type': 'application/json' },
      body: JSON.stringify({ ttl: 3600, customIdentifier }),
      redirect: 'manual',
      signal: AbortSignal.timeout(5000),
    })
    if (response.ok) return withoutPort53((await response.json()).iceServers)
    const advice = response.status < 500 ? 'check that both values are of one key that exists' : STATUS_PAGE
    fail(502, `Cloudflare responded with HTTP status ${response.status}: ${advice}`)
  } catch (error) {
    if (error.status) throw error
    if (error.name === 'TimeoutError')
      fail(504, `Cloudflare did not respond within 5 seconds: ${STATUS_PAGE}`)
    fail(502, `Cloudflare cannot be reached, or sent no ICE servers (${error.name}): ${STATUS_PAGE}`)
  }
}

/** Browsers block port 53. */
function withoutPort53(iceServers) {
  const without = urls => [urls].flat().filter(url => !/:53(\?|$)/.test(url))
  const usable = iceServers.map(one => ({ ...one, urls: without(one.urls) })).filter(one => one.urls[0])
  return usable.some(one => one.credential) ? usable : fail(502, `no TURN server came: ${STATUS_PAGE}`)
}

const STATUS_PAGE = 'see https://www.cloudflarestatus.com'
const fail = (status, message) => {
  throw Object.assign(new Error(message), { status })
}
