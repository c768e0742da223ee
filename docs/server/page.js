/** ICE servers for a connection. Without them it still forms where both networks allow a direct path. */
export async function fetchIceServers(url = '/ice-servers') {
  try {
    const response = await fetch(url, { credentials: 'include', signal: AbortSignal.timeout(8000) })
    if (!response.ok) throw new Error(`HTTP status ${response.status}`)
    return (await response.json()).iceServers
  } catch (error) {
    console.warn(`No TURN server: ${error.message}. The log of the server says why.`)
    return []
  }
}
