import { MOST_KEYS } from '../../cloudflare/keys.ts'
import type { WorkflowEvent } from '../../runner/event.ts'
import { Inputs } from '../../runner/inputs.ts'
import { type AccountInputs, readAccount } from '../account.ts'
import { readCustomIdentifier, readRtcUrl, readTtl } from '../ice-servers.ts'
import { derivedName, environmentName, jobsOwnName } from '../key-name.ts'
import { type EnvironmentInputs, readEnvironment } from '../stored-key.ts'

/** The checked inputs of the root action. `ttl` is in seconds. */
export interface CreateInputs extends AccountInputs {
  readonly rtcUrl: string
  readonly name: string
  /** The name was derived with a random suffix, so it belongs to this job alone. */
  readonly ownName: boolean
  readonly ifExists: 'create' | 'reuse' | 'replace' | 'fail'
  readonly keepPrevious: number
  readonly ttl: number | undefined
  readonly customIdentifier: string | undefined
  readonly deleteAfterJob: 'never' | 'failure' | 'always'
  /** The GitHub environment that is to hold the key. */
  readonly environment: EnvironmentInputs | undefined
}

/**
 * Reads and checks the root action's inputs.
 * @throws InputError with everything that is wrong with them.
 */
export function readCreateInputs(event: WorkflowEvent): CreateInputs {
  const inputs = new Inputs()
  const account = readAccount(inputs, event)
  const name = inputs.line('name')
  if (name === '' && event.repository === '') {
    inputs.problem('`name` is missing, and GITHUB_REPOSITORY is not set to derive it from.')
  }
  const deleteAfterJob = inputs.oneOf('delete-after-job', ['never', 'failure', 'always'], 'never')
  const environment = inputs.line('environment')
  const ownName = name === '' && environment === '' && deleteAfterJob === 'always'
  const read: CreateInputs = {
    ...account,
    rtcUrl: readRtcUrl(inputs),
    name: name || nameFor(event, environment, ownName),
    ownName,
    ifExists: inputs.oneOf(
      'if-exists',
      ['create', 'reuse', 'replace', 'fail'],
      environment ? 'reuse' : 'create',
    ),
    keepPrevious: inputs.wholeNumber('keep-previous', 0, MOST_KEYS, 'keys') ?? 0,
    ttl: readTtl(inputs),
    customIdentifier: readCustomIdentifier(inputs),
    deleteAfterJob,
    environment: environment ? readEnvironment(inputs, environment, event) : undefined,
  }
  refuseContradictions(inputs, read)
  inputs.check()
  return read
}

function nameFor(event: WorkflowEvent, environment: string, ownName: boolean): string {
  if (environment) return environmentName(event, environment)
  return ownName ? jobsOwnName(event) : derivedName(event)
}

function refuseContradictions(
  inputs: Inputs,
  { ifExists, ttl, deleteAfterJob, keepPrevious, environment }: CreateInputs,
): void {
  if (ttl !== undefined && ifExists === 'reuse') {
    inputs.problem(
      '`ttl` cannot be used with `if-exists: reuse`, which is what `environment` means when nothing else is said: a key that exists cannot be read again, so nothing can be minted from it. Use `if-exists: replace`, or mint with the credentials action from the stored secret.',
    )
  }
  if (ifExists === 'replace' && deleteAfterJob === 'always') {
    inputs.problem(
      '`if-exists: replace` cannot be used with `delete-after-job: always`: no key would be left. Use `delete-after-job: failure`, or `if-exists: create`.',
    )
  }
  if (environment && deleteAfterJob !== 'never') {
    inputs.problem(
      '`delete-after-job` cannot be used with `environment`: it would hold a dead key. Leave it out, and use the delete action with `environment` when the key should go.',
    )
  }
  if (keepPrevious > 0 && ifExists !== 'replace') {
    inputs.problem(
      '`keep-previous` only means something with `if-exists: replace`: add that, or leave it out.',
    )
  }
}
