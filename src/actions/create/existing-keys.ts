import { named } from '../../cloudflare/key-list.ts'
import type { Account, TurnKey } from '../../cloudflare/keys.ts'
import { warn } from '../../runner/log.ts'
import { listAccount } from '../account.ts'
import type { CreateInputs } from './inputs.ts'
import type { OpenEnvironment } from './store-key.ts'

/** What is there before a key is made: one to reuse instead, or those that the new one supersedes, newest first. */
interface Existing {
  readonly reusable: TurnKey | undefined
  readonly superseded: readonly TurnKey[]
}

const NOTHING: Existing = { reusable: undefined, superseded: [] }

/**
 * Does what `if-exists` says about the keys of that name.
 * @throws CloudflareError, or Error when there is one and `if-exists` is `fail`.
 */
export async function lookForExisting(
  account: Account,
  inputs: CreateInputs,
  environment: OpenEnvironment | undefined,
): Promise<Existing> {
  const { name, ifExists } = inputs
  if (ifExists === 'create') return NOTHING
  const list = await listAccount(account)
  const existing = named(name, list)
  if (ifExists === 'replace') return { reusable: undefined, superseded: existing }
  if (ifExists === 'fail') {
    if (existing.length > 0) throw new Error(refusal(existing, inputs))
    return NOTHING
  }
  const reusable = environment ? environment.healthyKey(list.keys) : existing[0]
  if (!reusable) nameLeftAlone(existing)
  return { reusable, superseded: [] }
}

function refusal(existing: readonly TurnKey[], { name, accountId }: CreateInputs): string {
  const uids = existing.map(({ uid }) => uid).join(', ')
  return `The account ${accountId} has a TURN key named "${name}" already (uid ${uids}), and \`if-exists\` is \`fail\`. Nothing was created. Delete it, choose another \`name\`, or use \`if-exists: reuse\` or \`replace\`.`
}

function nameLeftAlone(keys: readonly TurnKey[]): void {
  for (const { uid, name } of keys) {
    warn(
      `The TURN key ${uid} is named "${name}" too, but nothing shows that the environment holds its secret. It is left alone: \`if-exists: replace\` clears it.`,
    )
  }
}
