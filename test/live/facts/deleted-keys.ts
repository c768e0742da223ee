import { fieldNames, statusAndCodes } from '../describe-response.ts'
import { ASSUMED, type Group } from '../fact.ts'
import { fieldsOf, listOf } from '../request.ts'
import type { Trial } from '../trial.ts'

const DELETE = 'https://developers.cloudflare.com/api/resources/calls/subresources/turn/methods/delete/'
const GET = 'https://developers.cloudflare.com/api/resources/calls/subresources/turn/methods/get/'
const GONE = '`delete/` and every post step take 20008, and nothing else, for "gone already".'
const NOBODY = '0123456789abcdef0123456789abcdef'

/** Creates a key and deletes it. */
async function deletedUid(trial: Trial): Promise<string> {
  const { uid } = await trial.createKey('deleted')
  await trial.keys('DELETE', `/${uid}`)
  return uid
}

export const DELETED_KEYS: Group = {
  title: 'Deleted keys',
  facts: [
    {
      name: 'status of delete',
      emulator: '200',
      why: DELETE,
      touches: '`delete/`: 204, or a body that says `success`, is done.',
      probe: async trial => {
        const { uid } = await trial.createKey('to delete')
        return statusAndCodes(await trial.keys('DELETE', `/${uid}`))
      },
    },
    {
      name: 'fields of the deleted key',
      emulator: 'created, modified, name, uid',
      why: DELETE,
      touches: 'None: only `success` is read.',
      probe: async trial => {
        const { uid } = await trial.createKey('to delete')
        return fieldNames(fieldsOf((await trial.keys('DELETE', `/${uid}`)).json).result)
      },
    },
    {
      name: 'a second deletion',
      emulator: '404 20008',
      why: ASSUMED,
      touches: GONE,
      probe: async trial => statusAndCodes(await trial.keys('DELETE', `/${await deletedUid(trial)}`)),
    },
    {
      name: 'the fields of that error',
      emulator: 'errors, messages, result, success',
      why: ASSUMED,
      touches: 'The words of an error in the log.',
      probe: async trial => fieldNames((await trial.keys('DELETE', `/${NOBODY}`)).json),
    },
    {
      name: 'reading a key that never was',
      emulator: '404 20008',
      why: GET,
      touches: 'After a lost response to a deletion, a stored uid that nobody has.',
      probe: async trial => statusAndCodes(await trial.keys('GET', `/${NOBODY}`)),
    },
    {
      name: 'a uid that is none',
      emulator: '404 20008',
      why: ASSUMED,
      touches: 'None: a uid is checked before the first request.',
      probe: async trial => statusAndCodes(await trial.keys('GET', '/not-a-uid')),
    },
    {
      name: 'a key is listed no more right after its deletion',
      emulator: 'yes',
      why: ASSUMED,
      touches: '`if-exists: reuse` must not find a key that an earlier step deleted.',
      probe: async trial => {
        const uid = await deletedUid(trial)
        const { result: list } = fieldsOf((await trial.keys('GET')).json)
        return listOf(list).some(key => fieldsOf(key).uid === uid) ? 'still listed' : 'yes'
      },
    },
    {
      name: 'a body that is no JSON',
      emulator: '400 6007',
      why: ASSUMED,
      touches: 'None: the actions send JSON.',
      probe: async trial => statusAndCodes(await trial.keys('POST', '', { body: '{' })),
    },
  ],
}
