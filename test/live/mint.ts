import { statusAndBody } from './describe-response.ts'
import { fieldsOf, type ServiceResponse } from './request.ts'
import type { Trial, TrialKey } from './trial.ts'

/** Mints, and keeps what came out of the table. `generate` is the older call. */
export async function mint(
  trial: Trial,
  key: TrialKey,
  body: unknown,
  call: 'generate-ice-servers' | 'generate' = 'generate-ice-servers',
): Promise<ServiceResponse> {
  const response = await trial.credentials(key, call, { body })
  for (const { username, credential } of serversOf(response)) {
    for (const value of [username, credential]) if (typeof value === 'string') trial.hide(value)
  }
  return response
}

/** The entries of `iceServers`, also where it is one object instead of a list. */
export function serversOf({ json }: ServiceResponse): Readonly<Record<string, unknown>>[] {
  const { iceServers } = fieldsOf(json)
  return (Array.isArray(iceServers) ? iceServers : [iceServers]).map(fieldsOf)
}

/** Mints and gives the username. A new key may be unknown for a moment. @throws Error when none came */
export async function mintUsername(trial: Trial, key: TrialKey): Promise<string> {
  for (let left = 60; ; left--) {
    const response = await mint(trial, key, { ttl: 600 })
    const { username } = serversOf(response).find(server => typeof server.username === 'string') ?? {}
    if (typeof username === 'string') return username
    if (left === 0) throw new Error(`no credential was minted (HTTP status ${response.status})`)
    await trial.sleep(1000)
  }
}

/** The shared key, once the credentials API knows it. */
export async function mintableKey(trial: Trial): Promise<TrialKey> {
  const key = await trial.key()
  await mintUsername(trial, key)
  return key
}

/** What minting with a body, or with another key, answers: a probe. */
export function minting(body: unknown, other: Partial<TrialKey> = {}): (trial: Trial) => Promise<string> {
  return async trial => statusAndBody(await mint(trial, { ...(await mintableKey(trial)), ...other }, body))
}
