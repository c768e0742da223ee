import { parseArgs } from 'node:util'
import { runLive } from './live.ts'
import { readSettings, type Settings, USAGE } from './settings.ts'
import { exitStatusOf, stopSignal } from './stop-signal.ts'

interface Arguments {
  readonly settings: Settings
  readonly reportFile: string
}

/** Tokens come from the environment: arguments can be read by every process of the machine. */
function readArguments(args: string[], env: NodeJS.ProcessEnv): Arguments {
  const options = {
    report: { type: 'string', default: 'live-report.json' },
    patient: { type: 'string', default: '0s' },
  } as const
  const { values } = parseArgs({ args, options })
  return { settings: readSettings(env, values.patient), reportFile: values.report }
}

/** 0: all agrees. 1: something differs or is left. 2: wrong arguments. Ended by a signal: 128 and its number. */
async function main(args: string[], env: NodeJS.ProcessEnv): Promise<number> {
  if (args.includes('--help')) {
    console.log(USAGE)
    return 0
  }
  let read: Arguments
  try {
    read = readArguments(args, env)
  } catch (error) {
    console.error(`${error instanceof Error ? error.message : error}\n\n${USAGE}`)
    return 2
  }
  const stopping = stopSignal()
  const isGood = await runLive({ ...read, stopping })
  return exitStatusOf(stopping) ?? (isGood ? 0 : 1)
}

process.exitCode = await main(process.argv.slice(2), process.env)
