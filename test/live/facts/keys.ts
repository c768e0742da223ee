import { fieldNames, formOf, statusAndCodes } from '../describe-response.ts'
import { ASSUMED, type Group, NotAsked } from '../fact.ts'
import { fieldsOf, type ServiceResponse } from '../request.ts'
import { keyName } from '../run-name.ts'
import type { Trial } from '../trial.ts'

const API = 'https://developers.cloudflare.com/api/resources/calls/subresources/turn'
const SECRET = 'https://github.com/pulumi/pulumi-cloudflare/issues/1674'

function result({ json }: ServiceResponse): Readonly<Record<string, unknown>> {
  return fieldsOf(fieldsOf(json).result)
}

/** Whether a name is stored as it was given. */
async function storedAs(trial: Trial, name: string): Promise<string> {
  const response = await trial.keys('POST', '', { body: { name } })
  const stored = result(response).name
  return `${response.status}, ${stored === name ? 'as given' : `changed: ${String(stored).length} characters`}`
}

/** What an account without a key answers. It runs first: once there is a key, nobody can tell. */
async function emptyList(trial: Trial): Promise<string | NotAsked> {
  const { result: list } = fieldsOf((await trial.keys('GET')).json)
  if (Array.isArray(list) && list.length > 0) return new NotAsked('the account has keys')
  return JSON.stringify(list) ?? 'no result'
}

export const KEYS: Group = {
  title: 'Keys',
  facts: [
    {
      name: 'the list of an account without keys',
      emulator: '[]',
      why: ASSUMED,
      touches: 'None: null and [] are both read as an empty list. The emulator should say what is usual.',
      probe: emptyList,
    },
    {
      name: 'status of create',
      emulator: '201',
      why: `${API}/methods/create/`,
      touches: "Creating a key: any other 2xx works too, and a 200 should be the emulator's then.",
      probe: async trial => statusAndCodes((await trial.createKey('status')).response),
    },
    {
      name: 'fields of a created key; the secret is in `secret`, the docs say `key`',
      emulator: 'created, modified, name, secret, uid',
      why: SECRET,
      touches:
        'The output `key`: the actions read `secret`, then `key`; any other name is a step that fails.',
      probe: async trial => fieldNames(result((await trial.createKey('fields')).response)),
    },
    {
      name: 'the secret and the uid',
      emulator: '64 characters, 32 hex digits',
      why: SECRET,
      touches: 'Inputs are checked: `uid` must be 32 hex digits.',
      probe: async trial => {
        const { uid, secret } = await trial.key()
        const isHex = /^[0-9a-f]{32}$/.test(uid)
        return `${secret.length} characters, ${isHex ? '32 hex digits' : `${uid.length} characters`}`
      },
    },
    {
      name: 'the form of `created`',
      emulator: '0000-00-00T00:00:00.000000Z',
      why: ASSUMED,
      touches: '`keep-previous`, `keep-latest` and `older-than` read it, as does the search for a lost key.',
      probe: async trial => formOf(result((await trial.createKey('times')).response).created),
    },
    {
      name: 'two keys of one name',
      emulator: '201, 201',
      why: `${API}/methods/create/`,
      touches: '`if-exists: create`, and `replace`, which creates before it deletes.',
      probe: async trial => {
        const [one, two] = [await trial.createKey('twice'), await trial.createKey('twice')]
        return `${statusAndCodes(one.response)}, ${statusAndCodes(two.response)}`
      },
    },
    {
      name: 'a name with spaces, an umlaut and an emoji',
      emulator: '201, as given',
      why: ASSUMED,
      touches: '`if-exists` and `delete/` compare names exactly.',
      probe: trial => storedAs(trial, ` ${keyName(trial.run)} two  spaces ü 🔑 `),
    },
    {
      name: 'a name of 400 characters',
      emulator: '201, as given',
      why: ASSUMED,
      touches: 'Derived names are as long as repository and environment together.',
      probe: trial => storedAs(trial, `${keyName(trial.run)} `.padEnd(400, 'x')),
    },
  ],
}
