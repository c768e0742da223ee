import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { until } from '../emulator/ask.ts'
import { type Emulator, type EmulatorOptions, startEmulator } from '../emulator/emulator.ts'
import { prepareTrials, trialVariables } from '../emulator/trials.ts'
import { keyName, newRun } from './run-name.ts'

const CLI = join(import.meta.dirname, 'cli.ts')
const SECRETS = /emulat(ed-(key|user|credential)|or-(token|github))-\w+/
let folder: string
let emulator: Emulator

async function start(options: EmulatorOptions = {}): Promise<void> {
  emulator = await startEmulator(options)
  prepareTrials(emulator)
}

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'live-'))
})
afterEach(async () => {
  rmSync(folder, { recursive: true, force: true })
  await emulator?.close()
})

function run(variables: Record<string, string | undefined> = {}, args: string[] = []) {
  const env = { PATH: process.env.PATH, ...trialVariables(emulator), ...variables }
  const child = spawn(process.execPath, [CLI, ...args], { cwd: folder, env })
  return { child, ended: resultOf(child) }
}

async function resultOf(child: ChildProcess) {
  let [stdout, stderr] = ['', '']
  child.stdout?.on('data', data => (stdout += data))
  child.stderr?.on('data', data => (stderr += data))
  const [code] = await once(child, 'close')
  return { code, stdout, stderr }
}

function report(file = 'live-report.json') {
  return JSON.parse(readFileSync(join(folder, file), 'utf8'))
}

/** What is stored that a run may have created. */
function stored(): unknown {
  const { secrets, variables } = emulator.github.environment('staging') ?? {}
  const worker = emulator.worker('trials')
  return {
    keys: emulator.keys().map(({ name }) => name),
    onGitHub: [...Object.keys(secrets ?? {}), ...Object.keys(variables ?? {})],
    secrets: Object.keys(worker?.secrets ?? {}),
    base: JSON.stringify(worker?.previewsBaseConfig ?? null).match(/TURN_KEY_LIVE\w+/g) ?? [],
  }
}
const NOTHING = { keys: [], onGitHub: [], secrets: [], base: [] }

describe('npm run live', () => {
  test('says before what it does, agrees with the emulator, and leaves nothing but its report', async () => {
    await start()
    const { code, stdout, stderr } = await run().ended
    expect(code).toBe(0)
    expect(stderr).toMatch(
      /^This asks .*\n- about 20 TURN keys named "cloudflare-turn-key live \d{8}T\d{6}Z-\w{8} …"/,
    )
    expect(stderr).toContain('It costs nothing')
    expect(stdout).toContain('| Keys: status of create')
    expect(stdout).toMatch(/\d+ agree, 0 differ, 8 not asked\.$/m)
    expect(stored()).toEqual(NOTHING)
    expect(report()).toMatchObject({ services: { cloudflare: emulator.apiUrl }, left: [] })
    expect(report().facts).toContainEqual(expect.objectContaining({ name: 'status of create', real: '201' }))
  })

  test('shows what differs, why we think otherwise and what it touches, and exits with 1', async () => {
    await start({ secretField: 'key' })
    const { code, stdout } = await run({}, ['--report', 'other.json']).ended
    expect(code).toBe(1)
    const row = stdout.split('\n').find(line => line.includes('fields of a created key'))
    expect(row).toMatch(
      /\| created, modified, name, secret, uid +\| created, key, modified, name, uid +\| \*\*differs\*\* +\|$/,
    )
    expect(stdout).toContain('  - why we think so: https://github.com/pulumi/pulumi-cloudflare/issues/1674')
    expect(stdout).toContain('  - what it touches: The output `key`')
    expect(report('other.json').facts).toContainEqual(
      expect.objectContaining({ outcome: 'differs', real: 'created, key, modified, name, uid' }),
    )
  })

  test('no token, key or credential comes into the table, the messages or the report', async () => {
    await start()
    for (const on of ['list', 'gh-variable-post'] as const)
      emulator.injectFault({ on, kind: 'echo-secret', times: 3 })
    const { stdout, stderr } = await run().ended
    expect(emulator.credentials().length).toBeGreaterThan(5)
    for (const text of [stdout, stderr, JSON.stringify(report())]) expect(text).not.toMatch(SECRETS)
  })

  test.each(['response-lost', 'reset', 'html'] as const)('leaves nothing after a %s', async kind => {
    await start()
    emulator.injectFault({ on: 'create', kind, times: 2 })
    const { code, stdout } = await run().ended
    expect(code).toBe(1)
    expect(stdout).toContain('**differs**')
    expect(stored()).toEqual(NOTHING)
  })

  test('names what it cannot delete, and exits with 1', async () => {
    await start()
    emulator.injectFault({ on: 'gh-variable-list', kind: 'error', status: 500, times: 9 })
    const { code, stdout } = await run().ended
    expect(code).toBe(1)
    expect(stdout).toContain('Left behind: variables of the environment: HTTP status 500')
  })

  test('deletes what an older run left, and nothing of a younger one or of others', async () => {
    await start()
    const younger = keyName(newRun())
    const names = [
      'cloudflare-turn-key live',
      'octo/app@main',
      younger,
      'cloudflare-turn-key live 20260101T000000Z',
    ]
    for (const name of [...names, 'cloudflare-turn-key live 20260101T000000Z-0badcafe two'])
      emulator.seedKey({ name })
    emulator.github.setVariable('staging', 'TURN_KEY_LIVE_20260101T000000Z_0BADCAFE_UID', 'a')
    emulator.github.setSecret('staging', 'TURN_KEY_API_TOKEN', 'b')
    const { code, stderr } = await run().ended
    expect(code).toBe(0)
    expect(stderr).toContain('Deleted, from an older run: TURN_KEY_LIVE_20260101T000000Z_0BADCAFE_UID')
    expect(stored()).toEqual({ ...NOTHING, keys: names, onGitHub: ['TURN_KEY_API_TOKEN'] })
  })
})

