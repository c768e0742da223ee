import { type IceServers, mint } from '../../cloudflare/credentials.ts'
import type { NewTurnKey, TurnKey } from '../../cloudflare/keys.ts'
import { readEvent } from '../../runner/event.ts'
import type { Job } from '../../runner/run.ts'
import { openAccount } from '../account.ts'
import { maskIceServers, putOutIceServers } from '../ice-servers.ts'
import { makeKey } from './create-key.ts'
import { lookForExisting } from './existing-keys.ts'
import { type CreateInputs, readCreateInputs } from './inputs.ts'
import { type Outcome, putOutKey, tell } from './report.ts'
import { orUndo } from './rollback.ts'
import { saveCreateState } from './state.ts'
import { type OpenEnvironment, openEnvironment } from './store-key.ts'

/** The root action: makes a TURN key, or finds one, and puts it out. */
export async function main(job: Job): Promise<void> {
  const inputs = readCreateInputs(readEvent(process.env))
  const account = openAccount(inputs, job)
  const cleanUp = { ...account, lifeline: job.cleanUp }
  const environment = inputs.environment && (await openEnvironment(inputs.environment, job))

  const { reusable, superseded } = await lookForExisting(account, inputs, environment)
  if (reusable) {
    job.work.stop.throwIfAborted()
    putOutKey('reused', reusable, '')
    return tell('reused', reusable, inputs)
  }

  leaveToPost(inputs, superseded.slice(inputs.keepPrevious))
  const key = await makeKey({ work: account, cleanUp, name: inputs.name, ownName: inputs.ownName })
  const outcome = superseded.length > 0 ? 'replaced' : 'created'
  await orUndo(cleanUp, key.uid, () => deliver(key, outcome, inputs, environment, job))
  await tell(outcome, key, inputs)
}

async function deliver(
  key: NewTurnKey,
  outcome: Outcome,
  inputs: CreateInputs,
  environment: OpenEnvironment | undefined,
  job: Job,
): Promise<void> {
  const secret = secretOf(key)
  const iceServers = await mintFrom(key, secret, inputs, job)
  job.work.stop.throwIfAborted()
  const putOut = () => {
    putOutKey(outcome, key, secret)
    if (iceServers) putOutIceServers(iceServers)
    saveCreateState({ phase: 'delivered' })
  }
  if (environment) await environment.store(key.uid, secret, putOut)
  else putOut()
}

function leaveToPost(inputs: CreateInputs, superseded: readonly TurnKey[]): void {
  const { accountId, apiToken, apiUrl, name, ownName, deleteAfterJob } = inputs
  const supersededUids = superseded.map(({ uid }) => uid).join(' ')
  saveCreateState({
    accountId,
    apiToken,
    apiUrl,
    name,
    ownName: String(ownName),
    deleteAfterJob,
    supersededUids,
  })
}

function secretOf({ uid, name, secrets: [secret] }: NewTurnKey): string {
  if (secret) return secret
  throw new Error(
    `Cloudflare made the TURN key "${name}" (uid ${uid}), but sent no secret with it (neither \`secret\` nor \`key\`), and it cannot be read later. Run this again.`,
  )
}

async function mintFrom(
  { uid }: TurnKey,
  bearer: string,
  { rtcUrl, ttl, customIdentifier }: CreateInputs,
  job: Job,
): Promise<IceServers | undefined> {
  if (ttl === undefined) return undefined
  const api = { ...job.line('Cloudflare'), baseUrl: rtcUrl, bearer }
  const iceServers = await mint(api, { uid, ttl, customIdentifier, isNew: true })
  maskIceServers(iceServers)
  return iceServers
}
