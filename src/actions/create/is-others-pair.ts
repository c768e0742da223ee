import type { StoredPair } from '../../github/stored-pair.ts'

/** What a step wrote: the uid, and when its secret was written, by GitHub's clock. */
export interface LastWrite {
  readonly uid: string
  readonly writtenAt: number
}

/** How much later than this step's own write the secret's time must be to be another job's. */
const LATER_MS = 1000

/** Whether another job wrote the secret after this step did. */
export const isWrittenSince = ({ secretTime = 0 }: StoredPair, { writtenAt }: LastWrite): boolean =>
  secretTime > writtenAt + LATER_MS

/** Whether there is a variable, and neither it nor the secret is this step's. */
export const isOthersPair = (pair: StoredPair, own: LastWrite): boolean =>
  pair.variable !== undefined && pair.variable.uid !== own.uid && isWrittenSince(pair, own)
