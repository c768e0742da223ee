import { fieldNames } from '../describe-response.ts'
import { ASSUMED, type Group } from '../fact.ts'
import { fieldsOf, listOf, type ServiceResponse } from '../request.ts'
import type { Trial } from '../trial.ts'

const LIST = 'https://developers.cloudflare.com/api/resources/calls/subresources/turn/methods/list/'

/** The account's list, with a key that is there for sure. */
async function listed(trial: Trial): Promise<ServiceResponse> {
  await trial.key()
  return trial.keys('GET')
}

export const KEY_LIST: Group = {
  title: 'List of keys',
  facts: [
    {
      name: 'the list: its fields, without `result_info`',
      emulator: 'errors, messages, result, success',
      why: LIST,
      touches: 'The list is one page; a response that tells of more is an error.',
      probe: async trial => fieldNames((await listed(trial)).json),
    },
    {
      name: 'fields of a listed key, which has no secret',
      emulator: 'created, modified, name, uid',
      why: LIST,
      touches: '`if-exists: reuse` outputs no key, because nobody can read one again.',
      probe: async trial => fieldNames(listOf(fieldsOf((await listed(trial)).json).result)[0]),
    },
    {
      name: 'a key is listed right after its creation',
      emulator: 'yes',
      why: ASSUMED,
      touches: 'After a lost response the step looks for the key in the list.',
      probe: async trial => {
        const { uid } = await trial.createKey('listed')
        const { result: list } = fieldsOf((await trial.keys('GET')).json)
        return listOf(list).some(key => fieldsOf(key).uid === uid) ? 'yes' : 'not yet'
      },
    },
  ],
}
