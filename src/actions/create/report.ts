import { setOutput } from '@actions/core'
import type { TurnKey } from '../../cloudflare/keys.ts'
import { say } from '../../runner/log.ts'
import { summarize } from '../../runner/summary.ts'
import type { CreateInputs } from './inputs.ts'

/** What became of the key that was asked for: the output `outcome`. */
export type Outcome = 'created' | 'reused' | 'replaced'

/** Puts out a key. `secret` is empty for a key that was there before. */
export function putOutKey(outcome: Outcome, { uid, name, created, modified }: TurnKey, secret: string): void {
  const outputs = { uid, key: secret, name, created, modified, outcome }
  for (const [output, value] of Object.entries(outputs)) setOutput(output, value)
}

/** Tells the log and the job's summary about a key that was put out. */
export async function tell(
  outcome: Outcome,
  { uid, name, created }: TurnKey,
  inputs: CreateInputs,
): Promise<void> {
  const { accountId, environment } = inputs
  const where = environment ? `${accountId}, held by the environment "${environment.environment}"` : accountId
  say(
    `${WORDS[outcome]} "${name}", uid ${uid}, created ${created || 'at a time not given'}, in the account ${where}.`,
  )
  await summarize(`TURN key ${outcome}`, {
    Name: name,
    UID: uid,
    Created: created,
    Outcome: outcome,
    ...(environment && { Environment: environment.environment }),
  })
}

const WORDS: Readonly<Record<Outcome, string>> = {
  created: 'Created the TURN key',
  replaced: 'Created, in place of an older one, the TURN key',
  reused: 'There is the TURN key',
}
