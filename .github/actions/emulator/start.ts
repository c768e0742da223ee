import { spawn } from 'node:child_process'
import { appendFileSync, openSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'

const { GITHUB_OUTPUT = '', GITHUB_STATE = '', GITHUB_WORKSPACE = '', RUNNER_TEMP = '' } = process.env
const COMMAND = join(GITHUB_WORKSPACE, 'test', 'emulator', 'cli.ts')
const LOG = join(RUNNER_TEMP, 'emulator.log')

// It lives until the runner ends what a job has left. With pipes to the runner this step would never end.
const log = openSync(LOG, 'w')
spawn(process.execPath, [COMMAND, '--turn'], { detached: true, stdio: ['ignore', log, log] }).unref()

/** What the emulator says when it listens. */
async function welcome(): Promise<string> {
  for (let tries = 0; tries < 100; tries++) {
    await sleep(100)
    const text = readFileSync(LOG, 'utf8')
    if (text.includes('Control:')) return text
  }
  throw new Error(`The emulator did not start:\n${readFileSync(LOG, 'utf8')}`)
}

const text = await welcome()
const find = (pattern: RegExp): string => pattern.exec(text)?.[1] ?? ''
const outputs = {
  'account-id': find(/^ +CLOUDFLARE_ACCOUNT_ID=(.*)$/m),
  'api-token': find(/^ +CLOUDFLARE_API_TOKEN=(.*)$/m),
  'api-url': find(/^ +api-url +(.*)$/m),
  'rtc-url': find(/^ +rtc-url +(.*)$/m),
}
for (const [name, value] of Object.entries(outputs)) appendFileSync(GITHUB_OUTPUT, `${name}=${value}\n`)
appendFileSync(GITHUB_STATE, `keys=${find(/GET (\S+\/emulator\/keys)/)}\n`)
console.log(text)
