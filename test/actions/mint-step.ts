import { setTimeout as sleep } from 'node:timers/promises'
import type { Emulator, StoredKey } from '../emulator/emulator.ts'
import { type RunningStep, type StepRun, startStep } from '../github-runner.ts'
import { type Inputs, type Options, startCreate } from './step.ts'

type Request = Emulator['requests'][number]

/** Starts the root action so that it also mints. */
export function startMinting(emulator: Emulator, inputs: Inputs = {}, options: Options = {}): RunningStep {
  return startCreate(emulator, { ttl: '3600', 'rtc-url': emulator.rtcUrl, ...inputs }, options)
}

/** Runs the root action, which also mints, to its end. */
export function mintNew(...step: Parameters<typeof startMinting>): Promise<StepRun> {
  return startMinting(...step).done
}

/** Starts the credentials action. */
export function startCredentials(
  { rtcUrl }: Emulator,
  { uid, secret: key }: Pick<StoredKey, 'uid' | 'secret'>,
  inputs: Inputs = {},
  options: Options = {},
): RunningStep {
  return startStep('credentials', { ...options, inputs: { uid, key, 'rtc-url': rtcUrl, ...inputs } })
}

/** Runs the credentials action to its end. */
export function mintFrom(...step: Parameters<typeof startCredentials>): Promise<StepRun> {
  return startCredentials(...step).done
}

/** The next response to `mint` is this JSON. */
export function setMintResponse(emulator: Emulator, iceServers: unknown): void {
  emulator.injectFault({ on: 'mint', kind: 'text', status: 201, body: JSON.stringify({ iceServers }) })
}

/** What a step output for RTCPeerConnection, parsed; an error when it is not one line. */
export function iceServersOf({ outputs }: StepRun): unknown {
  const text = outputs['ice-servers'] ?? ''
  if (/[\r\n]/.test(text)) throw new Error('ice-servers has several lines')
  return JSON.parse(text)
}

/** Waits for the first request of a kind. */
export async function arrival(emulator: Emulator, operation: Request['operation']): Promise<Request> {
  for (;;) {
    const found = emulator.requests.find(request => request.operation === operation)
    if (found) return found
    await sleep(5)
  }
}
