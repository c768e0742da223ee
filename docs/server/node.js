import { createServer } from 'node:http'
import worker from './worker.js'

/** Responds as the Worker does. What is no request of a browser, such as the target `//`, is a 400. */
async function respond({ method, url, headers }) {
  let request
  try {
    request = { method, url: new URL(url, 'http://localhost').href, headers: new Headers(headers) }
  } catch (error) {
    console.error(`No ICE servers (400): ${error.message}; the client must send a path and valid headers.`)
    return Response.json({ error: 'HTTP status 400' }, { status: 400 })
  }
  return worker.fetch(request, process.env)
}

createServer(async (incoming, outgoing) => {
  const response = await respond(incoming)
  outgoing.writeHead(response.status, Object.fromEntries(response.headers)).end(await response.text())
}).listen(process.env.PORT ?? 8080)
