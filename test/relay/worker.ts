import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { Miniflare, Response } from 'miniflare'
import type { Emulator } from '../emulator/emulator.ts'

/** A Worker that listens on loopback. */
export interface Worker {
  readonly url: string
  stop(): Promise<void>
}

const FILE = join(import.meta.dirname, '../../docs/server/worker.js')
const CREDENTIALS_API = 'https://rtc.live.cloudflare.com/v1'

/** Starts the Worker of docs/ in workerd, for one user. What it asks of Cloudflare, it asks of the emulator. */
export async function startWorker(emulator: Emulator, bindings: Record<string, string>): Promise<Worker> {
  const miniflare = new Miniflare({
    modules: true,
    script: readFileSync(FILE, 'utf8').replace('// Fill this in', "return 'anna7' // "),
    compatibilityDate: '2026-07-01',
    bindings,
    outboundService: async request => {
      if (!request.url.startsWith(`${CREDENTIALS_API}/`)) throw new Error(`the Worker asked ${request.url}`)
      const response = await fetch(request.url.replace(CREDENTIALS_API, emulator.rtcUrl), {
        method: request.method,
        headers: [...request.headers].filter(([name]) => name !== 'host'),
        body: await request.text(),
      })
      return new Response(await response.text(), { status: response.status })
    },
  })
  const url = await miniflare.ready
  return { url: url.href, stop: () => miniflare.dispose() }
}
