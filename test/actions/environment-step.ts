import { type Emulator, GITHUB_TOKENS, type StoredKey } from '../emulator/emulator.ts'
import type { RecordedRequest } from '../emulator/requests.ts'
import type { RunningStep, StepRun } from '../github-runner.ts'
import { type Inputs, type Options as StepOptions, startCreate, startDelete } from './step.ts'

/** The environment's variable. */
export const UID = 'TURN_KEY_ID'
/** The environment's secret. */
export const SECRET = 'TURN_KEY_API_TOKEN'
/** The name of the environment's key. */
export const NAME = 'octo/app:staging'

/** The inputs that store the key in the repository itself. */
export const REPOSITORY = { environment: '', store: 'repository' } as const

/**
 * The two places that a key is stored in: the inputs of the root action and of delete, which takes an empty selector for a
 * mistake; the emulator's name for it, the key's name, and its words in messages.
 */
export const PLACES = [
  {
    where: 'an environment',
    place: {},
    selector: {},
    at: 'staging',
    name: NAME,
    label: 'the environment "staging"',
  },
  {
    where: 'the repository',
    place: REPOSITORY,
    selector: { ...REPOSITORY, environment: '(none)' },
    at: '',
    name: 'octo/app',
    label: 'the repository octo/app',
  },
] as const

type Options = StepOptions & {
  /** The root action, unless another. */
  folder?: 'delete'
}

/** Starts a step with an environment, `staging` unless `inputs` says otherwise. */
export function startCreateWithEnvironment(
  emulator: Emulator,
  inputs: Inputs = {},
  options: Options = {},
): RunningStep {
  const { folder, runner, ...rest } = options
  const own = { environment: 'staging', 'github-token': GITHUB_TOKENS.full, ...inputs }
  const all = { ...rest, runner: { GITHUB_API_URL: emulator.githubUrl, ...runner } }
  if (folder) return startDelete(emulator, own, all)
  return startCreate(emulator, { 'rtc-url': emulator.rtcUrl, ...own }, all)
}

/** Runs the root action with an environment to its end. */
export function runCreateWithEnvironment(
  ...step: Parameters<typeof startCreateWithEnvironment>
): Promise<StepRun> {
  return startCreateWithEnvironment(...step).done
}

/** Runs the delete action with an environment to its end. */
export function runDeleteWithEnvironment(
  emulator: Emulator,
  inputs: Inputs = {},
  options: Options = {},
): Promise<StepRun> {
  return runCreateWithEnvironment(emulator, inputs, { ...options, folder: 'delete' })
}

const OLD = '2026-01-01T00:00:00Z'

/** Seeds a key and the pair that holds it, written at `secretAt` and `uidAt`. */
export function seedPair(
  { seedKey, github }: Emulator,
  { at: environment = 'staging', secretAt = OLD, uidAt = OLD } = {},
): { uid: string; secret: string } {
  const key = seedKey({ name: environment ? NAME : 'octo/app', created: '2026-01-01T00:00:00.000000Z' })
  github.setSecret(environment, SECRET, key.secret, secretAt)
  github.setVariable(environment, UID, key.uid, uidAt)
  return key
}

/** Another job stores its pair as a whole, now unless at another time (ISO 8601). */
export function storeAnother(
  { seedKey, github }: Emulator,
  at: string,
  name: string,
  time?: string,
): Pick<StoredKey, 'uid' | 'secret'> {
  const { uid, secret } = seedKey({ name })
  github.setSecret(at, SECRET, secret, time)
  github.setVariable(at, UID, uid, time)
  return { uid, secret }
}

/** What an environment holds: the variable's uid and the decrypted secret. */
export function environmentContents(
  { github }: Emulator,
  environment = 'staging',
): { uid: string | undefined; secret: string | undefined } {
  const content = github.environment(environment)
  return { uid: content?.variables[UID]?.value, secret: content?.secrets[SECRET]?.value }
}

/** The key that a step output, as the account holds it. */
export function keyOf(
  { keys }: Emulator,
  { outputs }: StepRun,
): { uid: string | undefined; secret: string | undefined } {
  const key = keys().find(({ uid }) => uid === outputs.uid)
  return { uid: key?.uid, secret: key?.secret }
}

/** The operations that changed something, or attempted to, in order. */
export function writesOf({ requests }: Emulator): string[] {
  return requests.filter(({ method }) => method !== 'GET').map(({ operation }) => operation)
}

/** The operations that an emulator was asked for, in order; what is read side by side comes in any order, and here sorted. */
export function stepsOf({ requests }: Emulator): string[] {
  const groups: string[][] = [[]]
  for (const { operation, method } of requests) {
    if (method === 'GET') groups.at(-1)?.push(operation)
    else groups.push([operation], [])
  }
  return groups.flatMap(group => group.sort())
}

/** What `stepsOf` says of a step that reads what a place stores before it does anything. */
export function readsOf(at: string): string[] {
  const list = at === '' ? ['gh-variable-list'] : []
  return ['gh-public-key', 'gh-secret-get', 'gh-variable-get', ...list, 'list']
}

/** What `stepsOf` says after a pair was written. */
export const LOOKS = ['gh-secret-get', 'gh-variable-get', 'list']

/** An emulator that does something before the first look at a pair that was written. */
export function beforeLook(
  emulatorWith: (options: { gate: (request: RecordedRequest) => void }) => Promise<Emulator>,
  act: (emulator: Emulator) => void,
): Promise<Emulator> {
  let state: 'waiting' | 'written' | 'done' = 'waiting'
  const emulator: Promise<Emulator> = emulatorWith({
    gate: async ({ operation, method }) => {
      if (operation === 'gh-variable-post' && state === 'waiting') state = 'written'
      if (state !== 'written' || method !== 'GET') return
      state = 'done'
      act(await emulator)
    },
  })
  return emulator
}
