import { fieldNames, statusAndBody, statusAndCodes } from '../describe-response.ts'
import { ASSUMED, type Group } from '../fact.ts'

const HINT = 'The hint in the error: docs/troubleshooting.md names each code and what to do.'
/** As long as a token, and nobody's. */
const NOBODYS_TOKEN = 'nobody'.repeat(7).slice(0, 40)

export const REFUSALS: Group = {
  title: 'Refusals',
  facts: [
    {
      name: 'a token that nobody has',
      emulator: '401 9109',
      why: 'https://github.com/cert-manager/cert-manager/pull/4465',
      touches: HINT,
      probe: async trial =>
        statusAndCodes(await trial.keys('GET', '', { authorization: `Bearer ${NOBODYS_TOKEN}` })),
    },
    {
      name: 'a token with a quotation mark, as pasted',
      emulator: '400 6003 (6111)',
      why: 'https://github.com/libdns/cloudflare/issues/12',
      touches: HINT,
      probe: async trial =>
        statusAndCodes(await trial.keys('GET', '', { authorization: `Bearer "${NOBODYS_TOKEN}"` })),
    },
    {
      name: 'no token at all',
      emulator: '400 9106',
      why: 'https://github.com/cloudflare/cloudflare-python/issues/2678',
      touches: 'None: a token is required before the first request.',
      probe: async trial => statusAndCodes(await trial.keys('GET', '', { authorization: null })),
    },
    {
      name: "another's account id",
      emulator: '403 9109',
      why: ASSUMED,
      touches: HINT,
      probe: async trial =>
        statusAndCodes(await trial.api('GET', `/accounts/${'0'.repeat(31)}1/calls/turn_keys`)),
    },
    {
      name: 'an account id that is none',
      emulator: '404 7003 7000',
      why: 'https://github.com/cloudflare/workers-sdk/issues/3862',
      touches: 'None: the id is checked before the first request.',
      probe: async trial => statusAndCodes(await trial.api('GET', '/accounts/my-account/calls/turn_keys')),
    },
    {
      name: 'a path that leads nowhere',
      emulator: '400 7003 7000',
      why: 'https://github.com/cloudflare/workers-sdk/issues/2100',
      touches: '`api-url` with a typing error.',
      probe: async trial => statusAndCodes(await trial.api('GET', '/nowhere')),
    },
    {
      name: 'the body of a refused token',
      emulator: '401, JSON',
      why: ASSUMED,
      touches: 'A page instead of JSON is no verdict: the step says that something in between answered.',
      probe: async trial =>
        statusAndBody(await trial.keys('GET', '', { authorization: `Bearer ${NOBODYS_TOKEN}` })),
    },
    {
      name: 'its fields',
      emulator: 'errors, messages, result, success',
      why: ASSUMED,
      touches: 'The words of an error in the log.',
      probe: async trial =>
        fieldNames((await trial.keys('GET', '', { authorization: `Bearer ${NOBODYS_TOKEN}` })).json),
    },
  ],
}
