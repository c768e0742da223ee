import { listAccount, openAccount } from '../account.ts'
import { type IceServers, mint } from '../cloudflare/credentials.ts'
import { type NewTurnKey, named, type TurnKey } from '../cloudflare/keys.ts'
import { readEvent } from '../event.ts'
import { maskIceServers, putOutIceServers } from '../ice-servers.ts'
import type { Job } from '../run.ts'
import { saveCreateState } from '../state.ts'
import { type CreateInputs, readCreateInputs } from './inputs.ts'
import { makeKey } from './make.ts'
import { putOutKey, tell } from './report.ts'
import { orUndo } from './undo.ts'

/** How long Cloudflare may take to know a new key, in seconds. */
const PATIENCE = 60

/** The root action: makes a TURN key, or finds one, and puts it out. */
export async function main(job: Job): Promise<void> {
  const inputs = readCreateInputs(readEvent(process.env))
  const { accountId, name, ifExists } = inputs
  const account = openAccount(inputs, job)
  const existing = ifExists === 'create' ? [] : named(name, await listAccount(account))
  const [newest] = existing

  if (newest && ifExists === 'fail') throw new Error(refusal(existing, inputs))
  if (newest && ifExists === 'reuse') {
    putOutKey('reused', newest, '')
    return tell('reused', newest, accountId)
  }

  const cleanUp = openAccount(inputs, job, job.cleanUp)
  const outcome = existing.length > 0 ? 'replaced' : 'created'
  leaveToPost(inputs, existing.slice(inputs.keepPrevious))
  const key = await makeKey({ work: account, cleanUp, name, ownName: inputs.ownName })
  await orUndo(cleanUp, key.uid, async () => {
    const secret = secretOf(key)
    const iceServers = await mintFrom(key, secret, inputs, job)
    job.work.stop.throwIfAborted()
    putOutKey(outcome, key, secret)
    if (iceServers) putOutIceServers(iceServers)
    saveCreateState({ phase: 'delivered' })
  })
  await tell(outcome, key, accountId)
}

function refusal(existing: readonly TurnKey[], { name, accountId }: CreateInputs): string {
  const uids = existing.map(({ uid }) => uid).join(', ')
  return `The account ${accountId} has a TURN key named "${name}" already (uid ${uids}), and \`if-exists\` is \`fail\`. Nothing was created. Delete it, choose another \`name\`, or use \`if-exists: reuse\` or \`replace\`.`
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
  const api = { ...job.connection, baseUrl: rtcUrl, bearer, lifeline: job.work }
  const iceServers = await mint(api, { uid, ttl, customIdentifier }, PATIENCE)
  maskIceServers(iceServers)
  return iceServers
}
