import { parseArgs } from 'node:util'
import { ACCOUNT_ID, startEmulator, TOKENS } from '../test/emulator/emulator.ts'
import { createMasker } from '../test/github-runner/masker.ts'
import { type ActionFolder, runStep, type StepOptions, type StepRun } from '../test/github-runner.ts'

const LINE = '─'.repeat(80)
const NETWORK = [
  'http_proxy',
  'https_proxy',
  'no_proxy',
  'HTTP_PROXY',
  'HTTPS_PROXY',
  'NO_PROXY',
  'NODE_EXTRA_CA_CERTS',
]

type Inputs = Record<string, string>

/** Runs a step and its post step, and prints what the run page would show. */
async function show(heading: string, action: ActionFolder, options: StepOptions): Promise<StepRun> {
  const inputs: Inputs = options.inputs ?? {}
  const token = createMasker(inputs['api-token'] === undefined ? [] : [inputs['api-token']])
  console.log(`${LINE}\n${heading}\n${LINE}`)
  console.log(`- uses: ${action === '.' ? './' : `./${action}`}\n  with:`)
  for (const [name, value] of Object.entries(inputs)) console.log(`    ${name}: ${token.mask(value)}`)
  const step = await runStep(action, options)
  const secrets = createMasker([...token.values, ...step.masks])
  section('Log', token.mask(step.log))
  section('Outputs', secrets.mask(lines(step.outputs)))
  section('Summary', secrets.mask(step.summary))
  const post = await step.post({ jobStatus: step.exitCode === 0 ? 'success' : 'failure' })
  section('Post step', secrets.mask(post.log))
  console.log(`\n${step.exitCode === 0 ? '✓ succeeded' : '✗ failed'}: exit code ${step.exitCode}\n`)
  return step
}

function section(name: string, text: string): void {
  if (text.trim() !== '') console.log(`\n${name}\n${text.trimEnd().replaceAll(/^(?=.)/gm, '  ')}`)
}

function lines(values: Readonly<Record<string, string>>): string {
  return Object.entries(values)
    .map(([name, value]) => `${name}: ${value}`)
    .join('\n')
}

/** Whether everything went as expected on the emulator. */
async function onEmulator(): Promise<boolean> {
  const emulator = await startEmulator()
  const inputs = { 'account-id': ACCOUNT_ID, 'api-token': TOKENS.write, 'api-url': emulator.apiUrl }
  try {
    const created = await show('Create a key (emulator)', '.', {
      inputs: { ...inputs, name: 'octo/app@main' },
    })
    const refused = await show('A token that may only read', '.', {
      inputs: { ...inputs, 'api-token': TOKENS.read },
    })
    const wrong = await show('An input that is wrong', '.', {
      inputs: { ...inputs, 'account-id': 'my account' },
    })
    return created.exitCode === 0 && refused.exitCode === 1 && wrong.exitCode === 1
  } finally {
    await emulator.close()
  }
}

/** Whether everything went as expected on Cloudflare. What was created there is deleted, however this ends. */
async function onCloudflare(accountId: string, apiToken: string): Promise<boolean> {
  // Ctrl+C reaches the running step too, which then ends by itself; the key must still be deleted here.
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => {})
  const name = `cloudflare-turn-key trial ${new Date().toISOString()}`
  const env: Inputs = {}
  for (const variable of NETWORK) {
    const value = process.env[variable]
    if (value !== undefined) env[variable] = value
  }
  const inputs = { 'account-id': accountId, 'api-token': apiToken }
  let uid: string | undefined
  let good = false
  try {
    const created = await show('Create a key (Cloudflare)', '.', { inputs: { ...inputs, name }, env })
    uid = created.outputs.uid
    const bad = { ...inputs, 'account-id': 'my account' }
    const wrong = await show('An input that is wrong', '.', { inputs: bad, env })
    good = created.exitCode === 0 && wrong.exitCode === 1
  } finally {
    // Without a uid there is still the name, which no other key has.
    const which: Inputs = uid ? { uid } : { name }
    const gone = await show('Delete the key again', 'delete', { inputs: { ...inputs, ...which }, env })
    good &&= gone.exitCode === 0
    if (gone.exitCode !== 0) console.error(`A key named "${name}" may be left on Cloudflare.`)
  }
  return good
}

async function main(): Promise<number> {
  const { values } = parseArgs({ options: { live: { type: 'boolean', default: false } } })
  if (!values.live) return (await onEmulator()) ? 0 : 1
  const { CLOUDFLARE_ACCOUNT_ID: accountId, CLOUDFLARE_API_TOKEN: apiToken } = process.env
  if (!accountId || !apiToken) {
    console.error('--live needs CLOUDFLARE_ACCOUNT_ID and CLOUDFLARE_API_TOKEN in the environment.')
    return 2
  }
  return (await onCloudflare(accountId, apiToken)) ? 0 : 1
}

if (import.meta.main) process.exitCode = await main()
