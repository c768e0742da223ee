import { setOutput } from '@actions/core'
import type { ListedTurnKey } from '../../cloudflare/keys.ts'
import { info } from '../../runner/log.ts'
import { summarize } from '../../runner/summary.ts'

/** What became of the key that was requested: the output `outcome`. */
export type Outcome = 'created' | 'reused' | 'replaced'

/** Sets the outputs for a key. `secret` is empty for a key that existed before. */
export function setKeyOutputs(outcome: Outcome, { uid, name, created, modified }: ListedTurnKey, secret: string): void {
  const outputs = { uid, key: secret, name, created, modified, outcome }
  for (const [output, value] of Object.entries(outputs)) setOutput(output, value)
}

/** Reports an output key in the log and in the job's summary. `storedIn` is where it is stored, in words. */
export async function logAndSummarize(
  outcome: Outcome,
  { uid, name, created }: ListedTurnKey,
  accountId: string,
  storedIn: string | undefined,
): Promise<void> {
  const verb = outcome === 'reused' ? 'Reusing' : 'Created'
  const when = created && `, created ${created}`
  const where = storedIn ? `, stored in ${storedIn}` : ''
  const why = outcome === 'replaced' ? ' to replace an older one' : ''
  info(`${verb} TURN key "${name}" (uid ${uid}${when}) in the account ${accountId}${why}${where}.`)
  await summarize(`TURN key ${outcome}`, {
    Name: name,
    UID: uid,
    Created: created,
    Outcome: outcome,
    ...(storedIn && { 'Stored in': storedIn }),
  })
}
