import { parseArgs } from 'node:util'
import {
  ACCOUNT_ID,
  type Emulator,
  type EmulatorOptions,
  GITHUB_TOKENS,
  OTHER_ACCOUNT_ID,
  startEmulator,
  TOKENS,
} from './emulator.ts'
import { prepareTrials, trialVariables } from './trials.ts'
import { startTurnServer } from './turn/turn-server.ts'

const USAGE =
  'usage: node test/emulator/cli.ts [--port N] [--secret-field secret|key|both] [--latency MS] [--turn]'
const FIELDS = ['secret', 'key', 'both'] as const

function wholeNumber(name: string, text: string): number {
  if (!/^\d{1,5}$/.test(text))
    throw new Error(`--${name} must be a whole number, not ${JSON.stringify(text)}`)
  return Number(text)
}

/** With `turn`, it mints for a TURN server of its own on loopback. */
function optionsFrom(args: string[]): EmulatorOptions & { hasTurn: boolean } {
  const text = { type: 'string' } as const
  const options = { port: text, 'secret-field': text, latency: text, turn: { type: 'boolean' } } as const
  const { values } = parseArgs({ args, options })
  const { port = '0', latency = '0', 'secret-field': wanted = 'secret' } = values
  const secretField = FIELDS.find(field => field === wanted)
  if (!secretField)
    throw new Error(`--secret-field must be secret, key or both, not ${JSON.stringify(wanted)}`)
  const numbers = { port: wholeNumber('port', port), latency: wholeNumber('latency', latency) }
  return { ...numbers, secretField, hasTurn: values.turn === true }
}

function welcome(emulator: Emulator): string {
  const { origin, apiUrl, rtcUrl, githubUrl } = emulator
  const variables = Object.entries(trialVariables(emulator))
  return `Emulator of Cloudflare's TURN key, credentials, Workers and analytics APIs and of GitHub's environments: ${origin}

  api-url          ${apiUrl}
  rtc-url          ${rtcUrl}
  GITHUB_API_URL   ${githubUrl}
  account          ${ACCOUNT_ID}
  other account    ${OTHER_ACCOUNT_ID}
  API tokens       ${Object.values(TOKENS).join('\n                   ')}
  GitHub tokens    ${Object.values(GITHUB_TOKENS).join('\n                   ')}

  For npm run live, and for others' clients:
${variables.map(([name, value]) => `  ${name}=${value}`).join('\n')}

Control: GET ${origin}/emulator/keys, /credentials, /requests, /environments;
POST /emulator/keys, /usage, /workers, /pulls, /faults, /reset. Ctrl+C ends it.`
}

async function main({ hasTurn, ...options }: ReturnType<typeof optionsFrom>): Promise<void> {
  const turn = hasTurn ? { turn: await startTurnServer() } : {}
  const emulator = await startEmulator({ ...options, ...turn })
  prepareTrials(emulator)
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.once(signal, () => void emulator.close().then(() => process.exit(0)))
  }
  console.log(welcome(emulator))
}

function fail(error: unknown, status: 1 | 2): never {
  console.error(error instanceof Error ? error.message : error)
  if (status === 2) console.error(USAGE)
  process.exit(status)
}

function optionsOrExit(): ReturnType<typeof optionsFrom> {
  try {
    return optionsFrom(process.argv.slice(2))
  } catch (error) {
    return fail(error, 2)
  }
}

main(optionsOrExit()).catch((error: unknown) => fail(error, 1))
