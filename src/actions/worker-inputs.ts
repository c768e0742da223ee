import { describeSecrets, type WorkerOrPreviews } from '../cloudflare/worker-secrets.ts'
import type { Inputs } from '../runner/inputs.ts'
import { DEFAULT_NAMES } from './store-inputs.ts'

/** Secrets of a Worker that hold a key: its uid and its secret, under these names. */
export interface WorkerStore extends WorkerOrPreviews {
  /** Where they are, in words: `the secrets of the Worker "app"`. */
  readonly label: string
  readonly uidVariable: string
  readonly keySecret: string
}

/** Reads what goes with `store: worker` and `store: worker-previews`: the Worker, and the names of both secrets. */
export function readWorkerStore(inputs: Inputs, kind: WorkerOrPreviews['kind']): WorkerStore {
  const worker = inputs.required('worker', `\`store: ${kind}\` needs it: the name of the Worker.`)
  inputs.addErrorIf(
    worker !== '' && !/^\w[\w-]*$/.test(worker),
    '`worker` must be the name of a Worker: letters, digits, - and _, not starting with -.',
  )
  const uidVariable = readSecretName(inputs, 'uid-variable', DEFAULT_NAMES[0])
  const keySecret = readSecretName(inputs, 'key-secret', DEFAULT_NAMES[1])
  inputs.addErrorIf(
    uidVariable === keySecret,
    '`uid-variable` and `key-secret` must differ: both are secrets of the Worker.',
  )
  return { worker, kind, label: describeSecrets({ worker, kind }), uidVariable, keySecret }
}

/** Refuses `worker` where nothing is stored in one. */
export function addErrorIfWorkerGiven(inputs: Inputs): void {
  inputs.addErrorIf(
    inputs.text('worker') !== '',
    '`worker` only works with `store: worker` or `store: worker-previews`: add that, or leave it out.',
  )
}

function readSecretName(inputs: Inputs, input: string, defaultValue: string): string {
  const name = inputs.text(input) || defaultValue
  inputs.addErrorIf(
    !/^[A-Z_][A-Z0-9_]*$/i.test(name),
    `\`${input}\` must be a name that code can read from its \`env\`: letters, digits and _, not starting with a digit.`,
  )
  return name
}
