import { ASSUMED, type Group } from '../fact.ts'
import { mint, mintableKey, minting, serversOf } from '../mint.ts'
import { fieldsOf, listOf, type ServiceResponse } from '../request.ts'
import type { Trial } from '../trial.ts'

const MINT = 'https://developers.cloudflare.com/realtime/turn/generate-credentials/'

/** How long a new key is unknown to the credentials API, and what it says until then. */
async function delay(trial: Trial): Promise<string> {
  const key = await trial.createKey('mint')
  const start = performance.now()
  const statuses = new Set<number>()
  for (;;) {
    const { status } = await mint(trial, key, { ttl: 60 })
    const seconds = (performance.now() - start) / 1000
    if (status === 201 && statuses.size === 0) return '201 at once'
    if (status === 201) return `${[...statuses].join(' and ')} for ${seconds.toFixed(1)} s, then 201`
    statuses.add(status)
    if (seconds > 60) return `${[...statuses].join(' and ')} for longer than 60 s`
    await trial.sleep(250)
  }
}

/** The status, and each entry of `iceServers` by its fields. */
function formOfServers(response: ServiceResponse): string {
  const entries = serversOf(response).map(one => Object.keys(one).toSorted().join(' + '))
  const isList = Array.isArray(fieldsOf(response.json).iceServers)
  return `${response.status}, ${isList ? `[${entries.join('; ')}]` : entries.join()}`
}

async function urls(trial: Trial): Promise<string> {
  const response = await mint(trial, await mintableKey(trial), { ttl: 60 })
  return serversOf(response)
    .flatMap(({ urls: all }) => (typeof all === 'string' ? [all] : listOf(all)))
    .map(url => String(url).replace('.cloudflare.com', '').replace('?transport=', '/'))
    .join(' ')
}

export const MINTING: Group = {
  title: 'Minting',
  facts: [
    {
      name: 'from a new key',
      emulator: '201 at once',
      alsoRight: /^(40[134]( and )?)+ for [1-5]?\d\.\d s, then 201$/,
      why: ASSUMED,
      touches: '`ttl`: a step tries again for up to 60 seconds while 401, 403 or 404 comes.',
      probe: delay,
    },
    {
      name: 'form',
      emulator: '201, [urls; credential + urls + username]',
      why: MINT,
      touches: 'The output `ice-servers`; one object instead of the list is read too.',
      probe: async trial => formOfServers(await mint(trial, await mintableKey(trial), { ttl: 60 })),
    },
    {
      name: 'form of the older call, `generate`',
      emulator: '201, credential + urls + username',
      why: MINT,
      touches: 'None: the actions use the newer call.',
      probe: async trial =>
        formOfServers(await mint(trial, await mintableKey(trial), { ttl: 60 }, 'generate')),
    },
    {
      name: 'URLs (port 53 is left out of the outputs)',
      emulator:
        'stun:stun:3478 stun:stun:53 turn:turn:3478/udp turn:turn:53/udp turn:turn:3478/tcp turn:turn:80/tcp turns:turn:5349/tcp turns:turn:443/tcp',
      why: 'https://developers.cloudflare.com/realtime/turn/',
      touches: 'The output `ice-servers`, and the table of hosts and ports in docs/behaviour.md.',
      probe: urls,
    },
    {
      name: '`ttl` of 172800, the most',
      emulator: '201, JSON',
      why: MINT,
      touches: 'The range of the input `ttl`.',
      probe: minting({ ttl: 172_800 }),
    },
    {
      name: 'with `customIdentifier`',
      emulator: '201, JSON',
      why: 'https://developers.cloudflare.com/realtime/turn/analytics/',
      touches: 'The input `custom-identifier`.',
      probe: minting({ ttl: 60, customIdentifier: 'cloudflare-turn-key live' }),
    },
  ],
}
