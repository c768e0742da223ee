import { describe } from 'vitest'
import type { Emulator } from '../emulator/emulator.ts'
import type { StepOptions, StepRun } from '../github-runner.ts'
import { runCreateWithEnvironment } from './environment-step.ts'
import { mintFrom } from './mint-step.ts'
import { create, it, runDelete } from './step.ts'

/** localhost has two addresses: a handshake with the first takes 400 ms, and the last never responds. */
const TWO_ADDRESSES = `import dns from 'node:dns'
const addresses = ['127.0.0.1', '127.0.0.9'].map(address => ({ address, family: 4 }))
dns.lookup = (name, options, callback) => process.nextTick(callback, null, addresses)
const { TCP } = process.binding('tcp_wrap')
const { connect } = TCP.prototype
TCP.prototype.connect = function (request, address, port) {
  if (address === '127.0.0.1') setTimeout(() => connect.call(this, request, address, port), 400)
  return 0
}`
const OPTIONS: StepOptions = {
  nodeOptions: ['--no-deprecation', '--import', `data:text/javascript,${encodeURIComponent(TWO_ADDRESSES)}`],
}
const byName = (url: string) => url.replace('127.0.0.1', 'localhost')

const STEPS: Readonly<Record<string, (emulator: Emulator) => Promise<StepRun>>> = {
  create: ({ apiUrl }) => create({ apiUrl: byName(apiUrl) }, {}, OPTIONS),
  credentials: emulator =>
    mintFrom(emulator, emulator.seedKey({ name: 'n' }), { 'rtc-url': byName(emulator.rtcUrl) }, OPTIONS),
  delete: ({ apiUrl }) => runDelete({ apiUrl: byName(apiUrl) }, { name: 'n' }, OPTIONS),
  'create, which stores on GitHub,': emulator =>
    runCreateWithEnvironment(
      emulator,
      { 'api-url': byName(emulator.apiUrl) },
      { ...OPTIONS, runner: { GITHUB_API_URL: byName(emulator.githubUrl) } },
    ),
}

describe.concurrent('a host with two addresses, a slow network, and the last address dead', () => {
  for (const [what, run] of Object.entries(STEPS)) {
    it(`${what} connects at the first attempt`, async ({ emulatorWith, expect }) => {
      const emulator = await emulatorWith({ transport: 'http' })
      const step = await run(emulator)
      expect(step).toMatchObject({ exitCode: 0, annotations: [] })
      expect(step.log).not.toContain('no connection')
    })
  }
})
