import { describe, type ExpectStatic } from 'vitest'
import { arrival, mintFrom, mintNew, startCredentials, startMinting } from '../actions/mint-step.ts'
import { it } from '../actions/step.ts'
import { type Emulator, TOKENS } from '../emulator/emulator.ts'
import { cancelStep, type StepRun } from '../github-runner.ts'

const KEEP = { 'revoke-after-job': 'true' }
const DEBUG = { debug: true }

/** What happens to a step, to its end, in debug mode; the post phase follows. */
const SCENARIOS: Record<string, (emulator: Emulator) => Promise<StepRun>> = {
  'a key and credentials': emulator => mintNew(emulator, { 'delete-after-job': 'always' }, DEBUG),
  'a key that is unknown at first': emulator => {
    emulator.injectFault({ on: 'mint', kind: 'echo-secret', status: 401, times: 2 })
    return mintNew(emulator, {}, { ...emulator.clock.skipping(), ...DEBUG })
  },
  'a refusal that repeats the key': emulator => {
    emulator.injectFault({ on: 'mint', kind: 'echo-secret' })
    return mintNew(emulator, {}, DEBUG)
  },
  'a page that repeats the key': emulator => {
    emulator.injectFault({ on: 'mint', kind: 'html' })
    emulator.injectFault({ on: 'delete', kind: 'echo-secret' })
    return mintNew(emulator, {}, DEBUG)
  },
  'a response without a TURN server': emulator => {
    emulator.injectFault({ on: 'mint', kind: 'fields', set: { iceServers: [] } })
    return mintNew(emulator, {}, DEBUG)
  },
  'a cancelled job': async emulator => {
    emulator.injectFault({ on: 'mint', kind: 'slow', delay: 150 })
    const step = startMinting(emulator, {}, { ...emulator.clock.stopped(), ...DEBUG })
    await arrival(emulator, 'mint')
    step.kill('SIGTERM')
    emulator.clock.pass()
    return step.done
  },
  'credentials that are revoked': emulator =>
    mintFrom(emulator, emulator.seedKey({ name: 'n' }), KEEP, DEBUG),
  'credentials that cannot be revoked': emulator => {
    emulator.injectFault({ on: 'revoke', kind: 'echo-secret' })
    return mintFrom(emulator, emulator.seedKey({ name: 'n' }), KEEP, DEBUG)
  },
  'credentials refused to the API token': emulator => {
    emulator.injectFault({ on: 'mint', kind: 'echo-secret', status: 403 })
    const { uid } = emulator.seedKey({ name: 'n' })
    return mintFrom(emulator, { uid, secret: TOKENS.write }, KEEP, DEBUG)
  },
  'credentials in a cancelled job': async emulator => {
    emulator.injectFault({ on: 'mint', kind: 'slow', delay: 150 })
    emulator.injectFault({ on: 'revoke', kind: 'echo-secret' })
    const step = startCredentials(
      emulator,
      emulator.seedKey({ name: 'n' }),
      {},
      {
        ...emulator.clock.stopped(),
        ...DEBUG,
      },
    )
    await arrival(emulator, 'mint')
    return cancelStep(step, emulator.clock)
  },
}

/** Everything that was a secret to the emulator: bearers as they came, users as they were minted. */
function secretsOf(emulator: Emulator): string[] {
  const bearers = emulator.requests.map(({ headers }) => headers.authorization?.replace('Bearer ', '') ?? '')
  const users = emulator.credentials().flatMap(({ username, credential }) => [username, credential])
  return [...new Set([TOKENS.write, ...bearers, ...users])]
}

/** All that a phase shows to anybody, before the runner masks it. */
function shownBy({ stdout, stderr, files, annotations, debugLines }: StepRun): string {
  const lines = `${stdout}\n${stderr}`.split('\n').filter(line => !line.startsWith('::add-mask::'))
  const messages = annotations.map(({ message }) => message)
  return [...lines, files.summary, files.env, files.path, ...messages, ...debugLines].join('\n')
}

function expectNoLeak(expect: ExpectStatic, emulator: Emulator, run: StepRun, post: StepRun): void {
  const secrets = secretsOf(emulator)
  for (const phase of [run, post]) {
    expect(phase.unmasked).toEqual([])
    const shown = shownBy(phase)
    for (const secret of secrets) {
      for (const form of [secret, encodeURIComponent(secret), Buffer.from(secret).toString('base64')]) {
        expect(shown).not.toContain(form)
      }
    }
    expect(shown).not.toMatch(/^::(?:add-mask::injected|error::injected|set-output)|##\[error\]/m)
    for (const mask of phase.masks) expect(secrets).toContain(mask)
  }
}

describe.concurrent('no secret is shown', () => {
  for (const [what, happen] of Object.entries(SCENARIOS)) {
    it(what, async ({ emulatorWith, expect }) => {
      // User names that look different in a URL.
      const turn = { secret: 'shared-with-nobody', urls: ['stun:127.0.0.1:9', 'turn:127.0.0.1:9'] }
      const emulator = await emulatorWith({ turn })
      const run = await happen(emulator)
      const post = await run.post({ jobStatus: run.exitCode === 0 ? 'success' : 'failure' })
      expect(post.exitCode).toBe(0)
      expect(run.debugLines).not.toEqual([])
      expectNoLeak(expect, emulator, run, post)
      for (const name of ['username', 'credential'].filter(output => run.outputs[output])) {
        expect(run.masks).toContain(run.outputs[name])
      }
      for (const name of ['uid', 'expires-at', 'name', 'created']) {
        expect(run.masks).not.toContain(run.outputs[name])
      }
    })
  }
})
