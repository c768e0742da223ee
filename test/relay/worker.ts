import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { Miniflare, type MiniflareOptions, Response } from 'miniflare'
import type { StoredPreview } from '../emulator/cloudflare/worker-store.ts'
import { isObject } from '../emulator/emulated-response.ts'
import type { Emulator } from '../emulator/emulator.ts'

/** A Worker that listens on loopback. */
export interface Worker {
  readonly url: string
  stop(): Promise<void>
}

const FILE = join(import.meta.dirname, '../../docs/server/worker.js')
const CREDENTIALS_API = 'https://rtc.live.cloudflare.com/v1'

/** The Worker of docs/, filled in for one user. */
export function workerForOneUser(): string {
  return readFileSync(FILE, 'utf8').replace('// Fill this in', "return 'anna7' // ")
}

/** Starts the Worker of docs/ in workerd. What it asks of Cloudflare, it asks of the emulator. */
export function startWorker(emulator: Emulator, bindings: Record<string, string>): Promise<Worker> {
  return start(emulator, { modules: true, script: workerForOneUser(), bindings })
}

/** Starts what Wrangler uploaded for a preview: its code, its assets, and the environment that it has. */
export async function startPreview(emulator: Emulator, { deployment }: StoredPreview): Promise<Worker> {
  if (!deployment) throw new Error('nothing was deployed to this preview')
  const { code, env } = deployment
  const directory = mkdtempSync(join(tmpdir(), 'assets-'))
  for (const [path, content] of Object.entries(code.assets)) {
    mkdirSync(dirname(join(directory, path)), { recursive: true })
    writeFileSync(join(directory, path), content)
  }
  const bindings = Object.entries(env).map(([name, about]) => [
    name,
    isObject(about) ? String(about.text) : '',
  ])
  const worker = await start(emulator, {
    modules: true,
    script: code.modules[code.mainModule] ?? '',
    bindings: Object.fromEntries(bindings),
    assets: { directory, routerConfig: { has_user_worker: true } },
    https: true,
  })
  const stop = async (): Promise<void> => {
    await worker.stop()
    rmSync(directory, { recursive: true, force: true })
  }
  return { ...worker, stop }
}

async function start(
  emulator: Emulator,
  options: Omit<MiniflareOptions, 'compatibilityDate' | 'outboundService'>,
): Promise<Worker> {
  const miniflare = new Miniflare({
    ...options,
    compatibilityDate: '2026-07-01',
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
