import { statusAndBody } from '../describe-response.ts'
import { ASSUMED, type Group } from '../fact.ts'
import { mint, minting } from '../mint.ts'

const MINT = 'https://developers.cloudflare.com/realtime/turn/generate-credentials/'
const WRONG_KEY = 'The hint in the error: whether `uid` or `key` is wrong; and how long a step tries again.'
const NOBODYS_SECRET = 'nobodys-secret'.padEnd(64, '-')
const NOBODY = '0123456789abcdef0123456789abcdef'

export const MINTING_REFUSED: Group = {
  title: 'Minting, refused',
  facts: [
    {
      name: '`ttl` of 172801',
      emulator: '400, text',
      why: MINT,
      touches: 'The range of the input `ttl`, which is checked before the first request.',
      probe: minting({ ttl: 172_801 }),
    },
    {
      name: '`ttl` of 0',
      emulator: '400, text',
      why: ASSUMED,
      touches: 'The range of the input `ttl`, which is checked before the first request.',
      probe: minting({ ttl: 0 }),
    },
    {
      name: 'with a wrong secret',
      emulator: '401, text',
      why: ASSUMED,
      touches: WRONG_KEY,
      probe: minting({ ttl: 60 }, { secret: NOBODYS_SECRET }),
    },
    {
      name: 'from a uid that nobody has',
      emulator: '404, text',
      why: ASSUMED,
      touches: WRONG_KEY,
      probe: minting({ ttl: 60 }, { uid: NOBODY }),
    },
    {
      name: 'from a key that was just deleted',
      emulator: '404, text',
      why: ASSUMED,
      touches: 'docs: a key that is deleted mints nothing more.',
      probe: async trial => {
        const key = await trial.createKey('deleted')
        await trial.keys('DELETE', `/${key.uid}`)
        return statusAndBody(await mint(trial, key, { ttl: 60 }))
      },
    },
  ],
}
