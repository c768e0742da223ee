import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'

const CODE = 'export default { fetch: () => new Response("hello") }\n'
const LOCK = { name: 'my-app', lockfileVersion: 3, requires: true, packages: { '': { name: 'my-app' } } }
const SCRIPTS = { build: 'mkdir -p dist && cp index.html dist/' }
const WORKER = { name: 'my-app', main: 'src/index.js', compatibility_date: '2026-07-01' }
const BUILD = { command: 'mkdir -p out && cp src/index.js out/ && echo built' }

/** Wrangler files of the Workers that a preview is made of. */
export const WORKERS = {
  'a plain Worker': { ...WORKER, previews: {} },
  'a Worker with assets': { ...WORKER, assets: { directory: 'public' }, previews: {} },
  'a Worker with a build command': { ...WORKER, main: 'out/index.js', build: BUILD, previews: {} },
  'a Worker without a previews block': WORKER,
} as const

/** Makes the checkout of an app; what is not a Worker is a page that is built into `dist`. */
export function makeApp(wrangler?: unknown, files: Readonly<Record<string, string>> = {}): string {
  const folder = mkdtempSync(join(tmpdir(), 'app-'))
  const config = wrangler === undefined ? {} : { 'wrangler.jsonc': JSON.stringify(wrangler) }
  const all = {
    'package.json': JSON.stringify({ name: 'my-app', private: true, scripts: SCRIPTS }),
    'package-lock.json': JSON.stringify(LOCK),
    'index.html': '<h1>hello</h1>\n',
    'public/index.html': '<h1>hello</h1>\n',
    'src/index.js': CODE,
    ...config,
    ...files,
  }
  for (const [name, content] of Object.entries(all)) {
    mkdirSync(dirname(join(folder, name)), { recursive: true })
    writeFileSync(join(folder, name), content)
  }
  return folder
}
