import { setOutput } from '@actions/core'
import type { TurnKey } from '../../cloudflare/keys.ts'
import { info } from '../../runner/log.ts'
import { summarize } from '../../runner/summary.ts'
import type { CreateInputs } from './inputs.ts'

/** What became of the key that was requested: the output `outcome`. */
export type Outcome = 'created' | 'reused' | 'replaced'

/** Sets the outputs for a key. `secret` is empty for a key that existed before. */
export function setKeyOutputs(outcome: Outcome, { uid, name, created, modified }: TurnKey, secret: string): void {
  const outputs = { uid, key: secret, name, created, modified, outcome }
  for (const [output, value] of Object.entries(outputs)) setOutput(output, value)
}

/** Reports an output key in the log and in the job's summary. */
export async function logAndSummarize(outcome: Outcome, key: TurnKey, inputs: CreateInputs): Promise<void> {
  const { uid, name, created } = key
  const { account, keyStore } = inputs
  const verb = outcome === 'reused' ? 'Reusing' : 'Created'
  const when = created && `, created ${created}`
  const where = keyStore ? `, stored in ${keyStore.label}` : ''
  const why = outcome === 'replaced' ? ' to replace an older one' : ''
  info(`${verb} TURN key "${name}" (uid ${uid}${when}) in the account ${account.accountId}${why}${where}.`)
  await summarize(`TURN key ${outcome}`, {
    Name: name,
    UID: uid,
    Created: created,
    Outcome: outcome,
    ...(keyStore && { 'Stored in': keyStore.label }),
  })
}
