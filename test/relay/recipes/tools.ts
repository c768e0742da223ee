import { existsSync } from 'node:fs'
import { homedir } from 'node:os'
import { join } from 'node:path'

/** Vendors' command lines that npm serves, at the versions that the recipes name. `.ci/install-relay` installs them. */
export const TOOLS = [
  { name: 'wrangler', version: '4.164.0' },
  { name: 'vercel', version: '64.0.2' },
  { name: 'netlify-cli', version: '27.10.2' },
] as const

const ROOT = join(import.meta.dirname, '../../..')
const CACHE = join(process.env.XDG_CACHE_HOME ?? join(homedir(), '.cache'), 'cloudflare-turn-key')

/** The folder of an installed tool. Wrangler stands in this repository's own `node_modules`, for its types. */
export function toolOf(name: (typeof TOOLS)[number]['name']): string {
  const version = TOOLS.find(tool => tool.name === name)?.version
  const folders = [join(ROOT, 'node_modules', name), join(CACHE, `${name}-${version}`, 'node_modules', name)]
  const found = folders.find(existsSync)
  if (found === undefined) throw new Error(`The relay set needs ${name}: run .ci/install-relay.`)
  return found
}

/** npm's cache, with what npx asks of a package before it takes the one that is installed. */
export const NPM_CACHE = join(CACHE, 'npm')

/** The folder of kubectl, built from its module. */
export const KUBECTL = join(CACHE, 'kubectl-0.32.3')
