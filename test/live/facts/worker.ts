import { fieldNames, statusAndCodes } from '../describe-response.ts'
import { ASSUMED, type Group } from '../fact.ts'
import { fieldsOf, listOf } from '../request.ts'
import { variableName } from '../run-name.ts'
import type { Trial } from '../trial.ts'
import { patchBase, patchSecrets, workerPath } from '../worker.ts'

const BULK = 'https://developers.cloudflare.com/changelog/post/2026-06-03-bulk-secrets-api/'
const STORE = '`store: worker`: both values are written by one request, so that they cannot be torn.'
const PREVIEWS = '`store: worker-previews`: every new preview starts with the pair.'
const MISSING = 'The error that says to deploy the Worker once; `delete/` takes it for "gone already".'
const NOBODY = 'cloudflare-turn-key-live-no-such-worker'

/** Names of the Worker's secrets that this run wrote. */
async function ownSecrets(trial: Trial, suffixes: readonly string[]): Promise<number> {
  const { json } = await trial.api('GET', `${workerPath(trial, 'scripts')}/secrets`)
  const names = listOf(fieldsOf(json).result).map(one => fieldsOf(one).name)
  return suffixes.filter(suffix => names.includes(variableName(trial.run, suffix))).length
}

/** The member of the base configuration that this run wrote; undefined: there is none. */
async function ownBase(trial: Trial, suffix: string): Promise<unknown> {
  const { json } = await trial.api('GET', workerPath(trial, 'workers'))
  const base = fieldsOf(fieldsOf(fieldsOf(json).result).previews_base_config)
  return fieldsOf(base.env)[variableName(trial.run, suffix)]
}

export const WORKER: Group = {
  title: 'Worker',
  missing: trial => (trial.settings.worker === undefined ? 'LIVE_WORKER is not set' : undefined),
  facts: [
    {
      name: 'two secrets in one request, listed right after it',
      emulator: '200, 2 listed',
      why: BULK,
      touches: STORE,
      probe: async trial => {
        const [uid, key] = [variableName(trial.run, 'UID'), variableName(trial.run, 'KEY')]
        const response = await patchSecrets(trial, { [uid]: 'a', [key]: 'b' })
        return `${statusAndCodes(response)}, ${await ownSecrets(trial, ['UID', 'KEY'])} listed`
      },
    },
    {
      name: 'removing one of two',
      emulator: '200, 1 listed',
      why: BULK,
      touches: '`delete/` with `store: worker`: names that are not in the request are kept.',
      probe: async trial => {
        const [one, two] = [variableName(trial.run, 'ONE'), variableName(trial.run, 'TWO')]
        await patchSecrets(trial, { [one]: 'a', [two]: 'b' })
        const response = await patchSecrets(trial, { [one]: null })
        return `${statusAndCodes(response)}, ${await ownSecrets(trial, ['ONE', 'TWO'])} listed`
      },
    },
    {
      name: 'removing one that is not there',
      emulator: '200',
      why: ASSUMED,
      touches: '`delete/` with `store: worker`: a second run finds nothing and succeeds.',
      probe: async trial =>
        statusAndCodes(await patchSecrets(trial, { [variableName(trial.run, 'NEVER')]: null })),
    },
    {
      name: 'fields of a listed secret, which has no value',
      emulator: 'name, type',
      why: 'https://developers.cloudflare.com/api/resources/workers/subresources/scripts/subresources/secrets/methods/list/',
      touches: '`if-exists: reuse` with `store: worker` sees that there are secrets, not what they hold.',
      probe: async trial => {
        await patchSecrets(trial, { [variableName(trial.run, 'FIELDS')]: 'a' })
        const { json } = await trial.api('GET', `${workerPath(trial, 'scripts')}/secrets`)
        return fieldNames(listOf(fieldsOf(json).result)[0])
      },
    },
    {
      name: 'secrets of a Worker that does not exist',
      emulator: '404 10007',
      why: ASSUMED,
      touches: MISSING,
      probe: async trial =>
        statusAndCodes(await trial.api('GET', `${workerPath(trial, 'scripts', NOBODY)}/secrets`)),
    },
    {
      name: 'writing secrets of a Worker that does not exist',
      emulator: '404 10007',
      why: ASSUMED,
      touches: 'A Worker is never created by these actions.',
      probe: async trial => statusAndCodes(await patchSecrets(trial, { A: 'a' }, NOBODY)),
    },
    {
      name: 'a Worker that does not exist',
      emulator: '404 10007',
      why: ASSUMED,
      touches: MISSING,
      probe: async trial => statusAndCodes(await trial.api('GET', workerPath(trial, 'workers', NOBODY))),
    },
    {
      name: 'a secret of the Previews base configuration, read again',
      emulator: '200, type',
      why: 'https://developers.cloudflare.com/workers/previews/',
      touches: PREVIEWS,
      probe: async trial => {
        const response = await patchBase(trial, { [variableName(trial.run, 'BASE')]: 'a' })
        return `${statusAndCodes(response)}, ${fieldNames(await ownBase(trial, 'BASE'))}`
      },
    },
    {
      name: 'removing it',
      emulator: '200, gone',
      why: 'https://developers.cloudflare.com/workers/previews/',
      touches: '`delete/` with `store: worker-previews`.',
      probe: async trial => {
        await patchBase(trial, { [variableName(trial.run, 'REMOVED')]: 'a' })
        const response = await patchBase(trial, { [variableName(trial.run, 'REMOVED')]: null })
        const left = await ownBase(trial, 'REMOVED')
        return `${statusAndCodes(response)}, ${left === undefined ? 'gone' : 'still there'}`
      },
    },
  ],
}
