import { spawn } from 'node:child_process'
import { once } from 'node:events'
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/** What a script of a recipe did. */
export interface ScriptRun {
  readonly exitCode: number | null
  readonly outputs: Readonly<Record<string, string>>
  readonly commands: readonly Command[]
  /** The files that it left in the runner's temporary folder. */
  readonly left: readonly string[]
}

/** A command that a script started, and what it was given. */
export interface Command {
  readonly args: readonly string[]
  /** Standard input, and the files that arguments name. */
  readonly given: string
}

/** What other people's commands are called in recipes. */
const COMMANDS = ['npm', 'npx', 'flyctl', 'kubectl', 'sudo', 'turnutils_uclient']
const STAND_IN = join(import.meta.dirname, 'stand-in.ts')

/** Runs a script as the runner does, with stand-ins for the commands that would leave this machine. */
export async function runScript(
  script: string,
  env: Readonly<Record<string, string>>,
  failing: string | undefined,
): Promise<ScriptRun> {
  const folder = mkdtempSync(join(tmpdir(), 'recipe-'))
  const [commands, temp] = [join(folder, 'commands'), join(folder, 'temp')]
  for (const path of [commands, temp]) mkdirSync(path)
  const [log, output] = [join(folder, 'log'), join(folder, 'output')]
  for (const path of [log, output]) writeFileSync(path, '')
  standIn(commands)
  writeFileSync(join(folder, 'script.sh'), script)
  const child = spawn('bash', ['--noprofile', '--norc', '-e', join(folder, 'script.sh')], {
    cwd: folder,
    env: {
      PATH: `${commands}:${process.env.PATH}`,
      ...env,
      GITHUB_OUTPUT: output,
      RUNNER_TEMP: temp,
      STAND_IN_LOG: log,
      STAND_IN_FAILS: failing ?? '',
    },
    stdio: ['ignore', 'ignore', 'inherit'],
  })
  const [exitCode] = await once(child, 'exit')
  const lines = (file: string): string[] => readFileSync(file, 'utf8').split('\n').filter(Boolean)
  const run = {
    exitCode,
    outputs: Object.fromEntries(lines(output).map(line => line.split(/=(.*)/s).slice(0, 2))),
    commands: lines(log).map(line => JSON.parse(line)),
    left: readdirSync(temp),
  }
  rmSync(folder, { recursive: true })
  return run
}

function standIn(folder: string): void {
  const file = join(folder, 'stand-in')
  writeFileSync(file, `#!/bin/sh\nexec '${process.execPath}' '${STAND_IN}' "$(basename "$0")" "$@"\n`)
  chmodSync(file, 0o700)
  for (const name of COMMANDS) if (!existsSync(join(folder, name))) symlinkSync(file, join(folder, name))
}
