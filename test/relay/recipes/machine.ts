import { spawn } from 'node:child_process'
import { once } from 'node:events'
import {
  chmodSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import type { Emulator } from '../../emulator/emulator.ts'
import type { ScriptRun } from '../../recipes/script.ts'
import type { Step } from '../../recipes/workflow.ts'
import { type Fence, GITHUB_HOST, startFence } from './fence.ts'
import { KUBECTL, NPM_CACHE, TOOLS, toolOf } from './tools.ts'

/** A machine that runs the scripts of recipes, as they are, with the real command lines of vendors. */
export interface Machine {
  readonly fence: Fence
  /** All arguments that tools were started with. */
  args(): string
  /** Runs the script of a step in a folder. `RUNNER_TEMP` is new for each job. */
  run(step: Step, env: Readonly<Record<string, string>>, job: Job): Promise<ScriptRun>
  stop(): Promise<void>
}

/** Where a job's scripts run. */
export interface Job {
  readonly cwd: string
  readonly temp: string
  /** Settings of vendors' own that lead their tools to loopback. */
  readonly settings: Readonly<Record<string, string>>
}

/** What `runner.temp` is to the expressions of a recipe. */
const RUNNER_TEMP = '/home/runner/work/_temp'
const SYSTEM = ['npm', 'npx', 'jq', 'gh', 'curl', 'kubectl', 'tee', 'grep']

/** Sets a machine up, on which the emulator is Cloudflare and GitHub, and all else is out of reach. */
export async function startMachine(emulator: Emulator): Promise<Machine> {
  const fence = await startFence(emulator.githubUrl)
  const home = mkdtempSync(join(tmpdir(), 'machine-'))
  const log = join(home, 'args')
  writeFileSync(log, '')
  const prefix = installTools(home)
  recordArguments(join(home, 'recorded'), log)
  const path = [
    join(home, 'recorded'),
    dirname(process.execPath),
    join(prefix, 'bin'),
    KUBECTL,
    process.env.PATH,
  ]
  const machine = {
    PATH: path.join(':'),
    HOME: home,
    CI: 'true',
    GITHUB_REPOSITORY: 'octo/app',
    npm_config_prefix: prefix,
    npm_config_cache: NPM_CACHE,
    npm_config_audit: 'false',
    npm_config_offline: 'true',
    npm_config_update_notifier: 'false',
    ...settingsOf(emulator, fence),
  }
  return {
    fence,
    args: () => readFileSync(log, 'utf8'),
    run: (step, env, job) => runScript(step, { ...machine, ...env, ...job.settings }, job),
    stop: async () => {
      await fence.stop()
      rmSync(home, { recursive: true, force: true })
    },
  }
}

/** As if installed globally, which npx finds: `npx wrangler@4.164.0` runs this one if it is that version. */
function installTools(home: string): string {
  const prefix = join(home, 'prefix')
  for (const folder of ['bin', 'lib/node_modules']) mkdirSync(join(prefix, folder), { recursive: true })
  for (const { name } of TOOLS) {
    const folder = toolOf(name)
    symlinkSync(folder, join(prefix, 'lib/node_modules', name))
    const { bin } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'))
    for (const command of Object.keys(bin))
      symlinkSync(join(folder, bin[command]), join(prefix, 'bin', command))
  }
  return prefix
}

/** Puts a command before each tool that writes its arguments down, and then is the tool. */
function recordArguments(folder: string, log: string): void {
  mkdirSync(folder)
  for (const name of SYSTEM) {
    const script = `#!/bin/bash\nprintf '%s\\n' "$@" >> '${log}'\nPATH=\${PATH#*:}\nexec ${name} "$@"\n`
    writeFileSync(join(folder, name), script)
    chmodSync(join(folder, name), 0o700)
  }
}

function settingsOf({ apiUrl }: Emulator, { url }: Fence): Record<string, string> {
  return {
    CLOUDFLARE_API_BASE_URL: apiUrl,
    WRANGLER_SEND_METRICS: 'false',
    WRANGLER_SEND_ERROR_REPORTS: 'false',
    NO_UPDATE_NOTIFIER: '1',
    NODE_USE_ENV_PROXY: '1',
    VERCEL_TELEMETRY_DISABLED: '1',
    NETLIFY_TELEMETRY_DISABLED: '1',
    GH_HOST: GITHUB_HOST,
    GH_NO_UPDATE_NOTIFIER: '1',
    http_proxy: url,
    https_proxy: url,
    no_proxy: '127.0.0.1',
  }
}

/** As the runner does; with the shell named, a pipe fails with any part of it. */
async function runScript(
  { run, shell }: Step,
  env: Readonly<Record<string, string>>,
  { cwd, temp }: Job,
): Promise<ScriptRun> {
  const file = join(temp, 'script.sh')
  const output = join(temp, 'output')
  for (const [name, text] of [
    [file, run],
    [output, ''],
  ] as const)
    writeFileSync(name, text)
  const here = Object.entries(env).map(([name, value]) => [name, value.replace(RUNNER_TEMP, temp)])
  const options = shell === 'bash' ? ['-eo', 'pipefail'] : ['-e']
  const child = spawn('bash', ['--noprofile', '--norc', ...options, file], {
    cwd,
    env: { ...Object.fromEntries(here), RUNNER_TEMP: temp, GITHUB_OUTPUT: output },
  })
  let log = ''
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (text: string) => {
      log += text
    })
  }
  child.stdin.end()
  const [exitCode] = await once(child, 'close')
  const lines = readFileSync(output, 'utf8').split('\n').filter(Boolean)
  rmSync(file)
  return { exitCode, outputs: Object.fromEntries(lines.map(line => line.split(/=(.*)/s).slice(0, 2))), log }
}

/** The files of secrets that a job left. */
export function filesLeft({ temp }: Job): string[] {
  return readdirSync(temp).filter(name => name.endsWith('.env'))
}
