import { type Account, MAX_KEYS } from '../../cloudflare/keys.ts'
import type { KeyStore } from '../../github/store.ts'
import { Inputs } from '../../runner/inputs.ts'
import { readAccount } from '../account.ts'
import { type MintInputs, readMintInputs } from '../ice-servers.ts'
import { derivedName, jobScopedName, nameRequiredMessage } from '../key-name.ts'
import { readStoreAndKeyName, type StoreAndKeyName } from '../store-and-key-name.ts'
import { addErrorIfBrowserExposed } from '../store-inputs.ts'
import type { WorkerStore } from '../worker-inputs.ts'

/** The checked inputs of the root action. */
export interface CreateInputs extends MintInputs {
  readonly account: Account
  readonly name: string
  /** The name was derived with a random suffix, so it belongs to this job alone. */
  readonly isJobScoped: boolean
  readonly ifExists: 'create' | 'reuse' | 'replace' | 'fail'
  readonly keepPrevious: number
  readonly deleteAfterJob: 'never' | 'failure' | 'always'
  /** Where on GitHub the key is to be stored. */
  readonly keyStore: KeyStore | undefined
  /** In which Worker it is to be stored. */
  readonly workerStore: WorkerStore | undefined
}

/** Reads and checks the root action's inputs. @throws AggregateError of all that is wrong with them. */
export function readCreateInputs(): CreateInputs {
  const inputs = new Inputs()
  const account = readAccount(inputs)
  const store = readStoreAndCheckToken(inputs)
  const deleteAfterJob = inputs.choice('delete-after-job', ['never', 'failure', 'always'], 'never')
  const read: CreateInputs = {
    account,
    ...readName(inputs, store, deleteAfterJob),
    ifExists: inputs.choice('if-exists', ['create', 'reuse', 'replace', 'fail'], store ? 'reuse' : 'create'),
    keepPrevious: inputs.integer('keep-previous', 0, MAX_KEYS, 'keys') ?? 0,
    ...readMintInputs(inputs),
    deleteAfterJob,
    keyStore: store?.keyStore,
    workerStore: store?.workerStore,
  }
  const { keySecret = '' } = store?.keyStore ?? store?.workerStore ?? {}
  addErrorIfBrowserExposed(inputs, keySecret)
  rejectConflicts(inputs, read)
  inputs.throwIfInvalid()
  return read
}

function readStoreAndCheckToken(inputs: Inputs): StoreAndKeyName | undefined {
  const [environment, text] = [inputs.line('environment'), inputs.text('store')]
  inputs.addErrorIf(environment && text, 'Set `environment` or `store`, not both: they say where the key is stored.')
  const store = readStoreAndKeyName(inputs, environment, text)
  const hasToken = inputs.text('github-token') !== ''
  inputs.addErrorIf(store?.workerStore && hasToken, `\`store: ${text}\` needs no \`github-token\`: leave it out.`)
  inputs.addErrorIf(
    !store && text === '' && hasToken,
    '`github-token` is given, but neither `environment` nor `store`: check the expression that `environment` comes from, or leave the token out.',
  )
  return store
}

function readName(inputs: Inputs, store: StoreAndKeyName | undefined, deleteAfterJob: string) {
  const { run } = inputs
  const given = inputs.keyName('name')
  if (given !== '') return { name: given, isJobScoped: false }
  const isJobScoped = !store && deleteAfterJob === 'always'
  const name = store?.keyName ?? (isJobScoped ? jobScopedName(run) : derivedName(run))
  inputs.addErrorIf(name === '', nameRequiredMessage(run))
  return { name, isJobScoped }
}

function rejectConflicts(inputs: Inputs, read: CreateInputs): void {
  const { ifExists, ttl, deleteAfterJob, keepPrevious, keyStore, workerStore } = read
  inputs.addErrorIf(
    ttl !== undefined && ifExists === 'reuse',
    '`ttl` cannot be used with `if-exists: reuse`, which is the default with `environment` and `store`: the secret of a key that exists cannot be read again, so nothing can be minted from it. Use `if-exists: replace`, or mint with the credentials action from the stored secret.',
  )
  inputs.addErrorIf(
    ifExists === 'replace' && deleteAfterJob === 'always',
    '`if-exists: replace` cannot be used with `delete-after-job: always`: no key would be left. Use `delete-after-job: failure`, or `if-exists: create`.',
  )
  inputs.addErrorIf(
    (keyStore || workerStore) && deleteAfterJob !== 'never',
    '`delete-after-job` cannot be used with `environment` or `store`, which would then hold a deleted key. Leave it out, and use the delete action with the same input when the key is no longer needed.',
  )
  inputs.addErrorIf(
    keepPrevious > 0 && ifExists !== 'replace',
    '`keep-previous` only works with `if-exists: replace`: add that, or leave it out.',
  )
}
