import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { ACCOUNT_ID, type Emulator, TOKENS } from '../emulator/emulator.ts'

/** How a command of Wrangler ended, and what it wrote. */
interface WranglerRun {
  readonly exitCode: number | null
  readonly stdout: string
  readonly stderr: string
}

const COMMAND = join(import.meta.dirname, '../../node_modules/wrangler/bin/wrangler.js')

/** As in a workflow, except that all but loopback is out of reach. */
const ENVIRONMENT = {
  PATH: process.env.PATH,
  CI: 'true',
  NO_COLOR: '1',
  WRANGLER_HIDE_BANNER: 'true',
  WRANGLER_SEND_METRICS: 'false',
  WRANGLER_SEND_ERROR_REPORTS: 'false',
  https_proxy: 'http://127.0.0.1:9',
  no_proxy: '127.0.0.1,localhost',
}

/** Runs Wrangler, for which the emulator is Cloudflare, in a folder of its own unless one is given. */
export async function runWrangler(
  { apiUrl }: Emulator,
  args: readonly string[],
  { input = '', cwd, env }: { input?: string; cwd?: string; env?: Record<string, string> } = {},
): Promise<WranglerRun> {
  const home = mkdtempSync(join(tmpdir(), 'wrangler-'))
  const account = {
    CLOUDFLARE_API_BASE_URL: apiUrl,
    CLOUDFLARE_ACCOUNT_ID: ACCOUNT_ID,
    CLOUDFLARE_API_TOKEN: TOKENS.workersOnly,
  }
  const child = spawn(process.execPath, [COMMAND, ...args], {
    cwd: cwd ?? home,
    env: { ...ENVIRONMENT, HOME: home, ...account, ...env },
  })
  const said = { stdout: '', stderr: '' }
  for (const name of ['stdout', 'stderr'] as const) {
    child[name].setEncoding('utf8').on('data', (text: string) => {
      said[name] += text
    })
  }
  child.stdin.end(input)
  try {
    const [exitCode] = await once(child, 'close')
    return { exitCode, ...said }
  } finally {
    rmSync(home, { recursive: true, force: true })
  }
}

/** The names that `secret list` gives, of a Worker or of its Previews base configuration. */
export async function secretsByWrangler(
  emulator: Emulator,
  worker: string,
  where: 'worker' | 'worker-previews' = 'worker',
): Promise<string[]> {
  const args =
    where === 'worker'
      ? ['secret', 'list', '--name', worker]
      : ['preview', 'base-config', 'secret', 'list', '--json', '--worker-name', worker]
  const { exitCode, stdout, stderr } = await runWrangler(emulator, args)
  if (exitCode !== 0) throw new Error(`wrangler ${args.join(' ')}: ${stderr}`)
  const secrets: { name: string }[] = JSON.parse(stdout)
  return secrets.map(({ name }) => name)
}
