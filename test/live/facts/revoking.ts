import { statusAndBody } from '../describe-response.ts'
import { ASSUMED, type Group } from '../fact.ts'
import { mintableKey, mintUsername } from '../mint.ts'
import type { Trial, TrialKey } from '../trial.ts'

const REVOKE = 'https://developers.cloudflare.com/realtime/turn/replacing-credentials/'
const GONE = '`revoke-after-job`: 401 and 404 are told apart from a credential that was revoked.'

async function revoke(trial: Trial, key: TrialKey, username: string): Promise<string> {
  return statusAndBody(await trial.credentials(key, `${encodeURIComponent(username)}/revoke`))
}

export const REVOKING: Group = {
  title: 'Revoking',
  facts: [
    {
      name: 'a credential',
      emulator: '204, no body',
      why: REVOKE,
      touches: '`revoke-after-job`: any 2xx works.',
      probe: async trial => {
        const key = await mintableKey(trial)
        return revoke(trial, key, await mintUsername(trial, key))
      },
    },
    {
      name: 'the same one again',
      emulator: '404, text',
      why: ASSUMED,
      touches: GONE,
      probe: async trial => {
        const key = await mintableKey(trial)
        const username = await mintUsername(trial, key)
        await revoke(trial, key, username)
        return revoke(trial, key, username)
      },
    },
    {
      name: 'a username that nobody has',
      emulator: '404, text',
      why: ASSUMED,
      touches: GONE,
      probe: async trial => revoke(trial, await mintableKey(trial), 'nobody'),
    },
    {
      name: 'with a wrong secret',
      emulator: '401, text',
      why: ASSUMED,
      touches: GONE,
      probe: async trial => {
        const key = await mintableKey(trial)
        const username = await mintUsername(trial, key)
        return revoke(trial, { ...key, secret: 'nobodys-secret'.padEnd(64, '-') }, username)
      },
    },
    {
      name: 'after the key was deleted',
      emulator: '404, text',
      why: 'one team measured the live service on 2026-10-02',
      touches: 'docs: a credential of a deleted key can no longer be revoked.',
      probe: async trial => {
        const key = await trial.createKey('revoke')
        const username = await mintUsername(trial, key)
        await trial.keys('DELETE', `/${key.uid}`)
        return revoke(trial, key, username)
      },
    },
  ],
}
