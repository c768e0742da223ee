import { createServer } from 'node:http'
import worker from './worker.js'

createServer(async ({ url, headers }, response) => {
  const request = new Request(new URL(url, 'http://localhost'), { headers })
  const answer = await worker.fetch(request, process.env)
  response.writeHead(answer.status, Object.fromEntries(answer.headers)).end(await answer.text())
}).listen(process.env.PORT ?? 8080)
