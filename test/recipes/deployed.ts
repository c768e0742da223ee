import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Emulator } from '../emulator/emulator.ts'
import { listen, portOf, stop } from '../emulator/server.ts'

/** What `authenticate()` of a reader's server accepts. */
export const ICE_SERVERS_TOKEN = 'a token of the server'

/** Where recipes deploy to. */
const HOSTS = ['pr-7-app.octo.workers.dev', 'app.example']

/** The server of docs/ in place of the one that a recipe deployed, with the newest key. */
export interface Deployed {
  /** Its URL for one of the deployed server's. Throws for a host that no recipe deploys to. */
  urlFor(url: string): string
  stop(): Promise<void>
}

/** Starts the Worker of docs/ in this process. What it asks of Cloudflare, it asks of the emulator. */
export async function startDeployed(emulator: Emulator): Promise<Deployed> {
  const accepted = `request.headers.get('Authorization') === 'Bearer ${ICE_SERVERS_TOKEN}'`
  const source = readFileSync(join(import.meta.dirname, '../../docs/server/worker.js'), 'utf8')
    .replace('https://rtc.live.cloudflare.com/v1', emulator.rtcUrl)
    .replace('// Fill this in', `return ${accepted} && 'check' // `)
  const { default: worker } = await import(`data:text/javascript,${encodeURIComponent(source)}`)
  const server = await listen(0, 'https', async ({ path, headers }, response) => {
    const { uid = '', secret = '' } = emulator.keys().at(-1) ?? {}
    const { authorization = '' } = headers
    const request = new Request(new URL(path, 'https://localhost'), { headers: { authorization } })
    const answer = await worker.fetch(request, { TURN_KEY_ID: uid, TURN_KEY_API_TOKEN: secret })
    response.writeHead(answer.status).end(await answer.text())
  })
  return {
    urlFor: url => {
      const { host, pathname } = new URL(url)
      if (!HOSTS.includes(host)) throw new Error(`nothing is deployed to ${host}`)
      return `https://127.0.0.1:${portOf(server)}${pathname}`
    },
    stop: () => stop(server),
  }
}
