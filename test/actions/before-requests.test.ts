import { describe } from 'vitest'
import type { Emulator } from '../emulator/emulator.ts'
import type { StepOptions, StepRun } from '../github-runner.ts'
import { NOTHING } from '../nothing.ts'
import { runCreateWithEnvironment, runDeleteWithEnvironment } from './environment-step.ts'
import { mintFrom } from './mint-step.ts'
import { create, it, problemsOf, runDelete } from './step.ts'

type Run = (emulator: Emulator, inputs?: Record<string, string>, options?: StepOptions) => Promise<StepRun>

const deleteNamed: Run = (emulator, inputs, options) => runDelete(emulator, { name: 'n', ...inputs }, options)
const runCredentials: Run = (emulator, inputs, options) =>
  mintFrom(emulator, emulator.seedKey({ name: 'n' }), inputs, options)

/** Each input that is a base URL, and a step that reads it. */
const BASE_URLS: readonly [string, (emulator: Emulator, end: string) => Promise<StepRun>][] = [
  ['api-url', (emulator, end) => create(emulator, { 'api-url': emulator.apiUrl + end })],
  ['rtc-url', (emulator, end) => create(emulator, { ttl: '60', 'rtc-url': emulator.rtcUrl + end })],
  ['api-url', (emulator, end) => deleteNamed(emulator, { 'api-url': emulator.apiUrl + end })],
  ['rtc-url', (emulator, end) => runCredentials(emulator, { 'rtc-url': emulator.rtcUrl + end })],
  [
    'GITHUB_API_URL',
    (emulator, end) =>
      runCreateWithEnvironment(emulator, {}, { runner: { GITHUB_API_URL: emulator.githubUrl + end } }),
  ],
  [
    'GITHUB_API_URL',
    (emulator, end) =>
      runDeleteWithEnvironment(emulator, {}, { runner: { GITHUB_API_URL: emulator.githubUrl + end } }),
  ],
]

describe.concurrent('a base URL', () => {
  for (const [index, [name, run]] of BASE_URLS.entries()) {
    for (const end of ['?', '#']) {
      it(`${index + 1}: ${name} may not end in ${end}`, async ({ emulator, expect }) => {
        const step = await run(emulator, end)
        expect(problemsOf(step)).toEqual([
          expect.stringContaining(`\`${name}\` must be an https URL without user name, query or fragment`),
        ])
        expect(step).toMatchObject({ exitCode: 1, outputs: NOTHING, state: NOTHING })
        expect(emulator.requests).toEqual([])
      })
    }
  }
})

describe.concurrent("the runner's files", () => {
  for (const [what, run] of [
    ['create', create],
    ['credentials', runCredentials],
    ['delete', runDelete],
  ] as const) {
    for (const name of ['GITHUB_OUTPUT', 'GITHUB_STATE']) {
      it(`${what}: ${name} that cannot be written is one sentence, before any request`, async ({
        emulator,
        expect,
      }) => {
        const step = await run(emulator, {}, { runner: { [name]: '/' } })
        expect(problemsOf(step)).toEqual([
          expect.stringMatching(new RegExp(`^${name} points to a file that cannot be written \\(EISDIR\\)`)),
        ])
        expect(step.exitCode).toBe(1)
        expect(emulator.requests).toEqual([])
      })
    }
  }
})

describe.concurrent('a boolean in any case', () => {
  for (const value of ['True', 'TRUE', ' true ']) {
    it(`${JSON.stringify(value)}: dry-run deletes nothing`, async ({ emulator, expect }) => {
      const { uid } = emulator.seedKey({ name: 'n' })
      const step = await runDelete(emulator, { uid, 'dry-run': value })
      expect(step).toMatchObject({ exitCode: 0, outputs: { deleted: JSON.stringify([uid]) } })
      expect(emulator.keys()).toHaveLength(1)
    })

    it(`${JSON.stringify(value)}: revoke-after-job revokes`, async ({ emulator, expect }) => {
      const step = await runCredentials(emulator, { 'revoke-after-job': value })
      await step.post()
      expect(emulator.credentials()).toMatchObject([{ revoked: true }])
    })
  }
})
