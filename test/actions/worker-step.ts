import { isObject } from '../emulator/emulated-response.ts'
import { type Emulator, TOKENS } from '../emulator/emulator.ts'
import type { RunningStep, StepRun } from '../github-runner.ts'
import { SECRET, UID } from './environment-step.ts'
import { type Inputs, type Options, startCreate, startDelete } from './step.ts'

export { SECRET, UID }

/** The two kinds of secrets that hold a key: how the emulator calls their requests, the key's name, and messages them. */
export const KINDS = [
  {
    store: 'worker',
    read: 'worker-secrets',
    write: 'worker-secrets-bulk',
    name: 'octo/app worker app',
    label: 'the secrets of the Worker "app"',
  },
  {
    store: 'worker-previews',
    read: 'worker',
    write: 'worker-patch',
    name: 'octo/app worker app previews',
    label: 'the Previews base configuration of the Worker "app"',
  },
] as const

type Store = (typeof KINDS)[number]['store']

function inputsFor(store: Store, inputs: Inputs): Inputs {
  return { 'api-token': TOKENS.workers, store, worker: 'app', ...inputs }
}

/** Starts the root action with the Worker `app`. */
export function startCreateInWorker(
  emulator: Emulator,
  store: Store,
  inputs: Inputs = {},
  options: Options = {},
): RunningStep {
  return startCreate(emulator, { 'rtc-url': emulator.rtcUrl, ...inputsFor(store, inputs) }, options)
}

/** Runs the root action with the Worker `app` to its end. */
export function createInWorker(...step: Parameters<typeof startCreateInWorker>): Promise<StepRun> {
  return startCreateInWorker(...step).done
}

/** Starts the delete action with the Worker `app`. */
export function startDeleteFromWorker(
  emulator: Emulator,
  store: Store,
  inputs: Inputs = {},
  options: Options = {},
): RunningStep {
  return startDelete(emulator, inputsFor(store, inputs), options)
}

/** Runs the delete action with the Worker `app` to its end. */
export function deleteFromWorker(...step: Parameters<typeof startDeleteFromWorker>): Promise<StepRun> {
  return startDeleteFromWorker(...step).done
}

/** The values of a Worker's secrets, or of those that its new previews start with. */
export function secretsOf(emulator: Emulator, store: Store): Record<string, string> {
  const { secrets = {}, previewsBaseConfig } = emulator.worker('app') ?? {}
  if (store === 'worker') return { ...secrets }
  const env = isObject(previewsBaseConfig) && isObject(previewsBaseConfig.env) ? previewsBaseConfig.env : {}
  const texts = Object.entries(env).map(([name, value]) => [name, isObject(value) ? String(value.text) : ''])
  return Object.fromEntries(texts)
}

/** Deploys the Worker `app` with these secrets for itself, or for its new previews. */
export function deployWorker(emulator: Emulator, store: Store, secrets: Record<string, string> = {}): void {
  const env = Object.entries(secrets).map(([name, text]) => [name, { type: 'secret_text', text }])
  emulator.setWorker(
    'app',
    store === 'worker' ? { secrets } : { previewsBaseConfig: { env: Object.fromEntries(env) } },
  )
}

/** Seeds a key, and deploys the Worker `app` that holds it. */
export function seedWorkerPair(emulator: Emulator, store: Store): { uid: string; secret: string } {
  const name = KINDS.find(kind => kind.store === store)?.name ?? ''
  const key = emulator.seedKey({ name, created: '2026-01-01T00:00:00Z' })
  deployWorker(emulator, store, { OTHER: 'other', [UID]: key.uid, [SECRET]: key.secret })
  return key
}