// Windows knows no signals: there the process is just gone.
test.skipIf(process.platform === 'win32').each(['SIGINT', 'SIGTERM', 'SIGHUP'] as const)(
  'ended by %s in the middle, it deletes what it created',
  async signal => {
    await start({ latency: 10 })
    const { child, ended } = run()
    await until(() => emulator.requests.some(({ operation }) => operation === 'gh-variable-post'))
    child.kill(signal)
    child.kill(signal)
    const { code, stdout, stderr } = await ended
    expect(code).toBe(128 + { SIGINT: 2, SIGTERM: 15, SIGHUP: 1 }[signal])
    expect(stderr).toContain(`${signal}: deleting what was created`)
    expect(stdout).toContain('(the run was stopped)')
    expect(report().stoppedBy).toBe(signal)
    expect(stored()).toEqual(NOTHING)
  },
)

// `npm run` does not hand SIGTERM on.
test.skipIf(process.platform === 'win32')(
  'left behind by the process that started it, it deletes what it created',
  async () => {
    await start()
    // Longer than it takes to notice.
    emulator.injectFault({ on: 'gh-variable-post', kind: 'slow', delay: 1000 })
    const env = { PATH: process.env.PATH, ...trialVariables(emulator) }
    const shell = spawn('sh', ['-c', `"${process.execPath}" "${CLI}"; true`], {
      cwd: folder,
      env,
      stdio: 'ignore',
    })
    await until(() => emulator.requests.some(({ operation }) => operation === 'gh-variable-post'))
    shell.kill('SIGTERM')
    const file = join(folder, 'live-report.json')
    await until(() => existsSync(file) && readFileSync(file, 'utf8').endsWith('}\n'))
    expect(report().stoppedBy).toBe('SIGTERM')
    expect(stored()).toEqual(NOTHING)
  },
)

describe('wrong settings end it before the first request', () => {
  test.each([
    ['no account', { CLOUDFLARE_ACCOUNT_ID: undefined }, 'CLOUDFLARE_ACCOUNT_ID is not set.'],
    ['no token', { CLOUDFLARE_API_TOKEN: ' ' }, 'CLOUDFLARE_API_TOKEN is not set.'],
    ['no environment', { LIVE_ENVIRONMENT: '' }, 'LIVE_ENVIRONMENT is not set.'],
    ['patience', {}, '--patient must be such as 30m, at most 2h.', '3h'],
    ['http', { CLOUDFLARE_RTC_URL: 'http://rtc.invalid/v1' }, 'CLOUDFLARE_RTC_URL must be an https URL'],
  ])('%s', async (_, variables, message, patience = '0s') => {
    await start()
    const { code, stdout, stderr } = await run(variables, ['--patient', patience]).ended
    expect({ code, stdout, requests: emulator.requests }).toEqual({ code: 2, stdout: '', requests: [] })
    expect(stderr).toContain(message)
    expect(stderr).not.toMatch(SECRETS)
  })
})
