import { test } from 'vitest'
import {
  ACCOUNT_ID,
  type Emulator,
  type EmulatorOptions,
  startEmulator,
  TOKENS,
} from '../emulator/emulator.ts'
import { type RunningStep, type StepOptions, type StepRun, startStep } from '../github-runner.ts'

interface Fixtures {
  /** An emulator of this test's own. */
  emulator: Emulator
  /** Another one, with options. */
  emulatorWith: (options: EmulatorOptions) => Promise<Emulator>
}

/** A test of the root action. */
export const it = test.extend<Fixtures>({
  // biome-ignore lint/correctness/noEmptyPattern: vitest reads the names of fixtures from the pattern
  emulator: async ({}, use) => {
    const emulator = await startEmulator({ transport: 'https' })
    await use(emulator)
    await emulator.close()
  },
  // biome-ignore lint/correctness/noEmptyPattern: vitest reads the names of fixtures from the pattern
  emulatorWith: async ({}, use) => {
    const started: Emulator[] = []
    await use(async options => {
      const emulator = await startEmulator({ transport: 'https', ...options })
      started.push(emulator)
      return emulator
    })
    await Promise.all(started.map(emulator => emulator.close()))
  },
})

type Urls = Pick<Emulator, 'apiUrl'>

/** Starts the root action with the account and token that the emulator takes; `inputs` comes on top. */
export function startCreate(
  { apiUrl }: Urls,
  inputs: Record<string, string> = {},
  options: Omit<StepOptions, 'inputs'> = {},
): RunningStep {
  const own = { 'account-id': ACCOUNT_ID, 'api-token': TOKENS.write, 'api-url': apiUrl }
  return startStep('.', { ...options, inputs: { ...own, ...inputs } })
}

/** Runs the root action to its end. */
export function create(...step: Parameters<typeof startCreate>): Promise<StepRun> {
  return startCreate(...step).done
}

/** The texts of a step's errors and warnings. */
export function problemsOf({ annotations }: StepRun, level: 'error' | 'warning' = 'error'): string[] {
  return annotations.filter(annotation => annotation.level === level).map(({ message }) => message)
}
