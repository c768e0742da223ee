import { allocate, type Minted, mintForTurn, missingServer } from '../allocate.ts'
import type { Group, NotAsked } from '../fact.ts'
import type { Trial } from '../trial.ts'

const TURN = 'https://developers.cloudflare.com/realtime/turn/'
const MEASURED = 'one team measured the live relay on 2026-10-02'
const PATIENCE =
  'docs and logs say that deleting, revoking and expiry end a credential at some point, not at once.'
const TRIES = 30

function overTransport(transport: 'udp' | 'tcp' | 'tls') {
  return async (trial: Trial): Promise<string | NotAsked> =>
    allocate(trial, await mintForTurn(trial, await trial.key(), 600), transport)
}

/** Whether a credential that should have ended still allocates, and with patience until when. */
async function untilRefused(trial: Trial, minted: Minted): Promise<string | NotAsked> {
  const start = performance.now()
  const pause = trial.settings.patienceMs / TRIES
  for (;;) {
    const said = await allocate(trial, minted, 'tcp')
    const minutes = Math.round((performance.now() - start) / 60_000)
    if (said !== 'allocates') return minutes === 0 ? said : `allocates, and after ${minutes} min: ${said}`
    if (performance.now() - start + pause > trial.settings.patienceMs)
      return minutes === 0 ? said : `allocates, and after ${minutes} min still`
    await trial.sleep(pause)
  }
}

export const RELAYING: Group = {
  title: 'Relaying',
  missing: missingServer,
  isConcurrent: true,
  facts: [
    {
      name: 'a credential over UDP',
      emulator: 'allocates',
      why: TURN,
      touches: '`check/`, and everything that connects through TURN.',
      probe: overTransport('udp'),
    },
    {
      name: 'over TCP',
      emulator: 'allocates',
      why: TURN,
      touches: '`check/`, and everything that connects through TURN.',
      probe: overTransport('tcp'),
    },
    {
      name: 'over TLS',
      emulator: 'allocates',
      why: TURN,
      touches: '`check/`, and everything that connects through TURN.',
      probe: overTransport('tls'),
    },
    {
      name: 'a wrong credential',
      emulator: 'unauthorized',
      why: 'https://www.rfc-editor.org/rfc/rfc8489#section-9.2.4',
      touches: '`check/`: wrong or expired credential (401).',
      probe: async trial => {
        const minted = await mintForTurn(trial, await trial.key(), 600)
        return allocate(trial, { ...minted, credential: 'nobodys-credential' }, 'tcp')
      },
    },
    {
      name: 'a credential whose `ttl` is over',
      emulator: 'unauthorized',
      alsoRight: /^allocates/,
      why: `${MEASURED}: with a \`ttl\` of 120 it allocated for nearly 2 hours`,
      touches: PATIENCE,
      probe: async trial => {
        const minted = await mintForTurn(trial, await trial.key(), 1)
        await trial.sleep(3000)
        return untilRefused(trial, minted)
      },
    },
    {
      name: 'a revoked credential',
      emulator: 'allocates',
      alsoRight: /^allocates, /,
      why: `${MEASURED}: for 14 minutes and longer`,
      touches: PATIENCE,
      probe: async trial => {
        const key = await trial.key()
        const minted = await mintForTurn(trial, key, 7200)
        await trial.credentials(key, `${encodeURIComponent(minted.username)}/revoke`)
        return untilRefused(trial, minted)
      },
    },
    {
      name: 'a credential of a deleted key',
      emulator: 'allocates',
      alsoRight: /^allocates, /,
      why: `${MEASURED}: for 18 minutes and longer`,
      touches: PATIENCE,
      probe: async trial => {
        const key = await trial.createKey('relayed')
        const minted = await mintForTurn(trial, key, 7200)
        await trial.keys('DELETE', `/${key.uid}`)
        return untilRefused(trial, minted)
      },
    },
  ],
}
