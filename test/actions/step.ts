import { test } from 'vitest'
import {
  ACCOUNT_ID,
  type Emulator,
  type EmulatorOptions,
  startEmulator,
  TOKENS,
} from '../emulator/emulator.ts'
import { type RunningStep, type StepOptions, type StepRun, startStep } from '../github-runner.ts'

export interface Fixtures {
  /** An emulator of this test's own. */
  emulator: Emulator
  /** Another one, with options. */
  emulatorWith: (options: EmulatorOptions) => Promise<Emulator>
}

/** A test of an action. */
export const it = test.extend<Fixtures>({
  emulator: async ({ emulatorWith }, use) => use(await emulatorWith({})),
  // biome-ignore lint/correctness/noEmptyPattern: vitest reads the names of fixtures from the pattern
  emulatorWith: async ({}, use) => {
    const started: Emulator[] = []
    await use(async options => {
      const emulator = await startEmulator({ transport: 'https', ...options })
      started.push(emulator)
      return emulator
    })
    await Promise.all(started.map(emulator => emulator.close()))
    for (const { clock } of started) clock.close()
  },
})

type Urls = Pick<Emulator, 'apiUrl'>
export type Inputs = Record<string, string>
export type Options = Omit<StepOptions, 'inputs'>

/** Starts the root action with the account and token that the emulator takes; `inputs` comes on top. */
export function startCreate(emulator: Urls, inputs: Inputs = {}, options: Options = {}): RunningStep {
  return startStep('.', { ...options, inputs: { ...accountOf(emulator), ...inputs } })
}

/** Runs the root action to its end. */
export function create(...step: Parameters<typeof startCreate>): Promise<StepRun> {
  return startCreate(...step).done
}

/** Starts the delete action with the account and token that the emulator takes; `inputs` says which keys. */
export function startDelete(emulator: Urls, inputs: Inputs = {}, options: Options = {}): RunningStep {
  return startStep('delete', { ...options, inputs: { ...accountOf(emulator), ...inputs } })
}

/** Runs the delete action to its end. */
export function runDelete(...step: Parameters<typeof startDelete>): Promise<StepRun> {
  return startDelete(...step).done
}

function accountOf({ apiUrl }: Urls): Inputs {
  return { 'account-id': ACCOUNT_ID, 'api-token': TOKENS.write, 'api-url': apiUrl }
}

/** The texts of a step's errors and warnings. */
export function problemsOf({ annotations }: StepRun, level: 'error' | 'warning' = 'error'): string[] {
  return annotations.filter(annotation => annotation.level === level).map(({ message }) => message)
}
